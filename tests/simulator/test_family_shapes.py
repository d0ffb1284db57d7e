"""Every answer about a device has the keys and types of a recorded one, by family."""

import pytest

from .conftest import Asker, batch_shape, sample, shape

FIRST_MAX = "SIM4300001"
FIRST_SPH = "SIM5300001"
FIRST_SPA = "SIM6300003"


@pytest.mark.parametrize(
    ("home", "verb", "path", "key", "serial", "name"),
    [
        (
            *("hall", "GET", "device/max/max_data_info", "device_sn"),
            *(FIRST_MAX, "device_max_max_data_info"),
        ),
        (
            *("hall", "POST", "device/max/max_last_data", "max_sn"),
            *(FIRST_MAX, "device_max_max_last_data"),
        ),
        (
            *("hybrid", "GET", "device/mix/mix_data_info", "device_sn"),
            *(FIRST_SPH, "mix_data_info"),
        ),
        (
            *("hybrid", "POST", "device/mix/mix_last_data", "mix_sn"),
            *(FIRST_SPH, "mix_last_data"),
        ),
        (
            *("retrofit", "GET", "device/spa/spa_data_info", "device_sn"),
            *(FIRST_SPA, "spa_data_info"),
        ),
        (
            *("retrofit", "POST", "device/spa/spa_last_data", "spa_sn"),
            *(FIRST_SPA, "spa_last_data"),
        ),
    ],
)
async def test_v1(
    ask: Asker, home: str, verb: str, path: str, key: str, serial: str, name: str
) -> None:
    """Test that an answer about one device looks like the recorded one."""
    ask.token = ask.cloud.add_home(home).token
    assert shape(await ask(verb, path, {key: serial})) == shape(sample(name))


@pytest.mark.parametrize(
    ("home", "path", "key", "serial", "name"),
    [
        ("hall", "device/max/maxs_data", "maxs", FIRST_MAX, "device_max_maxs_data"),
        ("hybrid", "device/mix/mixs_data", "mixs", FIRST_SPH, "mixs_data"),
        ("retrofit", "device/spa/spas_data", "spas", FIRST_SPA, "spas_data"),
    ],
)
async def test_v1_batch(
    ask: Asker, home: str, path: str, key: str, serial: str, name: str
) -> None:
    """Test that a batch nests its records like the recorded one."""
    ask.token = ask.cloud.add_home(home).token
    answer = await ask("POST", path, {key: f"{serial},{serial}X", "pageNum": 1})
    assert batch_shape(answer) == batch_shape(sample(name))
    assert answer[key] == [serial, f"{serial}X"]


@pytest.mark.parametrize("question", ["queryDeviceInfo", "queryLastData"])
@pytest.mark.parametrize(
    ("home", "kind", "serial"),
    [
        ("hall", "max", FIRST_MAX),
        ("hybrid", "sph", FIRST_SPH),
        ("retrofit", "spa", FIRST_SPA),
    ],
)
async def test_v4(ask: Asker, home: str, kind: str, serial: str, question: str) -> None:
    """Test that a V4 answer about one device looks like the recorded one."""
    ask.token = ask.cloud.add_home(home).token
    wanted = {"deviceSn": serial, "deviceType": kind}
    answer = await ask("POST", f"new-api/{question}", wanted)
    assert shape(answer) == shape(sample(f"v4-{question}-{kind}"))
