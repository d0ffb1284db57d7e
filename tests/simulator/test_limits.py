"""Rate limits of identical requests."""

import pytest

from .conftest import Asker, sample
from .test_access import BATCH, VILLA


async def test_five_minutes(ask: Asker) -> None:
    """Test that an identical request is refused for five minutes, others are not."""
    wanted = {"plant_id": VILLA}
    assert (await ask("GET", "plant/data", wanted))["error_code"] == 0
    await ask.later(299)
    answer = await ask("GET", "plant/data", wanted)
    assert answer == sample("error_10012_frequency")
    assert (await ask("GET", "plant/details", wanted))["error_code"] == 0
    other = wanted | {"page": 1}
    assert (await ask("GET", "plant/data", other))["error_code"] == 0
    await ask.later(1)
    assert (await ask("GET", "plant/data", wanted))["error_code"] == 0


@pytest.mark.parametrize(
    ("path", "params", "pause", "code"),
    [
        ("new-api/queryDeviceList", {"page": 1}, 5, 100),
        ("new-api/queryDeviceInfo", BATCH, 300, 102),
        ("new-api/queryLastData", BATCH, 300, 102),
    ],
)
async def test_limits_of_v4(
    ask: Asker, path: str, params: dict[str, object], pause: int, code: int
) -> None:
    """Test the limits of V4."""
    assert (await ask("POST", path, params))["code"] == 0
    await ask.later(pause - 1)
    assert (await ask("POST", path, params))["code"] == code
    await ask.later(1)
    assert (await ask("POST", path, params))["code"] == 0


async def test_storage_may_be_asked_each_minute(ask: Asker) -> None:
    """Test that readings of balcony storage, and they alone, are free sooner."""
    ask.token = ask.cloud.add_home("balcony").token
    noah, neo = (device.serial for device in ask.cloud.accounts[-1].plants[0].devices)
    for seconds, found in ((0, (0, 0)), (59, (102, 102)), (1, (0, 102))):
        await ask.later(seconds)
        codes = [
            (await ask("POST", "new-api/queryLastData", wanted))["code"]
            for wanted in (
                {"deviceSn": noah, "deviceType": "noah"},
                {"deviceSn": neo, "deviceType": "min"},
            )
        ]
        assert tuple(codes) == found


@pytest.mark.parametrize(
    ("home", "verb", "path", "key", "kind"),
    [
        ("offgrid", "GET", "storage/storage_data_info", "device_sn", "storage"),
        ("offgrid", "POST", "storage/storage_last_data", "storage_sn", "storage"),
        ("hybrid", "POST", "mix/mix_last_data", "mix_sn", "sph"),
        ("hybrid", "POST", "mix/mixs_data", "mixs", "sph"),
        ("retrofit", "POST", "spa/spa_last_data", "spa_sn", "spa"),
        ("retrofit", "POST", "spa/spas_data", "spas", "spa"),
        ("weather", "GET", "boost/boost_data_info", "device_sn", "groboost"),
        ("weather", "POST", "boost/boost_last_data", "boost_sn", "groboost"),
        ("weather", "POST", "boost/boosts_data", "boosts", "groboost"),
        ("atess", "GET", "hps/hps_data_info", "device_sn", "hps"),
        ("atess", "POST", "hps/hps_last_data", "hps_sn", "hps"),
        ("atess", "GET", "pbd/pbd_data_info", "device_sn", "pbd"),
    ],
)
async def test_ten_seconds(
    ask: Asker, home: str, verb: str, path: str, key: str, kind: str
) -> None:
    """Test that V1 answers some questions again after ten seconds."""
    account = ask.cloud.add_home(home)
    ask.token = account.token
    serial = next(
        device.serial for device in account.plants[0].devices if device.kind == kind
    )
    wanted = {key: serial, "pageNum": 1}
    for seconds, found in ((0, 0), (9, 10012), (1, 0)):
        await ask.later(seconds)
        assert (await ask(verb, f"device/{path}", wanted))["error_code"] == found


async def test_ten_a_day(ask: Asker) -> None:
    """Test that plants are listed ten times in a rolling day, for each token."""
    for page in range(1, 11):
        assert (await ask("GET", "plant/list", {"page": page}))["error_code"] == 0
        await ask.later(301)
    assert (await ask("GET", "plant/list"))["error_code"] == 10012
    await ask.later(86_400 - 10 * 301)
    assert (await ask("GET", "plant/list"))["error_code"] == 0
    assert (await ask("GET", "plant/list", {"page": 99}))["error_code"] == 10012
    ask.token = ask.cloud.accounts[1].token
    assert (await ask("GET", "plant/list"))["error_code"] == 0


async def test_no_limits(ask: Asker) -> None:
    """Test that the limits can be switched off."""
    ask.cloud.limits_enabled = False
    for _ in range(12):
        assert (await ask("GET", "plant/list"))["error_code"] == 0
