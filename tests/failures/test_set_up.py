"""Accounts that cannot be set up for a long time, or only in part."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from simulator import SimulatedCloud
from tests.conftest import Pass, StateOf, asked

ROUND = timedelta(minutes=5, seconds=6)
HALF_HOUR = timedelta(minutes=31)


@pytest.mark.parametrize("home", ["empty"])
async def test_no_plants(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    time_passes: Pass,
) -> None:
    """Test that an account without plants says so, and loads once it has one."""
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert "doesn't list any plants" in entry.reason

    cloud.accounts[0].plants.extend(cloud.add_home("villa").plants)
    for _ in range(6):
        await time_passes(HALF_HOUR)
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("home", ["empty"])
async def test_no_plants_for_a_day(
    cloud: SimulatedCloud, loaded: MockConfigEntry, time_passes: Pass
) -> None:
    """Test that an account without plants does not use up the calls of the day."""
    for _ in range(150):
        await time_passes(timedelta(minutes=10, seconds=1))
    assert loaded.state is ConfigEntryState.SETUP_RETRY
    assert "doesn't list any plants" in loaded.reason
    assert {request.code for request in cloud.requests} == {0}


async def test_no_network_for_a_day(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    time_passes: Pass,
) -> None:
    """Test that attempts that never reached Growatt are not held against it."""
    cloud.faults.add("close")
    await hass.config_entries.async_setup(entry.entry_id)
    for _ in range(40):
        await time_passes(timedelta(minutes=10, seconds=1))
    assert "Can't connect" in entry.reason
    cloud.faults.clear()
    await time_passes(timedelta(minutes=10, seconds=1))
    assert entry.state is ConfigEntryState.LOADED


async def test_v4_not_permitted(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a token that may not use V4 costs no value, and V4 is left alone."""
    cloud.v4_allowed = False
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    truth = cloud.truth()
    for device in cloud.devices:
        state = state_of(device.serial, "ac_power")
        assert float(state.state) == truth[device.serial]["ac_power"]

    cloud.requests.clear()
    await time_passes(ROUND)
    assert sorted(asked(cloud)) == [
        "device/inverter/invs_data",
        "device/tlx/tlxs_data",
        "plant/data",
        "plant/data",
    ]
