"""The batteries of a device as devices of their own, from the first day to the last."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.growatt_openapi.const import CONF_EXCLUDED_PLANTS, DOMAIN
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator import SimulatedCloud
from simulator.model import Plant

from ..conftest import DeleteDevice, Pass, StateOf, device_of

ROUND = timedelta(minutes=5, seconds=6)
HOUR = timedelta(hours=1, seconds=1)


@pytest.fixture
def two_batteries(cloud: SimulatedCloud) -> None:
    """Fit a second battery."""
    cloud.devices[0].batteries = 2


def part_of(
    registry: dr.DeviceRegistry, entry: MockConfigEntry, thing: str, number: int
) -> dr.ChildDeviceEntry | None:
    """Return the device of a battery."""
    identifier = (DOMAIN, f"{thing}_battery_{number}")
    return registry.async_get_child_device_by_identifier(identifier, entry.entry_id)


async def leave_out(
    hass: HomeAssistant, entry: MockConfigEntry, *plants: Plant
) -> None:
    """Choose which plants are left out, as the options do."""
    left_out = [str(plant.plant_id) for plant in plants]
    hass.config_entries.async_update_entry(
        entry, options={CONF_EXCLUDED_PLANTS: left_out}
    )
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.mark.usefixtures("two_batteries", "loaded")
async def test_batteries_hang_on_their_device(
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    """Test the names of two batteries, and that each has its own entities."""
    serial = cloud.devices[0].serial
    parent = device_of(device_registry, entry, serial)
    for number in (1, 2):
        part = part_of(device_registry, entry, serial, number)
        assert part.parent_device_id == parent.id
        assert part.name == f"Battery {number}"
        entities = er.async_entries_for_device(
            entity_registry, part.id, include_disabled_entities=True
        )
        assert {one.unique_id.split("_")[1] for one in entities} == {f"battery{number}"}
        (shown,) = [one for one in entities if not one.disabled]
        assert shown.unique_id == f"{serial}_battery{number}_soc"
        assert shown.original_name == "State of charge"
        state = hass.states.get(shown.entity_id)
        assert state.name == f"Battery {number} State of charge"
        where = f"villa_sunshine_1_battery_{number}"
        assert state.entity_id == f"sensor.{where}_state_of_charge"


@pytest.mark.usefixtures("everything_enabled", "two_batteries")
async def test_values_of_two_batteries(
    cloud: SimulatedCloud, loaded: MockConfigEntry, state_of: StateOf
) -> None:
    """Test that the batteries have values of their own, which add up."""
    serial = cloud.devices[0].serial
    truth = cloud.truth()[serial]
    shown = {
        key: float(state_of(serial, key).state)
        for key in truth
        if key.startswith(("battery1_", "battery2_"))
    }
    assert len(shown) == 14
    assert shown == {key: truth[key] for key in shown}
    for way in ("charge", "discharge"):
        whole = float(state_of(serial, f"battery_{way}_power").state)
        each = [shown[f"battery{number}_{way}_power"] for number in (1, 2)]
        assert whole == pytest.approx(sum(each))


@pytest.mark.parametrize(
    ("home", "batteries"), [("villa", {1}), ("duo", set()), ("hybrid", set())]
)
async def test_only_the_batteries_that_are_there(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    batteries: set[int],
) -> None:
    """Test that no battery is made up."""
    found = {
        number
        for device in cloud.devices
        for number in (1, 2)
        if part_of(device_registry, loaded, device.serial, number)
    }
    assert found == batteries


async def test_second_battery_later(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a battery that is added appears without a restart."""
    device = cloud.devices[0]
    device.batteries = 2
    await time_passes(ROUND)
    assert part_of(device_registry, loaded, device.serial, 2)
    assert state_of(device.serial, "battery2_soc").state not in {"unknown", "0"}


@pytest.mark.usefixtures("two_batteries")
async def test_reload(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
) -> None:
    """Test that batteries stay the same devices, with the names people gave them."""
    serial = cloud.devices[0].serial
    before = part_of(device_registry, loaded, serial, 2)
    device_registry.async_update_child_device(before.id, name_by_user="Cellar")
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    after = part_of(device_registry, loaded, serial, 2)
    assert (after.id, after.name_by_user) == (before.id, "Cellar")
    assert state_of(serial, "battery2_soc").state != STATE_UNAVAILABLE


async def test_entities_of_before_move(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    """Test that entities that were on the main device move, and keep their ids."""
    serial = cloud.devices[0].serial
    parent = device_registry.async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(DOMAIN, serial)}
    )
    old = entity_registry.async_get_or_create(
        "sensor",
        DOMAIN,
        f"{serial}_battery1_soc",
        suggested_object_id="my_battery",
        config_entry=entry,
        device_id=parent.id,
    )
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    new = entity_registry.async_get(old.entity_id)
    assert new.entity_id == "sensor.my_battery"
    assert new.device_id == part_of(device_registry, entry, serial, 1).id
    assert hass.states.get("sensor.my_battery")


@pytest.mark.usefixtures("two_batteries")
async def test_deleting_a_battery(
    delete_device: DeleteDevice,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a battery may go once it is not reported, and comes back if it is."""
    device = cloud.devices[0]
    part = part_of(device_registry, loaded, device.serial, 2)
    assert not await delete_device(part)

    device.batteries = 1
    await time_passes(ROUND)
    assert not await delete_device(part_of(device_registry, loaded, device.serial, 1))
    assert await delete_device(part)
    assert state_of(device.serial, "battery2_soc") is None
    assert state_of(device.serial, "battery1_soc")

    device.batteries = 2
    await time_passes(ROUND)
    assert part_of(device_registry, loaded, device.serial, 2)
    assert state_of(device.serial, "battery2_soc")


async def test_deleting_while_unloaded(
    hass: HomeAssistant,
    delete_device: DeleteDevice,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that nothing may go while no one knows what is there."""
    serial = cloud.devices[0].serial
    await hass.config_entries.async_unload(loaded.entry_id)
    assert not await delete_device(part_of(device_registry, loaded, serial, 1))
    assert not await delete_device(device_of(device_registry, loaded, serial))


async def test_deleting_a_battery_of_a_device_that_is_gone(
    delete_device: DeleteDevice,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Test that the battery may go before its device, and that both may return."""
    plant, gone = cloud.plants[0], cloud.devices[0]
    cloud.add_min(plant)
    await time_passes(HOUR)
    plant.remove(gone.serial)
    for _ in range(4):
        await time_passes(HOUR)
    assert await delete_device(part_of(device_registry, loaded, gone.serial, 1))
    assert device_of(device_registry, loaded, gone.serial)

    plant.devices.append(gone)
    for _ in range(2):
        await time_passes(HOUR)
    assert state_of(gone.serial, "battery1_soc").state != STATE_UNAVAILABLE
    assert state_of(gone.serial, "battery_soc").state != STATE_UNAVAILABLE
    assert "does not generate unique IDs" not in caplog.text


async def test_deleting_a_device_with_a_battery(
    delete_device: DeleteDevice,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that the battery goes with its device, and returns with it."""
    plant, gone = cloud.plants[0], cloud.devices[0]
    cloud.add_min(plant)
    await time_passes(HOUR)
    plant.remove(gone.serial)
    for _ in range(4):
        await time_passes(HOUR)
    assert await delete_device(device_of(device_registry, loaded, gone.serial))
    assert part_of(device_registry, loaded, gone.serial, 1) is None

    plant.devices.append(gone)
    for _ in range(2):
        await time_passes(HOUR)
    assert part_of(device_registry, loaded, gone.serial, 1)
    assert state_of(gone.serial, "battery1_soc").state != STATE_UNAVAILABLE


@pytest.mark.parametrize("home", ["duo"])
async def test_plant_left_out(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
) -> None:
    """Test that batteries are left out with their plant, and taken again with it."""
    plant = cloud.plants[0]
    serial = cloud.add_min(plant, battery=True).serial
    await leave_out(hass, entry)
    assert part_of(device_registry, entry, serial, 1)

    await leave_out(hass, entry, plant)
    assert part_of(device_registry, entry, serial, 1) is None
    assert state_of(serial, "battery1_soc") is None

    await leave_out(hass, entry)
    assert part_of(device_registry, entry, serial, 1)
    assert state_of(serial, "battery1_soc")


async def test_plant_that_another_entry_takes(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that a battery goes with its plant, and is no plant of its own."""
    serial = cloud.devices[0].serial
    token = cloud.installer_token(cloud.accounts[0], cloud.add_home("duo"))
    other = MockConfigEntry(
        domain=DOMAIN, unique_id="installer", data={**loaded.data, "token": token}
    )
    other.add_to_hass(hass)
    await hass.config_entries.async_setup(other.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert part_of(device_registry, other, serial, 1) is None

    await hass.config_entries.async_set_disabled_by(
        loaded.entry_id, ConfigEntryDisabler.USER
    )
    for _ in range(2):
        await time_passes(HOUR)
    assert part_of(device_registry, other, serial, 1)

    await hass.config_entries.async_set_disabled_by(loaded.entry_id, None)
    for _ in range(3):
        await time_passes(HOUR)
    assert part_of(device_registry, other, serial, 1)
    assert part_of(device_registry, loaded, serial, 1) is None


@pytest.mark.usefixtures("two_batteries")
async def test_diagnostics(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that the diagnostics of a battery are those of its device."""
    serial = cloud.devices[0].serial
    shown = [
        await get_diagnostics_for_device(hass, hass_client, loaded, device)
        for device in (
            device_of(device_registry, loaded, serial),
            part_of(device_registry, loaded, serial, 2),
        )
    ]
    assert shown[0] == shown[1]
    assert shown[1]["growatt_openapi min"]["reading"]["fields"]["bdc2Soc"] > 3
