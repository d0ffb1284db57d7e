"""Error codes of the endpoints that manage an account."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from custom_components.growatt_openapi.api import (
    GrowattCheckCodeError,
    GrowattClient,
    GrowattError,
    GrowattHostError,
    GrowattInputError,
    GrowattInstallerCodeError,
    GrowattNotFoundError,
    GrowattPeriodError,
    GrowattPermissionError,
    GrowattRateLimitError,
    GrowattTakenError,
    GrowattTokenError,
    GrowattUncertainError,
    NewPlant,
    NewUser,
    PlantChange,
    Unit,
)
from custom_components.growatt_openapi.api.errors import GrowattAnswerError
from simulator import SimulatedCloud

from .conftest import Connect, Pass
from .dealer import ANNA, NOBODY, PASSWORD, ROOF, Dealer

DAY = date(2026, 6, 15)
CHANGE = PlantChange(name="Barn")

type Call = Callable[[GrowattClient], Awaitable[object]]

CALLS: dict[str, Call] = {
    "user/user_register": lambda one: one.management.register_user(ANNA),
    "user/modify": lambda one: one.management.change_user("1", "2"),
    "user/check_user": lambda one: one.management.is_free("anna"),
    "user/c_user_list": lambda one: one.management.users(),
    "plant/add": lambda one: one.management.add_plant("1", ROOF),
    "plant/modify": lambda one: one.management.change_plant("1", "2", CHANGE),
    "plant/delete": lambda one: one.management.delete_plant("1"),
    "plant/user_plant_list": lambda one: one.management.plants_of("anna"),
    "plant/energy": lambda one: one.management.energy("1", Unit.DAY, DAY, DAY),
    "plant/power": lambda one: one.management.power("1", DAY),
    "device/datalogger/add": lambda one: one.management.add_datalogger("1", "2", "3"),
    "device/datalogger/delete": lambda one: one.management.delete_datalogger("1", "2"),
    "device/datalogger/validate": lambda one: one.management.validate_datalogger(
        "1", "2"
    ),
    "device/sn/add": lambda one: one.management.add_devices("1", "2", ["3"]),
    "device/sn_datalog": lambda one: one.management.datalogger_of("1"),
    "device/all/create_date": lambda one: one.management.creation_dates(["1"]),
}
CHANGES = {
    "user/user_register",
    "user/modify",
    "plant/add",
    "plant/modify",
    "plant/delete",
    "device/datalogger/add",
    "device/datalogger/delete",
    "device/sn/add",
}
EVERYWHERE = {
    -1: (GrowattHostError, None),
    10011: (GrowattPermissionError, None),
    10012: (GrowattRateLimitError, None),
    10013: (GrowattInputError, None),
    10014: (GrowattInputError, None),
}
ADDING = {
    10002: (GrowattInputError, "sn"),
    10003: (GrowattTakenError, "sn"),
    10004: (GrowattNotFoundError, "plant_id"),
    10005: (GrowattNotFoundError, "c_user_id"),
    10006: (GrowattInputError, "c_user_id"),
}
PLANT = {
    10002: (GrowattInputError, "c_user_id"),
    10003: (GrowattInputError, "name"),
    10004: (GrowattInputError, "peak_power"),
    10005: (GrowattNotFoundError, "c_user_id"),
    10006: (GrowattTakenError, "name"),
}
MEANINGS = {
    "user/user_register": {
        10002: (GrowattInputError, "user_name"),
        10003: (GrowattTakenError, "user_name"),
        10004: (GrowattInputError, "user_email"),
        10006: (GrowattInputError, "user_type"),
        10008: (GrowattTokenError, None),
        10010: (GrowattUncertainError, None),
        10014: (GrowattInstallerCodeError, "agentCode"),
    },
    "user/modify": {
        10002: (GrowattInputError, "c_user_id"),
        10003: (GrowattNotFoundError, "c_user_id"),
        10004: (GrowattPermissionError, "c_user_id"),
        10014: (GrowattInstallerCodeError, "agentCode"),
    },
    "user/check_user": {10002: (GrowattInputError, "user_name")},
    "user/c_user_list": {},
    "plant/add": PLANT,
    "plant/modify": PLANT | {10007: (GrowattNotFoundError, "plant_id")},
    "plant/delete": {
        10002: (GrowattInputError, "plant_id"),
        10004: (GrowattNotFoundError, "plant_id"),
    },
    "plant/user_plant_list": {},
    "plant/energy": {
        10002: (GrowattNotFoundError, "plant_id"),
        10003: (GrowattInputError, "plant_id"),
        10004: (GrowattPeriodError, "end_date"),
    },
    "plant/power": {
        10002: (GrowattNotFoundError, "plant_id"),
        10003: (GrowattPeriodError, "date"),
    },
    "device/datalogger/add": ADDING,
    "device/sn/add": ADDING,
    "device/datalogger/delete": {
        10002: (GrowattInputError, "sn"),
        10003: (GrowattNotFoundError, "plant_id"),
        10004: (GrowattNotFoundError, "sn"),
    },
    "device/datalogger/validate": {
        10001: (GrowattInputError, "datalogSn"),
        10002: (GrowattCheckCodeError, "valiCode"),
        10003: (GrowattTakenError, "datalogSn"),
    },
    "device/sn_datalog": {
        10003: (GrowattInputError, "device_sn"),
        10005: (GrowattNotFoundError, "device_sn"),
    },
    "device/all/create_date": {},
}


def meanings(path: str) -> dict[int, tuple[type[GrowattError], str | None]]:
    """Return what each code means at an endpoint, and which parameter it is about."""
    odd = GrowattUncertainError if path in CHANGES else GrowattAnswerError
    general = {10001: (odd, None), 10099: (odd, None)}
    return {**general, **EVERYWHERE, **MEANINGS[path]}


@pytest.fixture
def home() -> str:
    """Return the house of a dealer."""
    return "new"


@pytest.mark.parametrize(
    ("path", "code", "cause", "parameter"),
    [
        (path, code, cause, parameter)
        for path in CALLS
        for code, (cause, parameter) in meanings(path).items()
    ],
)
async def test_code(
    cloud: SimulatedCloud,
    client: GrowattClient,
    path: str,
    code: int,
    cause: type[GrowattError],
    parameter: str | None,
) -> None:
    """Test that a code means what the manual says of this endpoint."""
    cloud.faults.add("code", path=path, code=code)
    with pytest.raises(GrowattError) as failed:
        await CALLS[path](client)
    assert type(failed.value) is cause
    assert (failed.value.code, failed.value.endpoint) == (code, f"v1/{path}")
    assert failed.value.parameter == parameter
    assert len(cloud.requests) == 1


async def test_name_that_is_taken(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that the one question whose refusal is an answer gets a plain no."""
    cloud.faults.add("code", path="user/check_user", code=10003)
    assert await client.management.is_free("anna") is False


def user(**changes: str) -> NewUser:
    """Return a user who differs from another in something."""
    facts = {
        "name": "bert",
        "password": PASSWORD,
        "email": "bert@example.org",
        "country": "Germany",
    }
    return NewUser(**facts | changes)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda one: one.management.register_user(user(name="")), 10002),
        (lambda one: one.management.register_user(user(password="")), 10002),
        (lambda one: one.management.register_user(user(name="anna")), 10003),
        (lambda one: one.management.register_user(user(email="")), 10004),
        (lambda one: one.management.register_user(user(installer_code="X")), 10014),
        (lambda one: one.management.change_user("", "1"), 10002),
        (lambda one: one.management.change_user(NOBODY, "1"), 10003),
        (lambda one: one.management.is_free(""), 10002),
        (lambda one: one.management.plants_of("nobody"), 10011),
        (lambda one: one.management.add_plant("", ROOF), 10002),
        (lambda one: one.management.add_plant(NOBODY, ROOF), 10005),
        (lambda one: one.management.delete_plant(""), 10002),
        (lambda one: one.management.delete_plant(NOBODY), 10004),
        (lambda one: one.management.energy(NOBODY, Unit.DAY, DAY, DAY), 10002),
        (lambda one: one.management.energy("", Unit.DAY, DAY, DAY), 10003),
        (lambda one: one.management.power(NOBODY, DAY), 10002),
        (lambda one: one.management.power("", DAY), 10003),
        (lambda one: one.management.add_datalogger(NOBODY, "", "X"), 10002),
        (lambda one: one.management.add_datalogger(NOBODY, NOBODY, "X"), 10004),
        (lambda one: one.management.add_datalogger("", NOBODY, "X"), 10006),
        (lambda one: one.management.add_devices("", NOBODY, ["X"]), 10006),
        (lambda one: one.management.delete_datalogger(NOBODY, "X"), 10003),
        (lambda one: one.management.validate_datalogger("X", "1"), 10001),
        (lambda one: one.management.validate_datalogger("SIML999999", "1"), 10002),
        (lambda one: one.management.datalogger_of(""), 10003),
        (lambda one: one.management.datalogger_of("X"), 10005),
    ],
)
async def test_reached(
    dealer: Dealer, client: GrowattClient, call: Call, code: int
) -> None:
    """Test that what Growatt refuses is refused for the reason it gives."""
    await dealer.anna()
    with pytest.raises(GrowattError) as failed:
        await call(client)
    assert failed.value.code == code


@pytest.mark.parametrize(
    ("name", "power", "code"), [("", 1, 10003), (ROOF.name, 1, 10006)]
)
async def test_plant_that_cannot_be(
    dealer: Dealer, name: str, power: float, code: int
) -> None:
    """Test a plant without a name, and one with the name of another."""
    anna, plant = await dealer.roof()
    await dealer.management.add_plant(anna, NewPlant(name="Barn", peak_power=2))
    with pytest.raises(GrowattError) as failed:
        await dealer.management.add_plant(anna, NewPlant(name=name, peak_power=power))
    assert failed.value.code == code
    change = PlantChange(name=name and "Barn", peak_power=power)
    with pytest.raises(GrowattError) as failed:
        await dealer.management.change_plant(anna, plant, change)
    assert failed.value.code == code
    with pytest.raises(GrowattNotFoundError) as missing:
        await dealer.management.change_plant(anna, NOBODY, CHANGE)
    assert (missing.value.code, missing.value.parameter) == (10007, "plant_id")
    with pytest.raises(GrowattNotFoundError) as missing:
        await dealer.management.change_plant(NOBODY, plant, CHANGE)
    assert (missing.value.code, missing.value.parameter) == (10005, "c_user_id")


async def test_serial_that_is_registered(dealer: Dealer, time_passes: Pass) -> None:
    """Test that Growatt tells in which plant, and that it is not added again."""
    anna, plant = await dealer.roof()
    serial, code = dealer.serial, dealer.check_code
    await dealer.management.add_datalogger(anna, plant, serial)
    with pytest.raises(GrowattTakenError) as taken:
        await dealer.management.validate_datalogger(serial, code)
    assert taken.value.plant_id == plant
    assert plant not in str(taken.value)
    with pytest.raises(GrowattCheckCodeError):
        await dealer.management.validate_datalogger(serial, "1")
    time_passes(301)
    with pytest.raises(GrowattTakenError) as taken:
        await dealer.management.add_datalogger(anna, plant, serial)
    assert (taken.value.plant_id, taken.value.parameter) == (None, "sn")
    with pytest.raises(GrowattNotFoundError) as missing:
        await dealer.management.add_datalogger(NOBODY, plant, serial)
    assert missing.value.parameter == "c_user_id"
    with pytest.raises(GrowattInputError):
        await dealer.management.delete_datalogger(plant, "X")


async def test_what_belongs_to_others(dealer: Dealer, client: GrowattClient) -> None:
    """Test that the users, plants and loggers of others are out of reach."""
    anna, plant = await dealer.roof()
    stranger = dealer.cloud.add_home("villa")
    strange_plant = str(stranger.plants[0].plant_id)
    strange_logger = stranger.plants[0].loggers[0].serial
    management, strange_user = dealer.management, str(stranger.user_id)
    for call, code in (
        (management.change_user(strange_user, "1"), 10004),
        (management.plants_of(stranger.name), 10011),
        (management.add_plant(strange_user, ROOF), 10011),
        (management.change_plant(anna, strange_plant, CHANGE), 10011),
        (management.delete_plant(strange_plant), 10011),
        (management.add_datalogger(anna, strange_plant, dealer.serial), 10011),
        (management.delete_datalogger(strange_plant, strange_logger), 10011),
    ):
        with pytest.raises(GrowattPermissionError) as refused:
            await call
        assert refused.value.code == code
    with pytest.raises(GrowattNotFoundError) as missing:
        await management.delete_datalogger(plant, strange_logger)
    assert missing.value.parameter == "sn"


async def test_without_a_token(url: str, connect: Connect) -> None:
    """Test that who has no token is told that this is the reason."""
    with pytest.raises(GrowattTokenError) as refused:
        await connect(url, "").management.register_user(ANNA)
    assert refused.value.code == 10008
