"""Every answer about a device has the keys and types of a recorded one, by family."""

import pytest

from .conftest import Asker, batch_shape, sample, shape

FIRST_GROBOOST = "SIMG300003"
FIRST_HPS = "SIM9300001"
FIRST_MAX = "SIM4300001"
FIRST_NOAH = "SIMN300001"
FIRST_SPH = "SIM5300001"
FIRST_PBD = "SIMP300004"
FIRST_PCS = "SIM8300003"
FIRST_SPA = "SIM6300003"
FIRST_STORAGE = "SIM2300001"
FIRST_WIT = "SIMW300001"
FIRST_SPH_S = "SIMS300001"


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
        (
            *("offgrid", "GET", "device/storage/storage_data_info", "device_sn"),
            *(FIRST_STORAGE, "device_storage_storage_data_info_spf"),
        ),
        (
            *("offgrid", "POST", "device/storage/storage_last_data", "storage_sn"),
            *(FIRST_STORAGE, "device_storage_storage_last_data_spf"),
        ),
        (
            *("weather", "GET", "device/boost/boost_data_info", "device_sn"),
            *(FIRST_GROBOOST, "boost_data_info"),
        ),
        (
            *("weather", "POST", "device/boost/boost_last_data", "boost_sn"),
            *(FIRST_GROBOOST, "boost_last_data"),
        ),
        (
            *("atess", "GET", "device/pcs/pcs_data_info", "device_sn"),
            *(FIRST_PCS, "pcs_data_info"),
        ),
        (
            *("atess", "POST", "device/pcs/pcs_last_data", "pcs_sn"),
            *(FIRST_PCS, "pcs_last_data"),
        ),
        (
            *("atess", "GET", "device/hps/hps_data_info", "device_sn"),
            *(FIRST_HPS, "hps_data_info"),
        ),
        (
            *("atess", "POST", "device/hps/hps_last_data", "hps_sn"),
            *(FIRST_HPS, "hps_last_data"),
        ),
        (
            *("atess", "GET", "device/pbd/pbd_data_info", "device_sn"),
            *(FIRST_PBD, "pbd_data_info"),
        ),
        (
            *("atess", "POST", "device/pbd/pbd_last_data", "pbd_sn"),
            *(FIRST_PBD, "pbd_last_data"),
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
        (
            *("weather", "device/boost/boosts_data", "boosts"),
            *(FIRST_GROBOOST, "boosts_data"),
        ),
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
        ("balcony", "noah", FIRST_NOAH),
        ("hybrid", "sph", FIRST_SPH),
        ("offgrid", "storage", FIRST_STORAGE),
        ("retrofit", "spa", FIRST_SPA),
        ("wit", "wit", FIRST_WIT),
        ("sph_s", "sph-s", FIRST_SPH_S),
    ],
)
async def test_v4(ask: Asker, home: str, kind: str, serial: str, question: str) -> None:
    """Test that a V4 answer about one device looks like the recorded one."""
    ask.token = ask.cloud.add_home(home).token
    wanted = {"deviceSn": serial, "deviceType": kind}
    answer = await ask("POST", f"new-api/{question}", wanted)
    assert shape(answer) == shape(sample(f"v4-{question}-{kind}"))


async def test_v4_with_what_the_manual_has(ask: Asker) -> None:
    """Test that storage can also tell no more than the table of the vendor has."""
    ask.token = ask.cloud.add_home("balcony").token
    ask.cloud.find(FIRST_NOAH).documented_only = True
    wanted = {"deviceSn": FIRST_NOAH, "deviceType": "noah"}
    answer = await ask("POST", "new-api/queryLastData", wanted)
    assert shape(answer) == shape(sample("v4-queryLastData-noah-2000"))
