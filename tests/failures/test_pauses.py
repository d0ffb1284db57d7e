"""How long values stay while Growatt fails, and how seldom it is asked then."""

from datetime import timedelta

import pytest

from homeassistant.const import STATE_UNAVAILABLE
from simulator import SimulatedCloud
from tests.conftest import Pass, StateOf, asked

ROUND = timedelta(minutes=5, seconds=6)


@pytest.mark.usefixtures("loaded")
async def test_failures_are_followed_by_growing_pauses(
    cloud: SimulatedCloud, time_passes: Pass
) -> None:
    """Test that a server in trouble is asked less and less often."""
    cloud.faults.add("http", status=502, path="plant/data")
    cloud.requests.clear()
    for _ in range(24):
        await time_passes(ROUND)
    assert 4 <= asked(cloud).count("plant/data") / len(cloud.plants) <= 7


@pytest.mark.usefixtures("loaded")
async def test_values_stay_for_half_an_hour(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that values stay for the stated time and not longer."""
    serial = cloud.devices[0].serial
    cloud.faults.add("code", code=10012)
    await time_passes(ROUND)
    began = cloud.clock.now()
    while state_of(serial, "ac_power").state != STATE_UNAVAILABLE:
        await time_passes(timedelta(seconds=30))
    lasted = cloud.clock.now() - began
    assert timedelta(minutes=29) < lasted < timedelta(minutes=32)
