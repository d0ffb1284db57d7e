"""Devices and plants that come, go, are forgotten for a moment, or are left out."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud

from ..conftest import DeleteDevice, Pass, StateOf, device_of

ROUND = timedelta(minutes=5, seconds=6)
HOUR = timedelta(hours=1, seconds=1)


async def test_new_device(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a device added at Growatt appears without a restart."""
    device = cloud.add_min(cloud.plants[0])
    await time_passes(HOUR)
    await time_passes(timedelta(seconds=11))
    state = state_of(device.serial, "ac_power")
    assert float(state.state) > 0
    # The alias is known before the entity ids are made.
    assert state.entity_id == "sensor.villa_sunshine_3_ac_power"
    assert state_of(device.logger.serial, "online", "binary_sensor")


async def test_missing_device(
    delete_device: DeleteDevice,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a device goes after three absences, may be deleted, and may return."""
    plant = cloud.plants[0]
    other = cloud.add_min(plant)
    await time_passes(HOUR)
    gone = cloud.devices[0]
    device = device_of(device_registry, loaded, gone.serial)
    assert not await delete_device(device)

    plant.remove(gone.serial)
    for _ in range(2):
        await time_passes(HOUR)
    assert gone.serial in loaded.runtime_data.inventory.data.devices
    for _ in range(2):
        await time_passes(HOUR)
    assert state_of(gone.serial, "ac_power").state == STATE_UNAVAILABLE
    assert state_of(other.serial, "ac_power").state != STATE_UNAVAILABLE

    device = device_of(device_registry, loaded, gone.serial)
    assert await delete_device(device)
    assert state_of(gone.serial, "ac_power") is None

    plant.devices.append(gone)
    for _ in range(2):
        await time_passes(HOUR)
    assert state_of(gone.serial, "energy_total")


@pytest.mark.parametrize("home", ["duo"])
async def test_plant_left_out(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that a plant that is left out is not asked for."""
    left_out, taken = cloud.plants
    hass.config_entries.async_update_entry(
        entry, options={"excluded_plants": [str(left_out.plant_id)]}
    )
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert device_of(device_registry, entry, taken.plant_id)
    assert not device_of(device_registry, entry, left_out.plant_id)
    assert str(left_out.plant_id) not in {
        request.params.get("plant_id") for request in cloud.requests
    }


@pytest.mark.parametrize("home", ["duo"])
async def test_plant_left_out_later(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that a plant that is left out takes its loggers and devices with it."""
    left_out, taken = cloud.plants
    device = cloud.devices[0]
    hass.config_entries.async_update_entry(
        loaded, options={"excluded_plants": [str(left_out.plant_id)]}
    )
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    for thing in (left_out.plant_id, device.logger.serial, device.serial):
        assert not device_of(device_registry, loaded, thing)
    assert device_of(device_registry, loaded, taken.plant_id)

    hass.config_entries.async_update_entry(loaded, options={"excluded_plants": []})
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert device_of(device_registry, loaded, device.serial)


@pytest.mark.parametrize("home", ["duo"])
async def test_list_fails_in_summer(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    time_passes: Pass,
) -> None:
    """Test that a time on the list of an hour ago does not turn the clock back."""
    plant = cloud.plants[0]
    plant.summer_time = True
    serial = plant.devices[0].serial
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    cloud.faults.add("count_mismatch", path="device/list", serial=str(plant.plant_id))
    cloud.faults.add("missing", path="new-api/queryLastData", serial=serial)
    await time_passes(HOUR)
    await time_passes(ROUND)
    clock = entry.runtime_data.plants.clock(str(plant.plant_id))
    assert clock.offset == timedelta(hours=plant.zone + 1)
