"""Pauses during failures: values that are kept, and the back-off of requests."""

from datetime import timedelta

import pytest

from homeassistant.const import STATE_UNAVAILABLE
from simulator import SimulatedCloud
from tests.conftest import Pass, StateOf, asked

from .conftest import Logged

ROUND = timedelta(minutes=5, seconds=6)
HALF_HOUR = timedelta(minutes=31)


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


@pytest.mark.usefixtures("loaded")
async def test_what_still_fails_is_logged_by_itself(
    cloud: SimulatedCloud, logged: Logged, time_passes: Pass
) -> None:
    """Test that the end of one failure does not hide another of the same cause."""
    cloud.faults.add("http", status=502, path="device/list")
    for _ in range(8):
        await time_passes(HALF_HOUR)
    cloud.faults.add("http", status=502, path="plant/data")
    for _ in range(4):
        await time_passes(HALF_HOUR)
    assert logged() == {"inventory": "ERROR"}

    cloud.faults.rules[:] = [
        rule for rule in cloud.faults.rules if rule.path == "plant/data"
    ]
    for _ in range(4):
        await time_passes(HALF_HOUR)
    assert logged() == {"inventory": "ERROR INFO", "plant": "ERROR"}

    cloud.faults.clear()
    for _ in range(2):
        await time_passes(HALF_HOUR)
    assert logged() == {"inventory": "ERROR INFO", "plant": "ERROR INFO"}
