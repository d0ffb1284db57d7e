"""Setting up, unloading, and what the account's plants and devices look like."""

from collections import Counter
from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator import SimulatedCloud

from .conftest import Pass, StateOf, asked, device_of

ROUND = timedelta(minutes=5, seconds=6)
HOUR = timedelta(hours=1, seconds=1)


async def test_set_up_and_unload(
    hass: HomeAssistant, cloud: SimulatedCloud, loaded: MockConfigEntry
) -> None:
    """Test that an account loads, and leaves nothing behind when it is unloaded."""
    assert loaded.state is ConfigEntryState.LOADED

    assert await hass.config_entries.async_unload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert loaded.state is ConfigEntryState.NOT_LOADED
    assert {state.state for state in hass.states.async_all()} == {STATE_UNAVAILABLE}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("home", "count", "plants", "families"),
    [("fleet", 1, 1, 1), ("fleet", 10, 1, 1), ("villa", 1, 1, 1), ("duo", 1, 2, 2)],
)
async def test_requests_of_set_up(
    cloud: SimulatedCloud, plants: int, families: int
) -> None:
    """Test that set-up asks each question once, devices of a family together."""
    counted = Counter(asked(cloud))
    # Once for each device, in the background: what its model is called.
    assert counted.pop("device/check/sn") == len(cloud.devices)
    # Once for each data logger, in the background: the signal of its Wi-Fi.
    assert counted.pop("new-api/getWiFiSignalByDevice") == len(cloud.loggers)
    assert counted == {
        "plant/list": 1,
        "device/list": plants,
        "device/datalogger/list": plants,
        "new-api/queryDeviceList": 1,
        "plant/data": plants,
        "new-api/queryDeviceInfo": families,
        "new-api/queryLastData": families,
    }
    assert {request.code for request in cloud.requests} <= {0, 200, None}


@pytest.mark.parametrize(("home", "count"), [("fleet", 1), ("fleet", 10), ("villa", 1)])
@pytest.mark.usefixtures("loaded")
async def test_requests_of_a_refresh(cloud: SimulatedCloud, time_passes: Pass) -> None:
    """Test that a refresh is one request for the plant and one for all its MIN."""
    cloud.requests.clear()
    await time_passes(ROUND)
    assert sorted(asked(cloud)) == ["new-api/queryLastData", "plant/data"]
    assert {request.code for request in cloud.requests} == {0}


async def test_a_day_without_a_refusal(
    cloud: SimulatedCloud, loaded: MockConfigEntry, time_passes: Pass
) -> None:
    """Test that a day of asking never trips a limit of the cloud."""
    for _ in range(24 * 60 * 60 // 305):
        await time_passes(timedelta(seconds=305, milliseconds=600))
    assert {request.code for request in cloud.requests} == {0}
    assert asked(cloud).count("plant/list") <= 10
    assert len(asked(cloud)) < 800


async def test_reload_within_five_minutes(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    state_of: StateOf,
) -> None:
    """Test that a reload asks nothing the cloud would refuse, and shows everything."""
    cloud.requests.clear()
    assert await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert cloud.requests == []
    truth = cloud.truth()[cloud.devices[0].serial]
    state = state_of(cloud.devices[0].serial, "ac_power")
    assert float(state.state) == truth["ac_power"]


@pytest.mark.parametrize("home", ["duo"])
async def test_devices(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that a device hangs on its logger, and the logger on its plant."""
    plant, device = cloud.plants[0], cloud.devices[0]
    service = device_of(device_registry, loaded, plant.plant_id)
    logger = device_of(device_registry, loaded, device.logger.serial)
    inverter = device_of(device_registry, loaded, device.serial)
    assert (service.entry_type, service.name) == (dr.DeviceEntryType.SERVICE, "Barn")
    assert (logger.model, logger.via_device_id) == ("ShineWiFi-X", service.id)
    assert inverter.via_device_id == logger.id
    assert inverter.manufacturer == "Growatt"
    assert inverter.model == "Growatt 10000TL3-S"
    assert inverter.model_id == "A0B0D0T0PFU1M3S4"
    assert inverter.serial_number == device.serial
    assert inverter.sw_version == "AH1.0"


async def test_names_survive_a_silence_of_the_details(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that name, model and firmware stay while the details cannot be asked."""
    serial = cloud.devices[0].serial
    before = device_of(device_registry, loaded, serial)
    await time_passes(ROUND)
    cloud.faults.add("http", status=502, path="new-api/queryDeviceInfo")
    cloud.requests.clear()
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert "new-api/queryDeviceInfo" in asked(cloud)
    assert "device/check/sn" not in asked(cloud)
    after = device_of(device_registry, loaded, serial)
    assert (after.name, after.model, after.sw_version) == (
        before.name,
        before.model,
        before.sw_version,
    )


async def test_device_without_logger_in_the_list(
    cloud: SimulatedCloud,
    hass: HomeAssistant,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that a device whose logger is not listed hangs on the plant."""
    cloud.faults.add("empty_list", path="device/datalogger/list")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    plant = device_of(device_registry, entry, cloud.plants[0].plant_id)
    inverter = device_of(device_registry, entry, cloud.devices[0].serial)
    assert inverter.via_device_id == plant.id


async def test_entities_return_after_a_restart_at_night(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    time_passes: Pass,
) -> None:
    """Test that an entity whose evidence is gone for the moment is not lost."""
    serial = cloud.devices[0].serial
    ghost = entity_registry.async_get_or_create(
        SENSOR, DOMAIN, f"{serial}_pv3_power", config_entry=loaded
    )
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hass.states.get(ghost.entity_id).state != STATE_UNAVAILABLE


async def test_answer_while_unloading(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that an answer that comes while an account is unloaded registers nothing."""
    serial = cloud.devices[0].serial
    asking = loaded.runtime_data.inventory, loaded.runtime_data.details
    device = device_of(device_registry, loaded, serial)

    @callback
    def answered(_: Event) -> None:
        stop()
        device_registry.async_remove_device(device.id)
        for one in asking:
            one.async_set_updated_data(one.data)

    stop = hass.bus.async_listen(EVENT_STATE_CHANGED, answered)
    await hass.config_entries.async_unload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert device_of(device_registry, loaded, serial) is None


async def test_device_that_is_its_own_logger(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
) -> None:
    """Test that an inverter with a logger inside is one device, below its plant."""
    device = cloud.devices[0]
    device.logger.serial = device.serial
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    plant = device_of(device_registry, entry, cloud.plants[0].plant_id)
    inverter = device_of(device_registry, entry, device.serial)
    assert inverter.via_device_id == plant.id
    assert inverter.model == "MIN 6000TL-XH"
    assert float(state_of(device.serial, "ac_power").state) > 0
