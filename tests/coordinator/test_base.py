"""Coordinators: reloads, clocks, and late responses."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_OFF, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf, asked

ROUND = timedelta(minutes=5, seconds=6)


async def test_reloads_do_not_use_up_the_lists_of_the_day(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    time_passes: Pass,
) -> None:
    """Test that the plants are listed every three hours, however often one reloads."""
    for _ in range(30):
        await time_passes(timedelta(minutes=6))
        await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert loaded.state is ConfigEntryState.LOADED
    assert asked(cloud).count("plant/list") <= 2
    assert {request.code for request in cloud.requests} <= {0}


async def test_clock_of_the_plant(
    cloud: SimulatedCloud, loaded: MockConfigEntry, state_of: StateOf
) -> None:
    """Test that the last update is a true instant, whatever the plant's zone."""
    serial = cloud.devices[0].serial
    truth = cloud.truth()[serial]["last_update"]
    assert state_of(serial, "last_update").state == truth.isoformat()


async def test_reload_while_a_question_is_on_its_way(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    state_of: StateOf,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Test that an answer that nobody waited for serves the one who asks next."""
    freezer.tick(ROUND)
    async_fire_time_changed(hass)
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert {request.code for request in cloud.requests} == {0}
    truth = cloud.truth()[cloud.devices[0].serial]
    assert (
        float(state_of(cloud.devices[0].serial, "ac_power").state)
        == (truth["ac_power"])
    )


async def test_data_logger_falls_silent_while_readings_fail(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that an old reading does not keep a data logger online."""
    device = cloud.devices[0]
    cloud.freeze(device.serial)
    cloud.faults.add("code", code=10001, path="new-api/queryLastData")
    cloud.faults.add("code", code=10001, path="device/tlx")
    for _ in range(3):
        await time_passes(timedelta(hours=1, seconds=1))
    state = state_of(device.logger.serial, "online", "binary_sensor")
    assert state.state == STATE_OFF
    assert state_of(device.serial, "ac_power").state == STATE_UNAVAILABLE
