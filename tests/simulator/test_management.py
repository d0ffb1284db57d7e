"""Setting up an account: what each endpoint answers, and which code says no."""

from typing import Any

import pytest

from simulator import SimulatedCloud

from .conftest import Asker, sample, shape, standing_clock

DEALER, NEIGHBOUR, CUSTOMER = 3120501, 3120502, 3120503
NOBODY = 1
FOREIGN_PLANT, PLANT = 9910201, 9910301
FOREIGN_LOGGER = "SIML200002"
FOREIGN_DEVICE = "SIM7200001"
NAME = "Anna's Roof"

REGISTER = {
    "user_name": "bert",
    "user_password": "secret",
    "user_email": "bert@example.org",
    "user_type": 1,
    "user_country": "Germany",
}
ADD = {"c_user_id": CUSTOMER, "name": "Barn", "peak_power": 9.5}
MODIFY = {"c_user_id": CUSTOMER, "plant_id": PLANT, "name": "Barn"}


@pytest.fixture
def cloud() -> SimulatedCloud:
    """Return a dealer with hardware, a customer with an empty plant, and a stranger."""
    cloud = SimulatedCloud(homes=["new", "villa"], clock=standing_clock())
    customer = cloud.add_customer(cloud.accounts[0].customers, "anna")
    customer.plants.append(customer.builder.new_plant(NAME, 6.8))
    return cloud


@pytest.fixture
def unregistered(cloud: SimulatedCloud) -> dict[str, str]:
    """Return what the names below stand for: loggers, their codes and devices."""
    first, second, _ = cloud.unregistered.sets
    return {
        "LOGGER": first.logger.serial,
        "CODE": first.logger.check_code,
        "DEVICE": first.devices[0].serial,
        "OTHERS": ",".join(device.serial for device in second.devices),
    }


def filled(params: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return parameters with serials and codes in the place of their names."""
    return {key: names.get(value, value) for key, value in params.items()}


def with_logger(*, user: object = CUSTOMER, plant: object = PLANT) -> dict[str, Any]:
    """Return what adds the first logger to a plant."""
    return {"c_user_id": user, "plant_id": plant, "sn": "LOGGER"}


REFUSED = [
    ("user/user_register", REGISTER | {"user_name": ""}, 10002),
    ("user/user_register", REGISTER | {"user_password": " "}, 10002),
    ("user/user_register", REGISTER | {"user_name": "anna"}, 10003),
    ("user/user_register", REGISTER | {"user_email": ""}, 10004),
    ("user/user_register", REGISTER | {"user_type": ""}, 10006),
    ("user/user_register", REGISTER | {"agentCode": "NONE"}, 10014),
    ("user/modify", {"mobile": "1"}, 10002),
    ("user/modify", {"c_user_id": NOBODY, "mobile": "1"}, 10003),
    ("user/modify", {"c_user_id": NEIGHBOUR, "mobile": "1"}, 10004),
    ("user/modify", {"c_user_id": CUSTOMER, "agent code": "NONE"}, 10014),
    ("user/check_user", {}, 10002),
    ("user/check_user", {"user_name": "anna"}, 10003),
    ("plant/user_plant_list", {}, 10011),
    ("plant/user_plant_list", {"user_name": "nobody"}, 10011),
    ("plant/user_plant_list", {"user_name": "villa_owner2"}, 10011),
    ("plant/add", ADD | {"c_user_id": ""}, 10002),
    ("plant/add", ADD | {"name": ""}, 10003),
    ("plant/add", ADD | {"peak_power": ""}, 10004),
    ("plant/add", ADD | {"c_user_id": NOBODY}, 10005),
    ("plant/add", ADD | {"name": NAME}, 10006),
    ("plant/add", ADD | {"c_user_id": NEIGHBOUR}, 10011),
    ("plant/add", ADD | {"peak_power": "much"}, 10001),
    ("plant/add", ADD | {"createDate": "soon"}, 10001),
    ("plant/modify", MODIFY | {"c_user_id": ""}, 10002),
    ("plant/modify", MODIFY | {"name": ""}, 10003),
    ("plant/modify", MODIFY | {"peak_power": ""}, 10004),
    ("plant/modify", MODIFY | {"c_user_id": NOBODY}, 10005),
    ("plant/modify", MODIFY | {"plant_id": NOBODY}, 10007),
    ("plant/modify", MODIFY | {"plant_id": FOREIGN_PLANT}, 10011),
    ("plant/modify", MODIFY | {"c_user_id": DEALER}, 10011),
    ("plant/delete", {}, 10002),
    ("plant/delete", {"plant_id": NOBODY}, 10004),
    ("plant/delete", {"plant_id": FOREIGN_PLANT}, 10011),
    *(
        (path, params, code)
        for path in ("device/datalogger/add", "device/sn/add")
        for params, code in (
            (with_logger(plant=""), 10002),
            (with_logger() | {"sn": ""}, 10002),
            (with_logger() | {"sn": "SIML999999"}, 10002),
            (with_logger(plant=NOBODY), 10004),
            (with_logger(user=NOBODY), 10005),
            (with_logger(user=""), 10006),
            (with_logger(plant=FOREIGN_PLANT), 10011),
            (with_logger(user=DEALER), 10011),
        )
    ),
    ("device/datalogger/add", with_logger() | {"sn": "DEVICE"}, 10002),
    ("device/datalogger/add", with_logger() | {"sn": FOREIGN_LOGGER}, 10003),
    ("device/sn/add", with_logger() | {"sn": FOREIGN_DEVICE}, 10003),
    ("device/sn/add", with_logger() | {"sn": ",".join(["X"] * 101)}, 10001),
    ("device/datalogger/delete", {"sn": "LOGGER"}, 10002),
    ("device/datalogger/delete", {"plant_id": PLANT}, 10002),
    ("device/datalogger/delete", {"plant_id": PLANT, "sn": "LOGGER"}, 10002),
    ("device/datalogger/delete", {"plant_id": NOBODY, "sn": "LOGGER"}, 10003),
    ("device/datalogger/delete", {"plant_id": PLANT, "sn": FOREIGN_LOGGER}, 10004),
    ("device/datalogger/delete", {"plant_id": FOREIGN_PLANT, "sn": "X"}, 10011),
    ("device/datalogger/validate", {"valiCode": "CODE"}, 10001),
    ("device/datalogger/validate", {"datalogSn": "SHORT", "valiCode": "CODE"}, 10001),
    ("device/datalogger/validate", {"datalogSn": "LOGGER"}, 10002),
    ("device/datalogger/validate", {"datalogSn": "LOGGER", "valiCode": "x"}, 10002),
    ("device/datalogger/validate", {"datalogSn": "DEVICE", "valiCode": "CODE"}, 10002),
    ("device/sn_datalog", {}, 10003),
    ("device/sn_datalog", {"device_sn": "X"}, 10005),
    ("device/sn_datalog", {"device_sn": FOREIGN_DEVICE}, 10011),
    ("device/all/create_date", {"pageNum": 1}, 10001),
    ("device/all/create_date", {"devices": "X", "pageNum": 3}, 10001),
    ("device/all/create_date", {"devices": ",".join("X" * 101), "pageNum": 1}, 10001),
]


@pytest.mark.parametrize(("path", "params", "code"), REFUSED)
async def test_refused(
    ask: Asker,
    cloud: SimulatedCloud,
    unregistered: dict[str, str],
    path: str,
    params: dict[str, Any],
    code: int,
) -> None:
    """Test that what cannot be done gets the code of its endpoint, and is not done."""
    before = [len(cloud.accounts), len(cloud.plants), len(cloud.loggers)]
    answer = await ask("POST", path, filled(params, unregistered))
    assert (answer["error_code"], answer["data"]) == (code, "")
    assert answer["error_msg"].startswith("error_")
    assert [len(cloud.accounts), len(cloud.plants), len(cloud.loggers)] == before


@pytest.mark.parametrize(
    ("verb", "path", "params", "name"),
    [
        ("POST", "user/user_register", REGISTER, "user_user_register"),
        (
            "POST",
            "user/user_register",
            REGISTER | {"user_name": "anna"},
            "user_user_register_error_10003",
        ),
        (
            "POST",
            "user/modify",
            {"c_user_id": CUSTOMER, "mobile": "1", "agentCode": "SIM01"},
            "user_modify",
        ),
        ("POST", "user/check_user", {"user_name": "bert"}, "user_check_user_free"),
        ("POST", "user/check_user", {"user_name": "anna"}, "user_check_user_taken"),
        ("POST", "plant/add", ADD, "plant_add"),
        ("POST", "plant/modify", MODIFY, "plant_modify"),
        ("POST", "plant/delete", {"plant_id": PLANT}, "plant_delete"),
        (
            "POST",
            "plant/user_plant_list",
            {"user_name": "anna"},
            "plant_user_plant_list",
        ),
        ("POST", "device/datalogger/add", with_logger(), "device_datalogger_add"),
        (
            "POST",
            "device/sn/add",
            with_logger() | {"sn": "OTHERS"},
            "device_sn_add",
        ),
        (
            "POST",
            "device/datalogger/validate",
            {"datalogSn": "LOGGER", "valiCode": "CODE"},
            "device_datalogger_validate_new",
        ),
        (
            "GET",
            "plant/energy",
            {
                "plant_id": PLANT,
                "start_date": "2026-06-08",
                "end_date": "2026-06-14",
                "time_unit": "day",
            },
            "plant_energy_day",
        ),
        (
            "GET",
            "plant/energy",
            {
                "plant_id": PLANT,
                "start_date": "2026-04-01",
                "end_date": "2026-06-14",
                "time_unit": "month",
            },
            "plant_energy_month",
        ),
        (
            "GET",
            "plant/energy",
            {
                "plant_id": PLANT,
                "start_date": "2024-04-01",
                "end_date": "2026-06-14",
                "time_unit": "year",
            },
            "plant_energy_year",
        ),
        (
            "GET",
            "plant/energy",
            {"plant_id": PLANT, "start_date": "2026-06-01", "end_date": "2026-06-14"},
            "plant_energy_error_10004",
        ),
    ],
)
async def test_shape(
    ask: Asker,
    unregistered: dict[str, str],
    verb: str,
    path: str,
    params: dict[str, Any],
    name: str,
) -> None:
    """Test that an answer looks like the recorded one."""
    answer = await ask(verb, path, filled(params, unregistered))
    assert shape(answer) == shape(sample(name))
    assert answer["error_code"] == sample(name)["error_code"]
    assert answer["error_msg"] == sample(name)["error_msg"]


async def test_shapes_of_what_is_registered(
    ask: Asker, cloud: SimulatedCloud, unregistered: dict[str, str]
) -> None:
    """Test the answers that need a registered logger and its devices."""
    await ask("POST", "device/datalogger/add", filled(with_logger(), unregistered))
    await ask.later(600)
    logger, device = unregistered["LOGGER"], unregistered["DEVICE"]
    taken = {"datalogSn": logger, "valiCode": unregistered["CODE"]}
    for path, params, name in (
        ("device/datalogger/validate", taken, "device_datalogger_validate_exists"),
        ("device/sn_datalog", {"device_sn": device}, "device_sn_datalog"),
        ("plant/sn_plant", {"device_sn": device}, "plant_sn_plant"),
        (
            "device/datalogger/delete",
            {"plant_id": PLANT, "sn": logger},
            "device_datalogger_delete",
        ),
    ):
        assert shape(await ask("POST", path, params)) == shape(sample(name))
    assert logger in [box.logger.serial for box in cloud.unregistered.sets]


async def test_shape_of_creation_dates(
    ask: Asker, unregistered: dict[str, str]
) -> None:
    """Test that the dates of inverters and others look like the recorded ones."""
    params = filled(with_logger() | {"sn": "OTHERS"}, unregistered)
    await ask("POST", "device/sn/add", params)
    await ask.later(600)
    wanted = {"devices": unregistered["OTHERS"], "pageNum": 1}
    answer = await ask("POST", "device/all/create_date", wanted)
    recording = sample("device_all_create_date")
    for row, recorded in zip(
        answer["data"].values(), recording["data"].values(), strict=True
    ):
        assert shape(row) == shape(recorded)
        assert row["deviceName"] == recorded["deviceName"]
        assert row["deviceType"] == recorded["deviceType"]
        assert row["createTime"] == "2026-06-14 12:07:30.0"


async def test_two_pages_of_creation_dates(ask: Asker) -> None:
    """Test that half of a batch is on each of its two pages."""
    fleet = ask.cloud.add_home("fleet")
    plant = fleet.plants[0]
    for _ in range(57):
        ask.cloud.add_min(plant, logger=plant.loggers[0])
    ask.token = fleet.token
    serials = ",".join(device.serial for device in plant.devices)
    pages = [
        (
            await ask(
                "POST", "device/all/create_date", {"devices": serials, "pageNum": n}
            )
        )
        for n in (1, 2)
    ]
    assert [len(page["data"]) for page in pages] == [50, 10]
    assert all(
        row["createTime"] == "2025-03-15 10:02:46.0"
        for row in pages[0]["data"].values()
    )


async def test_shape_of_users(ask: Asker) -> None:
    """Test that customers are listed like the recorded ones, with what was entered."""
    await ask("POST", "user/user_register", REGISTER)
    answer = await ask("GET", "user/c_user_list")
    assert shape(answer) == shape(sample("user_c_user_list"))
    anna, bert = answer["data"]["c_user"]
    assert anna["c_user_name"] == "anna"
    assert bert == {
        "c_user_id": 3120504,
        "c_user_name": "bert",
        "c_user_email": "bert@example.org",
        "c_user_tel": "",
        "c_user_regtime": "2026-06-14 19:02:30",
    }
    await ask("POST", "user/modify", {"c_user_id": 3120504, "mobile": "0100"})
    await ask.later(300)
    users = (await ask("GET", "user/c_user_list"))["data"]["c_user"]
    assert users[1]["c_user_tel"] == "0100"


@pytest.mark.parametrize(
    ("token", "code"), [("", 10008), ("x" * 32, 10011), ("villa", 10011)]
)
async def test_only_merchants_register(
    ask: Asker, cloud: SimulatedCloud, token: str, code: int
) -> None:
    """Test that no token, a wrong one and that of an end user are refused."""
    ask.token = {"villa": cloud.accounts[1].token}.get(token, token)
    answer = await ask("POST", "user/user_register", REGISTER)
    assert answer["error_code"] == code


async def test_customers_of_an_installer(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that a token of several owners lists them, and registers more."""
    ask.token = cloud.installer_token(cloud.accounts[1])
    await ask("POST", "user/user_register", REGISTER)
    users = (await ask("GET", "user/c_user_list"))["data"]["c_user"]
    assert [user["c_user_name"] for user in users] == ["villa_owner2", "bert"]


async def test_all_that_can_be_entered(ask: Asker) -> None:
    """Test that the master data of a plant are those that were entered."""
    entered = ADD | {
        "latitude_f": "Austria",
        "latitude": 47.5,
        "longitude": 11.25,
        "timezone_id": 2,
        "plant_type": 1,
        "currency": "CHF",
        "createDate": "2020-02-29",
        "city": "Innsbruck",
        "plantAddress": "Alley 3",
    }
    plant_id = (await ask("POST", "plant/add", entered))["data"]["plant_id"]
    params = {"plant_id": plant_id}
    expected = {
        "name": "Barn",
        "peak_power": 9.5,
        "country": "Austria",
        "latitude": "47.5",
        "longitude": "11.25",
        "timezone": "GMT+2",
        "plant_type": 1,
        "currency": "CHF",
        "create_date": "2020-02-29",
        "city": "Innsbruck",
        "address1": "Alley 3",
        "user_id": CUSTOMER,
    }
    details = (await ask("GET", "plant/details", params))["data"]
    assert expected.items() <= details.items()
    change = {"c_user_id": CUSTOMER, "plant_id": plant_id, "name": "Loft"}
    await ask("POST", "plant/modify", change | {"peak_power": 10, "plant_type": 2})
    await ask.later(300)
    details = (await ask("GET", "plant/details", params))["data"]
    expected |= {"name": "Loft", "peak_power": 10, "plant_type": 2}
    assert expected.items() <= details.items()


async def test_nothing_entered(ask: Asker) -> None:
    """Test that a plant of which only the least is known stands nowhere."""
    plant_id = (await ask("POST", "plant/add", ADD))["data"]["plant_id"]
    details = (await ask("GET", "plant/details", {"plant_id": plant_id}))["data"]
    assert [details[key] for key in ("latitude", "longitude", "city")] == ["", "", ""]
    assert details["create_date"] == "2026-06-14"
    assert details["timezone"] == "GMT+1"
    totals = (await ask("GET", "plant/data", {"plant_id": plant_id}))["data"]
    assert (totals["total_energy"], totals["last_update_time"]) == ("0", "")


@pytest.mark.parametrize(
    ("verb", "path", "params"),
    [
        ("POST", "plant/modify", MODIFY),
        ("GET", "user/c_user_list", {}),
        ("POST", "plant/user_plant_list", {"user_name": "anna"}),
        (
            "GET",
            "plant/energy",
            {"plant_id": PLANT, "start_date": "2026-06-14", "end_date": "2026-06-14"},
        ),
    ],
)
async def test_ten_a_day(
    ask: Asker, verb: str, path: str, params: dict[str, Any]
) -> None:
    """Test what may be asked ten times in a day."""
    codes = []
    for _ in range(11):
        codes.append((await ask(verb, path, params))["error_code"])
        await ask.later(301)
    assert codes == [0] * 10 + [10012]
    await ask.later(86_400)
    assert (await ask(verb, path, params))["error_code"] == 0


async def test_five_minutes_between_the_same(
    ask: Asker, unregistered: dict[str, str]
) -> None:
    """Test that adding the same again at once is refused before it is looked at."""
    params = filled(with_logger(), unregistered)
    codes = []
    for seconds in (0, 299, 1):
        await ask.later(seconds)
        answer = await ask("POST", "device/datalogger/add", params)
        codes.append(answer["error_code"])
    assert codes == [0, 10012, 10003]
