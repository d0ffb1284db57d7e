"""Every answer has the keys, in the order, and the types of a recorded one."""

import pytest

from simulator import SimulatedCloud

from .conftest import Asker, batch_shape, sample, shape

VILLA_MIN = "SIM7100001"
DUO_INVERTER = "SIM1200001"
DUO_MIN = "SIM7200003"
VILLA = 9910101


@pytest.mark.parametrize(
    ("verb", "path", "params", "name"),
    [
        ("GET", "plant/details", {"plant_id": VILLA}, "plant_details"),
        ("GET", "plant/data", {"plant_id": VILLA}, "plant_data"),
        (
            "GET",
            "device/datalogger/list",
            {"plant_id": VILLA},
            "device_datalogger_list",
        ),
        ("GET", "device/check/sn", {"sn": VILLA_MIN}, "device_check_sn_inverter"),
        (
            "GET",
            "device/check/sn",
            {"dataloggerSn": "SIML100002"},
            "device_check_sn_datalogger",
        ),
        (
            "GET",
            "device/tlx/tlx_data_info",
            {"device_sn": VILLA_MIN},
            "tlx_data_info",
        ),
        ("POST", "device/tlx/tlx_last_data", {"tlx_sn": VILLA_MIN}, "tlx_last_data"),
        ("GET", "device/tlx/tlx_set_info", {"device_sn": VILLA_MIN}, "tlx_set_info"),
        (
            "POST",
            "new-api/queryDeviceInfo",
            {"deviceSn": VILLA_MIN, "deviceType": "min"},
            "v4-queryDeviceInfo-min",
        ),
        (
            "POST",
            "new-api/queryLastData",
            {"deviceSn": VILLA_MIN, "deviceType": "min"},
            "v4-queryLastData-min",
        ),
    ],
)
async def test_shape_in_the_villa(
    ask: Asker, verb: str, path: str, params: dict[str, object], name: str
) -> None:
    """Test that an answer about the villa looks like the recorded one."""
    assert shape(await ask(verb, path, params)) == shape(sample(name))


@pytest.mark.parametrize(
    ("verb", "path", "params", "name"),
    [
        (
            "GET",
            "device/inverter/inv_data_info",
            {"device_sn": DUO_INVERTER},
            "device_inverter_inv_data_info",
        ),
        (
            "GET",
            "device/inverter/last_new_data",
            {"device_sn": DUO_INVERTER},
            "device_inverter_last_new_data",
        ),
        (
            "POST",
            "device/tlx/tlx_last_data",
            {"tlx_sn": DUO_MIN},
            "tlx_last_data_no_battery",
        ),
        (
            "POST",
            "new-api/queryDeviceInfo",
            {"deviceSn": DUO_INVERTER, "deviceType": "inv"},
            "v4-queryDeviceInfo-inv",
        ),
        (
            "POST",
            "new-api/queryLastData",
            {"deviceSn": DUO_INVERTER, "deviceType": "inv"},
            "v4-queryLastData-inv",
        ),
    ],
)
async def test_shape_in_the_duo(
    ask: Asker, verb: str, path: str, params: dict[str, object], name: str
) -> None:
    """Test that an answer about the duo looks like the recorded one."""
    ask.token = ask.cloud.accounts[1].token
    assert shape(await ask(verb, path, params)) == shape(sample(name))


async def test_max_is_listed_twice(ask: Asker) -> None:
    """Test that each MAX has a row as type 1 and one as type 4."""
    hall = ask.cloud.add_home("hall")
    ask.token = hall.token
    plant = hall.plants[0]
    answer = await ask("GET", "device/list", {"plant_id": plant.plant_id})
    rows = [(row["device_sn"], row["type"]) for row in answer["data"]["devices"]]
    assert rows == [(one.serial, kind) for one in plant.devices for kind in (1, 4)]
    assert answer["data"]["count"] == len(rows)


@pytest.mark.parametrize(
    ("path", "key", "serial", "name"),
    [
        (
            "device/inverter/invs_data",
            "inverters",
            DUO_INVERTER,
            "device_inverter_invs_data",
        ),
        ("device/tlx/tlxs_data", "tlxs", DUO_MIN, "tlxs_data"),
    ],
)
async def test_shape_of_batches(
    ask: Asker, path: str, key: str, serial: str, name: str
) -> None:
    """Test that a batch nests its records like the recorded one."""
    ask.token = ask.cloud.accounts[1].token
    answer = await ask("POST", path, {key: f"{serial},{serial}X", "pageNum": 1})
    recording = sample(name)
    recording["data"] = dict([list(recording["data"].items())[-1]])
    assert batch_shape(answer) == batch_shape(recording)
    assert answer[key] == [serial, f"{serial}X"]


async def test_shape_of_plant_list(ask: Asker) -> None:
    """Test that plants are listed like the recorded one."""
    answer, recording = await ask("GET", "plant/list"), sample("plant_list")
    assert list(answer["data"]) == list(recording["data"])
    assert shape(answer["data"]["plants"][0]) == shape(recording["data"]["plants"][0])


async def test_shape_of_device_list(ask: Asker) -> None:
    """Test that devices and the meter are listed like the recorded ones."""
    hybrid = ask.cloud.add_home("hybrid")
    ask.token = ask.cloud.installer_token(*ask.cloud.accounts)
    rows = {row["type"]: row for row in sample("device_list")["data"]["devices"]}
    listed = []
    for plant_id in (VILLA, hybrid.plants[0].plant_id):
        answer = await ask("GET", "device/list", {"plant_id": plant_id})
        listed += answer["data"]["devices"]
    assert [row["type"] for row in listed] == [7, 5, 3]
    # An SPH is listed like a MIN.
    for row in listed:
        assert shape(row) == shape(rows.get(row["type"], rows[7]))


async def test_shape_of_v4_list(ask: Asker) -> None:
    """Test that V4 lists devices like the recorded ones."""
    answer = await ask("POST", "new-api/queryDeviceList", {"page": 1})
    recording = sample("v4-queryDeviceList-all")
    recording["data"]["data"] = recording["data"]["data"][:1]
    assert shape(answer) == shape(recording)


async def test_empty_account(ask: Asker) -> None:
    """Test that an account without plants is not an error."""
    ask.token = ask.cloud.add_home("empty").token
    assert await ask("GET", "plant/list") == sample("plant_list_empty")
    answer = await ask("POST", "new-api/queryDeviceList", {"page": 1})
    assert answer == {
        "code": 0,
        "data": sample("v4-queryDeviceList-all")["data"] | {"count": 0, "data": []},
        "message": "SUCCESSFUL_OPERATION",
    }


async def test_marks_of_the_cloud(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test float noise, markers, NULs and what is not there in a live record."""
    answer = await ask("POST", "device/tlx/tlx_last_data", {"tlx_sn": VILLA_MIN})
    data, truth = answer["data"], cloud.truth()[VILLA_MIN]
    assert data["lost"] is True
    assert data["eex1Today"] == -0.10000000149011612
    assert set(data["batterySN"]) == {"\0"}
    assert (data["bdc2Soc"], data["bdc2Temp2"]) == (3, 104)
    assert data["vpv1"] != truth["pv1_voltage"]
    assert data["vpv1"] == pytest.approx(truth["pv1_voltage"], rel=1e-6)
    assert data["ppv1"] == truth["pv1_power"]


async def test_marker_of_the_inverter(ask: Asker) -> None:
    """Test that a working inverter reports a reactive power it does not measure."""
    ask.token = ask.cloud.accounts[1].token
    path = "device/inverter/last_new_data"
    answer = await ask("GET", path, {"device_sn": DUO_INVERTER})
    assert answer["data"]["rac"] == 6553.5


async def test_content_types(ask: Asker) -> None:
    """Test that content types differ between endpoints and stay for one."""
    seen = {}
    for path in ("plant/data", "plant/details", "device/list", "plant/list") * 2:
        async with ask.session.get(f"{ask.url}/v1/{path}") as response:
            seen.setdefault(path, set()).add(response.content_type)
    assert all(len(types) == 1 for types in seen.values())
    assert len(set.union(*seen.values())) > 1
