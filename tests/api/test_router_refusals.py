"""Devices that are refused, foreign or silent, and how seldom they are asked for."""

import pytest

from custom_components.growatt_openapi.api import Family, GrowattClient
from simulator import SimulatedCloud
from simulator.houses.recipes import add_wit

from .conftest import Pass
from .ways import DAY, HOUR, MIN_BATCH, MIN_SINGLE, ROUND, A, B, C, Round, close_v4


@pytest.fixture
def home() -> str:
    """Return the house with three MIN."""
    return "duo"


async def test_foreign_serial_among_ours(
    cloud: SimulatedCloud, a_round: Round, time_passes: Pass
) -> None:
    """Test that a serial that spoils a batch leaves the others on the batch."""
    close_v4(cloud)
    cloud.faults.add("code", path="device/tlx", serial=C, code=10011)
    latest, asked = await a_round()
    assert asked == ["v4 3 5 6", "batch 3 5 6", "single 3", "single 5", "single 6"]
    assert latest.items.keys() == {A, B}
    assert latest.errors.keys() == {C}

    await a_round()
    latest, asked = await a_round()
    assert asked == ["batch 3 5"]
    assert latest.items.keys() == {A, B}
    assert latest.errors.keys() == {C}

    time_passes(HOUR)
    latest, asked = await a_round()
    assert asked[-3:] == ["single 3", "single 5", "single 6"]
    assert latest.items.keys() == {A, B}
    assert (await a_round())[1] == ["batch 3 5"]


async def test_refused_everywhere_and_granted_later(
    cloud: SimulatedCloud, a_round: Round, time_passes: Pass
) -> None:
    """Test that a device that is refused everywhere rests for an hour, then returns."""
    cloud.faults.add("missing", path="new-api", serial=B)
    cloud.faults.add("code", path="device/tlx", serial=B, code=10011)
    latest, asked = await a_round()
    assert asked == ["v4 3 5 6", "batch 5", "single 5"]
    refusal = latest.errors[B]
    assert refusal.code == 10011

    latest, asked = await a_round()
    assert asked == ["v4 3 6"]
    assert latest.items.keys() == {A, C}
    assert latest.errors == {B: refusal}

    cloud.faults.clear()
    time_passes(HOUR)
    latest, asked = await a_round()
    assert asked == ["v4 3 5 6"]
    assert latest.items.keys() == {A, B, C}
    assert latest.errors == {}


async def test_refused_device_that_is_gone(
    cloud: SimulatedCloud, client: GrowattClient, a_round: Round, time_passes: Pass
) -> None:
    """Test that nothing is told about a device that was not asked for."""
    cloud.faults.add("missing", path="new-api", serial=B)
    cloud.faults.add("code", path="device/tlx", serial=B, code=10011)
    assert (await a_round())[0].errors.keys() == {B}
    time_passes(ROUND)
    latest = await client.readings(Family.MIN, [A, C])
    assert latest.errors == {}


@pytest.mark.parametrize("home", ["wit"])
@pytest.mark.parametrize(("kind", "options"), [("code", {"code": 12}), ("http", {})])
async def test_one_of_those_that_only_v4_knows(
    cloud: SimulatedCloud,
    client: GrowattClient,
    time_passes: Pass,
    kind: str,
    options: dict[str, int],
) -> None:
    """Test that one bad device of three goes alone where there is no way but V4."""
    plant = cloud.plants[0]
    for _ in range(2):
        add_wit(cloud.builder_of(plant), plant)
    one, bad, other = (device.serial for device in cloud.devices)
    cloud.faults.add(kind, path="new-api", serial=bad, **options)
    for _ in range(2):
        latest = await client.readings(Family.WIT, [one, bad, other])
        assert latest.items.keys() == {one, other}
        assert latest.errors.keys() == {bad}
        time_passes(ROUND)

    cloud.faults.clear()
    time_passes(HOUR)
    latest = await client.readings(Family.WIT, [one, bad, other])
    assert latest.items.keys() == {one, bad, other}


async def test_silent_device(
    cloud: SimulatedCloud, a_round: Round, time_passes: Pass
) -> None:
    """Test that a device that never reported is not searched on all ways each time."""
    for path in ("new-api", MIN_BATCH):
        cloud.faults.add("missing", path=path, serial=C)
    cloud.faults.add("no_data", path=MIN_SINGLE)
    latest, asked = await a_round()
    assert asked == ["v4 3 5 6", "batch 6", "single 6"]
    assert latest.items.keys() == {A, B}
    assert latest.errors == {}

    for _ in range(2):
        latest, asked = await a_round()
        assert asked == ["v4 3 5 6"]
        assert latest.errors == {}

    time_passes(HOUR)
    assert (await a_round())[1] == ["v4 3 5 6", "batch 6", "single 6"]
    cloud.faults.clear()
    latest, asked = await a_round()
    assert asked == ["v4 3 5 6"]
    assert latest.items.keys() == {A, B, C}

    cloud.faults.add("html", path="new-api", times=1)
    assert (await a_round())[1] == ["v4 3 5 6", "batch 3 5 6"]


async def test_silent_device_without_v4(
    cloud: SimulatedCloud, a_round: Round, time_passes: Pass
) -> None:
    """Test that a device that never reported is not taken for a refused one."""
    close_v4(cloud)
    cloud.faults.add("missing", path=MIN_BATCH, serial=C)
    cloud.faults.add("no_data", path=MIN_SINGLE)
    latest, asked = await a_round()
    assert asked == ["v4 3 5 6", "batch 3 5 6", "single 6"]
    assert latest.items.keys() == {A, B}
    assert latest.errors == {}

    latest, asked = await a_round()
    assert asked == ["batch 3 5 6"]
    assert latest.errors == {}

    time_passes(HOUR)
    assert (await a_round())[1] == ["batch 3 5 6", "single 6"]
    cloud.faults.clear()
    assert (await a_round())[0].items.keys() == {A, B, C}


async def test_clock_that_was_wrong(
    cloud: SimulatedCloud, a_round: Round, time_passes: Pass
) -> None:
    """Test that what was learned by a clock years ahead is not believed for years."""
    time_passes(2000 * DAY)
    cloud.faults.add("missing", path="new-api", serial=B)
    cloud.faults.add("code", path="device/tlx", serial=B, code=10011)
    assert (await a_round())[0].errors.keys() == {B}

    cloud.faults.clear()
    time_passes(-1999 * DAY)
    cloud.limits_enabled = False
    latest, asked = await a_round()
    assert asked == ["v4 3 5 6"]
    assert latest.items.keys() == {A, B, C}


async def test_way_learned_by_a_wrong_clock(
    cloud: SimulatedCloud, a_round: Round, time_passes: Pass
) -> None:
    """Test that V4 is tried again after the clock that saw it refused was put back."""
    close_v4(cloud)
    time_passes(2000 * DAY)
    await a_round()

    cloud.v4_allowed = True
    time_passes(-1999 * DAY)
    assert (await a_round())[1] == ["v4 3 5 6"]
