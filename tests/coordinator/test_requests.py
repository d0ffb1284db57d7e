"""Number of requests of an account, compared with the rules in docs/limits.md.

`scripts/test tests/coordinator/test_requests.py -q -s 2>/dev/null` prints what
docs/limits.md says.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from math import ceil
from pathlib import Path

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant
from simulator import SimulatedCloud

from ..conftest import Pass, asked

STEP = timedelta(seconds=7)
ROUND = timedelta(minutes=5, seconds=10)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

AT_ONCE = 100
IN_TURN = 10
EVERY_MINUTE = "noah"
# Between two questions about a NOAH there is a bit more than a minute.
MINUTES = ROUND // (9 * STEP)

LAST_DATA = "new-api/queryLastData"
# Where V4 does not take 100 of a kind: the endpoint, and how many devices it takes.
READINGS = {
    "unmapped": (LAST_DATA, 1),
    "pcs": ("device/pcs/pcs_last_data", 1),
    "hps": ("device/hps/hps_last_data", 1),
    "pbd": ("device/pbd/pbd_last_data", 1),
    "groboost": ("device/boost/boosts_data", AT_ONCE),
}
DETAILS = {
    "pcs": "device/pcs/pcs_data_info",
    "hps": "device/hps/hps_data_info",
    "pbd": "device/pbd/pbd_data_info",
    "groboost": "device/boost/boost_data_info",
}
# What hangs on the bus of a data logger has a list there, and is asked one by one.
ON_BUS = {"AMMETER": "device/ammeter/meter", "ENV_DEVICE": "device/env/env"}
# Learned in the background, once for each: what a device is called, and the signal of
# a data logger.
MODEL = "device/check/sn"
SIGNAL = "new-api/getWiFiSignalByDevice"
LEARNED_AT_ONCE = 20

HOMES = [
    ("fleet", 1, "1 MIN"),
    ("fleet", 10, "10 MIN"),
    ("fleet", 120, "120 MIN"),
    ("duo", 1, "2 plants, a classic inverter and 3 MIN"),
    ("hall", 1, "2 MAX"),
    ("hybrid", 1, "an SPH and a smart meter"),
    ("retrofit", 1, "a classic inverter and an SPA"),
    ("offgrid", 1, "an SPF"),
    ("wit", 1, "a WIT"),
    ("balcony", 1, "a NEXA and a NEO"),
    ("weather", 1, "a classic inverter, 2 meters, a weather station, a GroBoost"),
    ("atess", 1, "an HPS, a PCS and a PBD"),
    ("novel", 1, "a device of a new type"),
    ("commercial", 1, "a business: 3 plants, 10 devices of 8 families"),
    ("installer", 1, "an installer: 100 plants, 280 devices of 3 families"),
    ("all", 1, "everything there is, in 10 plants"),
]
HEAD = ("", "Set-up", "Once", "5 minutes", "Minute", "Hour", "3 hours", "Day")
PAGE = Path(__file__).parents[2] / "docs/limits.md"


@pytest.fixture(scope="module")
def measured() -> Iterator[list[str]]:
    """Return the rows of a table that is printed when all are there."""
    rows = [row(*HEAD), row(*["---"] * len(HEAD))]
    yield rows
    print("", *rows, sep="\n")  # noqa: T201 - for docs/limits.md


def row(*cells: str | int) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(map(str, cells))} |"


def counted(cloud: SimulatedCloud) -> tuple[Counter[str], Counter[str]]:
    """Return how often each path was asked, what is learned apart, and forget it."""
    counts = Counter(asked(cloud))
    assert {request.code for request in cloud.requests} <= {0, 200}
    cloud.requests.clear()
    once = {path: counts.pop(path) for path in (MODEL, SIGNAL) if path in counts}
    return counts, Counter(once)


def pages(rows: int) -> int:
    """Return how many requests a list of some rows takes."""
    return max(1, ceil(rows / AT_ONCE))


def kinds(cloud: SimulatedCloud) -> Counter[str]:
    """Return how many devices of each kind there are."""
    return Counter(device.kind for device in cloud.devices)


def through_v4(cloud: SimulatedCloud) -> Counter[str]:
    """Return how many devices there are of each kind that V4 takes 100 of."""
    return Counter(one.kind for one in cloud.devices if one.kind not in READINGS)


def refresh(cloud: SimulatedCloud) -> Counter[str]:
    """Return what has to be asked every five minutes."""
    wanted = Counter({"plant/data": min(len(cloud.plants), IN_TURN)})
    known = through_v4(cloud)
    wanted[LAST_DATA] = sum(
        ceil(count / AT_ONCE) for kind, count in known.items() if kind != EVERY_MINUTE
    )
    for kind, count in (kinds(cloud) - known).items():
        path, size = READINGS[kind]
        wanted[path] += ceil(count / size)
    for plant in cloud.plants:
        wanted.update(f"{ON_BUS[thing.listed_as]}_last_data" for thing in plant.bus)
    return +wanted


def minutely(cloud: SimulatedCloud, times: int) -> Counter[str]:
    """Return what has to be asked for all NOAH in so many minutes."""
    return +Counter({LAST_DATA: times * ceil(kinds(cloud)[EVERY_MINUTE] / AT_ONCE)})


def plant_list(cloud: SimulatedCloud) -> Counter[str]:
    """Return what has to be asked every three hours."""
    return Counter({"plant/list": pages(len(cloud.plants))})


def lists(cloud: SimulatedCloud) -> Counter[str]:
    """Return what has to be asked every hour to know which devices there are."""
    known = sum(device.v4_type is not None for device in cloud.devices)
    wanted = Counter({"new-api/queryDeviceList": pages(known)})
    for plant in cloud.plants:
        listed = sum(len(device.listed_types) for device in plant.devices)
        wanted["device/list"] += pages(listed + len(plant.bus))
        wanted["device/datalogger/list"] += pages(len(plant.loggers))
        buses = {(thing.listed_as, thing.logger.serial) for thing in plant.bus}
        wanted.update(f"{ON_BUS[kind]}_list" for kind, _ in buses)
    return wanted


def details(cloud: SimulatedCloud) -> Counter[str]:
    """Return what has to be asked every day to know what the devices are called."""
    known = through_v4(cloud)
    wanted = Counter(
        {"new-api/queryDeviceInfo": sum(ceil(one / AT_ONCE) for one in known.values())}
    )
    wanted.update({path: kinds(cloud)[kind] for kind, path in DETAILS.items()})
    return +wanted


def learned(cloud: SimulatedCloud) -> Counter[str]:
    """Return what has to be asked once, as far as is asked at once."""
    speakers = {
        device.logger.serial
        for device in cloud.devices
        if device.kind not in READINGS and device.logger.network == "WIFI"
    }
    return +Counter({MODEL: len(cloud.devices), SIGNAL: len(speakers)})


async def step(time_passes: Pass, duration: timedelta) -> None:
    """Let time pass as it does, and not in one leap."""
    for _ in range(duration // STEP):
        await time_passes(STEP)


@pytest.mark.parametrize(("home", "count", "name"), HOMES)
async def test_requests(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    name: str,
    time_passes: Pass,
    measured: list[str],
) -> None:
    """Test that set-up, a refresh, an hour and a day ask what they must, once."""
    now_and_then = lists(cloud) + refresh(cloud) + minutely(cloud, 1)
    seldom = plant_list(cloud) + details(cloud)

    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    set_up, once = counted(cloud)
    assert once == Counter(
        {path: min(one, LEARNED_AT_ONCE) for path, one in learned(cloud).items()}
    )
    # At first the totals of all plants are asked for, which tell the clocks.
    all_plants = Counter({"plant/data": max(0, len(cloud.plants) - IN_TURN)})
    assert set_up == seldom + now_and_then + all_plants

    await step(time_passes, ROUND)
    refreshed, _ = counted(cloud)
    assert refreshed == refresh(cloud) + minutely(cloud, MINUTES)

    await time_passes(HOUR)
    hourly, _ = counted(cloud)
    assert hourly == now_and_then

    await time_passes(DAY)
    daily, _ = counted(cloud)
    assert daily == seldom + now_and_then

    costs = (
        set_up,
        learned(cloud),
        refresh(cloud),
        minutely(cloud, 1),
        lists(cloud),
        plant_list(cloud),
        details(cloud),
    )
    measured.append(row(name, *(one.total() for one in costs)))
    assert measured[-1] in PAGE.read_text("utf-8")


@pytest.mark.parametrize("home", ["duo"])
async def test_a_refresh_without_v4(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    time_passes: Pass,
) -> None:
    """Test that a token that may not use V4 costs no more, once that is known."""
    cloud.v4_allowed = False
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    cloud.requests.clear()
    await step(time_passes, ROUND)
    refreshed, _ = counted(cloud)
    assert refreshed == {
        "plant/data": 2,
        "device/inverter/invs_data": 1,
        "device/tlx/tlxs_data": 1,
    }
