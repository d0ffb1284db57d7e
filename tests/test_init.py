"""Setting up, unloading, and what the account's plants and devices look like."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import CLIENT_ID, MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.auth.models import User
from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from simulator import SimulatedCloud

from .conftest import Pass, StateOf, asked, device_of

ROUND = timedelta(minutes=5, seconds=6)
HOUR = timedelta(hours=1, seconds=1)


type DeleteDevice = Callable[[dr.DeviceEntry], Awaitable[bool]]


@pytest.fixture
def delete_device(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: User,
    loaded: MockConfigEntry,
) -> DeleteDevice:
    """Return a function that presses "delete" on the page of a device."""

    async def delete(device: dr.DeviceEntry) -> bool:
        await async_setup_component(hass, "config", {})
        login = await hass.auth.async_create_refresh_token(hass_admin_user, CLIENT_ID)
        client = await hass_ws_client(hass, hass.auth.async_create_access_token(login))
        answer = await client.remove_device(device.id)
        await client.close()
        await hass.async_block_till_done()
        return bool(answer["success"])

    return delete


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
    assert counted == {
        "plant/list": 1,
        "device/list": plants,
        "device/datalogger/list": plants,
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


async def test_new_device(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a device added at Growatt appears without a restart."""
    device = cloud.plants[0].add_min()
    await time_passes(HOUR)
    await time_passes(timedelta(seconds=11))
    assert float(state_of(device.serial, "ac_power").state) > 0
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
    other = plant.add_min()
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


@pytest.mark.usefixtures("loaded")
async def test_one_empty_list(
    hass: HomeAssistant, cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that an empty list, honest or not, takes nothing away."""
    serial = cloud.devices[0].serial
    cloud.faults.add("count_mismatch", path="device/list", times=1)
    await time_passes(HOUR)
    cloud.faults.add("empty_list", path="device/list", times=3)
    for _ in range(3):
        await time_passes(HOUR)
    assert state_of(serial, "energy_total").state != STATE_UNAVAILABLE


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


async def test_device_of_another_entry(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    url: str,
    loaded: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Test that two entries that see the same devices do not collide."""
    second = cloud.add_home("duo")
    token = cloud.installer_token(cloud.accounts[0], second)
    installer = MockConfigEntry(
        domain=DOMAIN, unique_id="installer", data={**loaded.data, "token": token}
    )
    installer.add_to_hass(hass)
    await hass.config_entries.async_setup(installer.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert installer.state is ConfigEntryState.LOADED
    assert not (
        installer.runtime_data.inventory.data.keys
        & loaded.runtime_data.inventory.data.keys
    )
    assert "does not generate unique IDs" not in caplog.text


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
