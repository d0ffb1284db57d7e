"""Each code that Growatt may answer an action with, in words for whoever called it."""

from collections.abc import Callable
from datetime import timedelta
import json
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from simulator import SimulatedCloud
from simulator.model import Plant
from simulator.unregistered import LoggerSet
from tests.conftest import Pass, asked

from .conftest import ANNA, Act, Refuse

DAY = {"start_date": "2026-06-15", "end_date": "2026-06-15"}
PLANT = {
    10002: "input_refused",
    10003: "plant_name_refused",
    10004: "peak_power_refused",
    10005: "user_not_found",
    10006: "plant_name_taken",
}

# What the manual's tables refuse, by path: the action that meets it, and the text.
REFUSED: dict[str, tuple[str, dict[int, str]]] = {
    "user/user_register": (
        "register_user",
        {
            10002: "user_name_refused",
            10003: "user_name_taken",
            10004: "email_refused",
            10006: "input_refused",
            10014: "installer_code_wrong",
        },
    ),
    "user/c_user_list": ("list_users", {}),
    "plant/add": ("create_plant", PLANT),
    "plant/modify": ("update_plant", PLANT | {10007: "plant_not_found"}),
    "plant/delete": (
        "delete_plant",
        {10002: "input_refused", 10004: "plant_not_found"},
    ),
    "plant/energy": (
        "get_plant_energy",
        {10002: "plant_not_found", 10003: "input_refused", 10004: "period_refused"},
    ),
    "plant/power": (
        "get_power_curve",
        {10002: "plant_not_found", 10003: "period_refused"},
    ),
    "device/datalogger/validate": (
        "add_datalogger",
        {10001: "serial_refused", 10002: "check_code_wrong", 10003: "serial_taken"},
    ),
    "device/datalogger/add": (
        "add_datalogger",
        {
            10002: "serial_refused",
            10003: "serial_taken",
            10004: "plant_not_found",
            10005: "user_not_found",
            10006: "input_refused",
        },
    ),
    "device/datalogger/delete": (
        "remove_datalogger",
        {10002: "serial_refused", 10003: "plant_not_found", 10004: "serial_not_found"},
    ),
}
REFUSED_EVERYWHERE = {
    10011: "not_allowed",
    10013: "input_refused",
    10014: "input_refused",
}
# What may pass, or has nothing to do with what was entered.
FAILED: dict[int, str] = {-1: "odd_answer", 10012: "ask_later"}
ODD = (10001, 10099)
READS = {"user/c_user_list", "plant/energy", "plant/power"}
FAILED_AT: dict[str, dict[int, str]] = {
    **{
        path: FAILED
        | dict.fromkeys(ODD, "odd_answer" if path in READS else "uncertain")
        for path in REFUSED
    },
    "device/datalogger/validate": FAILED | {10099: "odd_answer"},
}
FAILED_AT["user/user_register"] |= {10008: "token_refused", 10010: "uncertain"}

ROWS = [
    (path, code, text, ServiceValidationError)
    for path, (_, texts) in REFUSED.items()
    for code, text in {**REFUSED_EVERYWHERE, **texts}.items()
] + [
    (path, code, text, HomeAssistantError)
    for path, texts in FAILED_AT.items()
    for code, text in texts.items()
]


@pytest.fixture
def home() -> str:
    """Return the house of a dealer."""
    return "new"


@pytest.fixture
def box(cloud: SimulatedCloud, roof: Plant) -> LoggerSet:
    """Return a data logger that nobody has registered; another one is on the roof."""
    second, first = cloud.unregistered.sets[1], cloud.unregistered.sets[0]
    cloud.unregistered.register(second, roof, cloud.clock.now())
    return first


@pytest.fixture
def fill(
    box: LoggerSet, roof: Plant, device_id: Callable[[object], str]
) -> Callable[[str], dict[str, Any]]:
    """Return a function that fills in an action so that Growatt would do it."""
    account = {"config_entry_id": "simulated"}
    label = {"serial_number": box.logger.serial, "check_code": box.logger.check_code}

    def filled(action: str) -> dict[str, Any]:
        plant = {"device_id": device_id(roof.plant_id)}
        logger = {"device_id": device_id(roof.loggers[0].serial)}
        return {
            "register_user": {**account, **ANNA, "name": "bert"},
            "list_users": account,
            "create_plant": {**account, "name": "Barn", "peak_power": 1},
            "update_plant": {**plant, "name": "Barn"},
            "delete_plant": {**plant, "confirm_name": roof.name},
            "add_datalogger": {**plant, **label},
            "remove_datalogger": logger,
            "get_plant_energy": {**plant, "unit": "day", **DAY},
            "get_power_curve": {**plant, "date": "2026-06-15"},
        }[action]

    return filled


@pytest.mark.parametrize(("path", "code", "text", "kind"), ROWS)
async def test_code(
    cloud: SimulatedCloud,
    act: Act,
    refuse: Refuse,
    fill: Callable[[str], dict[str, Any]],
    time_passes: Pass,
    path: str,
    code: int,
    text: str,
    kind: type[HomeAssistantError],
) -> None:
    """Test that a code is told in words, as wrong input or not, and once."""
    action, _ = REFUSED[path]
    fields = fill(action)
    cloud.faults.add("code", path=path, code=code)
    cloud.requests.clear()
    failure = await refuse(action, **fields)
    assert failure.translation_key == text
    assert type(failure) is kind
    assert asked(cloud).count(path) == 1
    cloud.faults.clear()
    await time_passes(timedelta(hours=1))
    await act(action, **fields)


@pytest.mark.parametrize("path", REFUSED)
@pytest.mark.parametrize(
    ("fault", "options", "text"),
    [
        ("close", {}, "not_reached"),
        ("http", {"status": 502}, "odd_answer"),
        ("html", {}, "odd_answer"),
        ("truncated", {}, "odd_answer"),
    ],
)
async def test_trouble(
    cloud: SimulatedCloud,
    refuse: Refuse,
    fill: Callable[[str], dict[str, Any]],
    path: str,
    fault: str,
    options: dict[str, Any],
    text: str,
) -> None:
    """Test that trouble on the way is told, and whether something may be done."""
    action, _ = REFUSED[path]
    fields = fill(action)
    cloud.faults.add(fault, path=path, **options)
    failure = await refuse(action, **fields)
    is_safe = path in {*READS, "device/datalogger/validate"}
    assert failure.translation_key == (text if is_safe else "uncertain")
    assert not isinstance(failure, ServiceValidationError)


async def test_what_was_done_without_an_answer(
    cloud: SimulatedCloud,
    roof: Plant,
    refuse: Refuse,
    fill: Callable[[str], dict[str, Any]],
    device_id: Callable[[object], str],
    time_passes: Pass,
) -> None:
    """Test that a plant that was created all the same appears, for who looks."""
    fields = fill("create_plant")
    cloud.faults.add("lost", path="plant/add")
    failure = await refuse("create_plant", **fields)
    assert failure.translation_key == "uncertain"
    barn = cloud.plants[1]
    assert barn.name == "Barn"
    cloud.faults.clear()
    await time_passes(timedelta(minutes=5, seconds=6))
    assert device_id(barn.plant_id)


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("day", "2026-06-08", "2026-06-15"),
        ("day", "2026-06-15", "2026-06-14"),
        ("month", "2024-12-31", "2026-06-15"),
        ("year", "2006-12-31", "2026-06-15"),
    ],
)
async def test_too_much_at_once(
    cloud: SimulatedCloud,
    refuse: Refuse,
    fill: Callable[[str], dict[str, Any]],
    unit: str,
    first: str,
    last: str,
) -> None:
    """Test that a window that Growatt would refuse is refused without asking."""
    window = {"unit": unit, "start_date": first, "end_date": last}
    fields = fill("get_plant_energy") | window
    cloud.requests.clear()
    failure = await refuse("get_plant_energy", **fields)
    assert failure.translation_key == "period_refused"
    assert isinstance(failure, ServiceValidationError)
    assert cloud.requests == []


async def test_names_that_are_taken(
    cloud: SimulatedCloud,
    refuse: Refuse,
    act: Act,
    fill: Callable[[str], dict[str, Any]],
) -> None:
    """Test that Growatt itself refuses names of others, and keeps what it has."""
    account = {"config_entry_id": "simulated"}
    failure = await refuse("register_user", **account, **ANNA)
    assert failure.translation_key == "user_name_taken"
    failure = await refuse(
        "create_plant", **fill("create_plant") | {"name": "Anna's Roof"}
    )
    assert failure.translation_key == "plant_name_taken"
    await act("create_plant", **fill("create_plant"))
    failure = await refuse("update_plant", **fill("update_plant"))
    assert failure.translation_key == "plant_name_taken"
    failure = await refuse(
        "create_plant", **fill("create_plant") | {"name": "Attic", "user_id": "1"}
    )
    assert failure.translation_key == "user_not_found"
    names = [plant.name for plant in cloud.plants]
    assert names == ["Anna's Roof", "Barn"]


@pytest.mark.parametrize("home", ["villa"])
async def test_token_of_an_owner(loaded: MockConfigEntry, refuse: Refuse) -> None:
    """Test that who is no dealer is told that it takes the token of one."""
    account = {"config_entry_id": loaded.entry_id}
    for action, fields in (("list_users", {}), ("register_user", ANNA)):
        failure = await refuse(action, **account, **fields)
        assert failure.translation_key == "not_allowed"


async def test_pace(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    cloud: SimulatedCloud,
    act: Act,
    refuse: Refuse,
    fill: Callable[[str], dict[str, Any]],
    time_passes: Pass,
) -> None:
    """Test that what Growatt would refuse is not sent, and that the time is told.

    It is told by the clock of Home Assistant, and kept over a restart.
    """
    await hass.config.async_set_time_zone("Europe/Berlin")
    fields = fill("update_plant")
    for number in range(10):
        await act("update_plant", **fields | {"name": f"Barn {number}"})
    cloud.requests.clear()
    failure = await refuse("update_plant", **fields)
    assert not isinstance(failure, ServiceValidationError)
    assert failure.translation_key == "ask_later"
    assert failure.translation_placeholders == {"time": "2026-06-16 12:31"}
    assert asked(cloud) == []
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert "plant/modify" in json.dumps(hass_storage[f"{DOMAIN}.simulated"])

    await time_passes(timedelta(hours=24, seconds=1))
    await act("update_plant", **fields)
    assert [one.name for one in cloud.plants] == ["Barn"]
