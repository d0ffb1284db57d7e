"""Trouble while running: what entities show, what is asked, and that it heals."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_OFF, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from simulator import SimulatedCloud

from .conftest import Pass, StateOf, asked
from .trouble import TROUBLE, logged, reauth_flows

ROUND = timedelta(minutes=5, seconds=6)
HALF_HOUR = timedelta(minutes=31)


@pytest.mark.parametrize(("kind", "options"), TROUBLE)
async def test_trouble_while_running(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    state_of: StateOf,
    time_passes: Pass,
    caplog: pytest.LogCaptureFixture,
    kind: str,
    options: dict[str, Any],
) -> None:
    """Test that values stay for half an hour, then go, and come back by themselves."""
    serial = cloud.devices[0].serial
    await time_passes(ROUND)
    before = state_of(serial, "ac_power").state
    caplog.clear()

    cloud.faults.add(kind, **options)
    for _ in range(3):
        await time_passes(ROUND)
    assert state_of(serial, "ac_power").state == before
    assert logged(caplog, "growatt_openapi") == []
    for _ in range(6):
        await time_passes(HALF_HOUR)
    assert state_of(serial, "ac_power").state == STATE_UNAVAILABLE
    assert logged(caplog, "growatt_openapi min data") == ["ERROR"]

    cloud.faults.clear()
    for _ in range(4):
        await time_passes(HALF_HOUR)
    assert float(state_of(serial, "ac_power").state) >= 0
    assert logged(caplog, "growatt_openapi min data") == ["ERROR", "INFO"]
    assert reauth_flows(hass) == []


@pytest.mark.usefixtures("loaded")
async def test_failures_are_followed_by_growing_pauses(
    cloud: SimulatedCloud, time_passes: Pass
) -> None:
    """Test that a server in trouble is asked less and less often."""
    cloud.faults.add("http", status=502, path="plant/data")
    cloud.requests.clear()
    for _ in range(24):
        await time_passes(ROUND)
    assert 4 <= asked(cloud).count("plant/data") <= 7


@pytest.mark.usefixtures("loaded")
async def test_token_replaced_while_running(
    hass: HomeAssistant, cloud: SimulatedCloud, time_passes: Pass
) -> None:
    """Test that a token that was replaced is noticed within minutes, not hours."""
    cloud.accounts[0].renew_token()
    for _ in range(4):
        await time_passes(ROUND)
    assert len(reauth_flows(hass)) == 1


@pytest.mark.parametrize("home", ["duo"])
@pytest.mark.usefixtures("loaded")
async def test_one_device_refused(
    hass: HomeAssistant, cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that a device Growatt refuses goes alone, and comes back when granted."""
    refused, *others = cloud.devices[1:]
    refused.v4_refused = True
    cloud.faults.add("code", code=10011, path="device/tlx", serial=refused.serial)
    for _ in range(3):
        await time_passes(ROUND)
    assert state_of(refused.serial, "ac_power").state == STATE_UNAVAILABLE
    assert {float(state_of(one.serial, "ac_power").state) > 0 for one in others} == {
        True
    }
    assert reauth_flows(hass) == []

    refused.v4_refused = False
    cloud.faults.clear()
    for _ in range(14):
        await time_passes(ROUND)
    assert float(state_of(refused.serial, "ac_power").state) > 0


@pytest.mark.parametrize("home", ["duo"])
@pytest.mark.usefixtures("loaded")
async def test_one_plant_in_trouble(
    hass: HomeAssistant, cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that a plant Growatt refuses goes alone; one in trouble stays a while."""
    one, other = (str(plant.plant_id) for plant in cloud.plants)
    cloud.faults.add("http", status=500, path="plant/data", serial=one, times=1)
    await time_passes(ROUND)
    assert float(state_of(one, "power").state) > 0

    cloud.faults.add("code", code=10002, path="plant/data", serial=one)
    await time_passes(ROUND)
    assert state_of(one, "power").state == STATE_UNAVAILABLE
    assert float(state_of(other, "power").state) > 0

    cloud.faults.clear()
    await time_passes(ROUND)
    assert float(state_of(one, "power").state) > 0
    assert reauth_flows(hass) == []


@pytest.mark.usefixtures("loaded")
async def test_one_missing_reading(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that a device left out of one answer keeps its values."""
    serial = cloud.devices[0].serial
    cloud.faults.add("missing", serial=serial)
    cloud.faults.add("no_data", path="device/tlx/tlx_last_data")
    for _ in range(3):
        await time_passes(ROUND)
    assert float(state_of(serial, "ac_power").state) > 0

    for _ in range(6):
        await time_passes(ROUND)
    assert state_of(serial, "ac_power").state == STATE_UNAVAILABLE

    cloud.faults.clear()
    await time_passes(ROUND)
    assert float(state_of(serial, "ac_power").state) > 0


async def test_plant_refused_in_the_inventory(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that refused lists take nothing away."""
    serial = cloud.devices[0].serial
    cloud.faults.add("code", code=10011, path="device/list")
    cloud.faults.add("code", code=10011, path="device/datalogger/list")
    for _ in range(5):
        await time_passes(timedelta(hours=1, seconds=1))
    assert serial in loaded.runtime_data.inventory.data.devices
    assert float(state_of(serial, "energy_total").state) > 0
    assert reauth_flows(hass) == []


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
