"""Access to the simulator: tokens, and the codes of rejections."""

import pytest

from simulator import SimulatedCloud, serve

from .conftest import Asker, sample, standing_clock

VILLA_MIN = "SIM7100001"
DUO_INVERTER = "SIM1200001"
VILLA, BARN = 9910101, 9910201

BATCH = {"deviceSn": VILLA_MIN, "deviceType": "min"}


@pytest.mark.parametrize("token", ["", "x" * 32])
async def test_unknown_token(ask: Asker, token: str) -> None:
    """Test that a missing or wrong token is refused in both envelopes."""
    ask.token = token
    assert await ask("GET", "plant/list") == sample("error_10011_permission")
    answer = await ask("POST", "new-api/queryLastData", BATCH)
    assert answer == sample("v4-error-2-token-invalid")


async def test_token_of_another_region(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that a token is only known on the host of its region."""
    async with serve(cloud, region="china") as ask.url:
        assert await ask("GET", "plant/list") == sample("error_10011_permission")
        answer = await ask("POST", "new-api/queryDeviceList", {"page": 1})
        assert answer["code"] == 2


async def test_old_host(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that an old host only says that there is a new one."""
    async with serve(cloud, region="old") as ask.url:
        assert await ask("GET", "plant/list") == sample("error_minus1_domain")
        answer = await ask("POST", "new-api/queryLastData", BATCH)
        assert answer["code"] == -1


async def test_token_without_v4(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that a token can be good for V1 and not for V4."""
    cloud.v4_allowed = False
    answer = await ask("POST", "new-api/queryLastData", BATCH)
    assert answer == sample("v4-error-101-permission-denied")
    assert (await ask("GET", "plant/list"))["error_code"] == 0


async def test_device_refused_in_v4(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that V4 can refuse one device that V1 serves."""
    cloud.devices[0].v4_refused = True
    answer = await ask("POST", "new-api/queryLastData", BATCH)
    assert answer == sample("v4-error-12-no-device-permission")
    listed = await ask("POST", "new-api/queryDeviceList", {"page": 1})
    assert listed["data"]["count"] == 0
    live = await ask("POST", "device/tlx/tlx_last_data", {"tlx_sn": VILLA_MIN})
    assert live["error_code"] == 0


async def test_renewed_token(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that a renewed token replaces the old one, and an added one does not."""
    account = cloud.accounts[0]
    old, added = account.token, account.add_token()
    for token, code in ((old, 0), (added, 0)):
        ask.token = token
        assert (await ask("GET", "plant/list"))["error_code"] == code
    renewed = account.renew_token()
    assert len({old, added, renewed}) == 3
    assert {len(token) for token in (old, added, renewed)} == {32}
    for token, code in ((old, 10011), (added, 10011), (renewed, 0)):
        ask.token = token
        assert (await ask("GET", "plant/list"))["error_code"] == code


async def test_installer_token(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that an installer sees the plants of several owners."""
    ask.token = cloud.installer_token(*cloud.accounts)
    plants = (await ask("GET", "plant/list"))["data"]["plants"]
    assert [plant["plant_id"] for plant in plants] == [VILLA, BARN, BARN + 1]
    assert len({plant["user_id"] for plant in plants}) == 2


def test_no_two_tokens_are_the_same() -> None:
    """Test that a token of several owners is none of a single one."""
    cloud = SimulatedCloud("installer", clock=standing_clock())
    assert cloud.installer_token(*cloud.accounts) != cloud.token


@pytest.mark.parametrize(
    ("verb", "path", "params", "code"),
    [
        ("GET", "plant/details", {}, 10003),
        ("GET", "plant/details", {"plant_id": 1}, 10002),
        ("GET", "plant/details", {"plant_id": BARN}, 10011),
        ("GET", "plant/data", {}, 10003),
        ("GET", "plant/data", {"plant_id": 1}, 10002),
        ("GET", "plant/data", {"plant_id": BARN}, 10011),
        ("GET", "device/list", {}, 10002),
        ("GET", "device/list", {"plant_id": 1}, 10003),
        ("GET", "device/list", {"plant_id": BARN}, 10011),
        ("GET", "device/datalogger/list", {}, 10002),
        ("GET", "device/datalogger/list", {"plant_id": 1}, 10003),
        ("GET", "plant/list", {"perpage": 101}, 10013),
        ("GET", "plant/list", {"page": 251}, 10014),
        ("GET", "plant/list", {"page": "x"}, 10001),
        ("GET", "device/inverter/last_new_data", {}, 10001),
        ("GET", "device/inverter/last_new_data", {"device_sn": "X"}, 10011),
        ("GET", "device/inverter/last_new_data", {"device_sn": VILLA_MIN}, 10011),
        ("GET", "device/inverter/inv_data_info", {"device_sn": DUO_INVERTER}, 10011),
        ("POST", "device/inverter/invs_data", {"inverters": DUO_INVERTER}, 10001),
        (
            "POST",
            "device/inverter/invs_data",
            {"inverters": DUO_INVERTER, "pageNum": 1},
            10011,
        ),
        ("POST", "device/tlx/tlx_last_data", {}, 10003),
        ("POST", "device/tlx/tlx_last_data", {"tlx_sn": "X"}, 10002),
        ("POST", "device/tlx/tlx_last_data", {"tlx_sn": DUO_INVERTER}, 10011),
        ("GET", "device/tlx/tlx_data_info", {"device_sn": "X"}, 10002),
        ("GET", "device/tlx/tlx_set_info", {"device_sn": ""}, 10003),
        ("POST", "device/tlx/tlxs_data", {"pageNum": 1}, 10002),
        ("POST", "device/tlx/tlxs_data", {"tlxs": "X", "pageNum": 1}, 10005),
        (
            "POST",
            "device/tlx/tlxs_data",
            {"tlxs": ",".join(["X"] * 101), "pageNum": 1},
            10001,
        ),
        ("POST", "new-api/queryDeviceList", {}, 10),
        ("POST", "new-api/queryDeviceInfo", {"deviceType": "min"}, 8),
        (
            "POST",
            "new-api/queryLastData",
            {"deviceSn": VILLA_MIN, "deviceType": "tlx"},
            7,
        ),
        (
            "POST",
            "new-api/queryLastData",
            {"deviceSn": DUO_INVERTER, "deviceType": "inv"},
            12,
        ),
        (
            "POST",
            "new-api/queryLastData",
            {"deviceSn": ",".join(["X"] * 101), "deviceType": "min"},
            11,
        ),
    ],
)
async def test_codes(
    ask: Asker, verb: str, path: str, params: dict[str, object], code: int
) -> None:
    """Test that a bad question gets the code of its endpoint, and no data."""
    answer = await ask(verb, path, params)
    assert answer.get("error_code", answer.get("code")) == code
    assert answer["data"] in ("", None)


async def test_foreign_serials_in_batches(ask: Asker) -> None:
    """Test that batches leave out silently what is not permitted."""
    both = f"{DUO_INVERTER},{VILLA_MIN}"
    answer = await ask("POST", "device/tlx/tlxs_data", {"tlxs": both, "pageNum": 1})
    assert list(answer["data"]) == [VILLA_MIN]
    wanted = {"deviceSn": both, "deviceType": "min"}
    answer = await ask("POST", "new-api/queryLastData", wanted)
    assert [row["serialNum"] for row in answer["data"]["min"]] == [VILLA_MIN]
    wanted = {"deviceSn": both, "deviceType": "noah"}
    answer = await ask("POST", "new-api/queryLastData", wanted)
    assert answer["data"] == {"noah": []}


async def test_unknown_serial(ask: Asker) -> None:
    """Test that a serial nobody knows is said to be unknown, without an envelope."""
    answer = await ask("GET", "device/check/sn", {"sn": "NOBODY"})
    assert (answer["result"], answer["inSystem"]) == (0, False)


@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [
        ("POST", "/v1/plant/list", 405),
        ("GET", "/v1/device/tlx/tlx_last_data", 405),
        ("GET", "/v4/new-api/queryLastData", 405),
    ],
)
async def test_verbs(ask: Asker, verb: str, path: str, status: int) -> None:
    """Test that the wrong verb is refused by HTTP."""
    async with ask.session.request(verb, f"{ask.url}{path}") as response:
        assert response.status == status


@pytest.mark.parametrize("path", ["/", "/v1/plant/unknown", "/newTwoPlantAPI.do"])
async def test_unknown_path(ask: Asker, path: str) -> None:
    """Test that an unknown path leads to the login page."""
    async with ask.session.get(f"{ask.url}{path}") as response:
        assert response.status == 200
        assert "have not login" in await response.text()


async def test_both_prefixes(ask: Asker) -> None:
    """Test that V1 endpoints answer below /v4/ too."""
    ask.prefix = "v4"
    assert (await ask("GET", "plant/list"))["data"]["count"] == 1


async def test_where_parameters_may_be(ask: Asker) -> None:
    """Test that POST takes form and query, and that JSON bodies are not read."""
    url = f"{ask.url}/v1/device/tlx/tlx_last_data"
    serial, headers = {"tlx_sn": VILLA_MIN}, {"token": ask.cloud.token}
    codes = []
    for place in ("data", "params", "json"):
        ask.cloud.limits_enabled = False
        options = {place: serial}
        async with ask.session.post(url, headers=headers, **options) as response:
            codes.append((await response.json(content_type=None))["error_code"])
    assert codes == [0, 0, 10003]


async def test_form_with_get(ask: Asker) -> None:
    """Test that plant/list reads a form body although the verb is GET."""
    url, headers = f"{ask.url}/v1/plant/list", {"token": ask.cloud.token}
    body = {"perpage": "101"}
    async with ask.session.get(url, headers=headers, data=body) as response:
        assert (await response.json(content_type=None))["error_code"] == 10013


async def test_paging(ask: Asker) -> None:
    """Test pages of devices and loggers, 20 unless asked for otherwise."""
    cloud = SimulatedCloud("fleet", count=125, clock=standing_clock())
    plant = cloud.plants[0].plant_id
    ask.token = cloud.token
    async with serve(cloud) as ask.url:
        sizes = [
            len((await ask("GET", "device/list", query))["data"]["devices"])
            for query in (
                {"plant_id": plant},
                {"plant_id": plant, "perpage": 100},
                {"plant_id": plant, "perpage": 100, "page": 2},
                {"plant_id": plant, "perpage": 100, "page": 3},
            )
        ]
        assert sizes == [20, 100, 25, 0]
        loggers = await ask("GET", "device/datalogger/list", {"plant_id": plant})
        assert loggers["data"]["count"] == 13
        pages = [
            (await ask("POST", "new-api/queryDeviceList", {"page": page}))["data"]
            for page in (1, 2)
        ]
        assert [len(page["data"]) for page in pages] == [100, 25]
        assert [page["lastPager"] for page in pages] == [False, True]
