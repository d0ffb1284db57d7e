"""A device of a type that no one has described: there, quiet, and asking for help."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.const import STATE_ON
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf, device_of

HOUR = timedelta(hours=1, seconds=1)
ALWAYS = ("status_code", "last_update", "data_source", "online")
NUMBERS = ("ppv", "pac", "eToday", "gridOffset")

pytestmark = pytest.mark.parametrize("home", ["novel"])


@pytest.fixture
def serial(cloud: SimulatedCloud) -> str:
    """Return the serial of the new device."""
    return cloud.devices[0].serial


def entities_of(
    registry: er.EntityRegistry, entry: MockConfigEntry, serial: str
) -> Iterator[er.RegistryEntry]:
    """Yield the entities of a device."""
    for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
        if entity.unique_id.startswith(f"{serial}_"):
            yield entity


async def test_device_is_there(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    serial: str,
    state_of: StateOf,
) -> None:
    """Test that it has a name, its type, its model and its status."""
    device = device_of(device_registry, loaded, serial)
    assert device is not None
    assert device.name == f"Device {serial} of type 99"
    assert device.model == "HES 8000"
    status = state_of(serial, "status_code")
    assert status is not None
    assert float(status.state) == cloud.truth()[serial]["status_code"]
    online = state_of(serial, "online", "binary_sensor")
    assert online is not None
    assert online.state == STATE_ON


async def test_numbers_are_off_until_wanted(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    serial: str,
    state_of: StateOf,
) -> None:
    """Test that each number can be turned on, under the name Growatt gives it."""
    found = {
        entity.unique_id.removeprefix(f"{serial}_"): entity
        for entity in entities_of(entity_registry, loaded, serial)
    }
    assert set(found) == {*NUMBERS, "calendar", *ALWAYS}
    for name in NUMBERS:
        assert found[name].disabled_by is er.RegistryEntryDisabler.INTEGRATION
        assert found[name].original_name == f"Unnamed value {name}"
        entity_registry.async_update_entity(found[name].entity_id, disabled_by=None)
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    truth = cloud.truth()[serial]
    for name in NUMBERS:
        state = state_of(serial, name)
        assert state is not None
        assert float(state.state) == truth[name]


async def test_asks_for_a_report(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    issue_registry: ir.IssueRegistry,
) -> None:
    """Test that a message asks for diagnostics, as long as the account is loaded."""
    issue_id = f"unmapped_devices_{loaded.entry_id}"
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_key == "unmapped_devices"
    assert issue.translation_placeholders == {"types": "99"}
    await hass.config_entries.async_unload(loaded.entry_id)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None


async def test_report_is_forgotten_with_the_device(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    issue_registry: ir.IssueRegistry,
    serial: str,
    time_passes: Pass,
) -> None:
    """Test that nothing is asked for once there is surely no such device."""
    issue_id = f"unmapped_devices_{loaded.entry_id}"
    cloud.plants[0].remove(serial)
    cloud.add_min(cloud.plants[0])
    for _ in range(2):
        await time_passes(HOUR)
        assert issue_registry.async_get_issue(DOMAIN, issue_id) is not None
    await time_passes(HOUR)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None


async def test_without_v4_the_list_must_do(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    serial: str,
    state_of: StateOf,
) -> None:
    """Test that it has its status even where V4 does not know it."""
    cloud.v4_allowed = False
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    status = state_of(serial, "status_code")
    assert status is not None
    assert float(status.state) == cloud.truth()[serial]["status_code"]
    last_update = state_of(serial, "last_update")
    assert last_update is not None
    assert last_update.state == cloud.truth()[serial]["last_update"].isoformat()
    found = {one.unique_id for one in entities_of(entity_registry, entry, serial)}
    assert found == {f"{serial}_{key}" for key in ALWAYS}


async def test_removed_entry_asks_for_nothing(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    issue_registry: ir.IssueRegistry,
) -> None:
    """Test that the message comes back with a reload, and goes with the entry."""
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(issue_registry.issues) == 1
    await hass.config_entries.async_remove(loaded.entry_id)
    assert not issue_registry.issues
