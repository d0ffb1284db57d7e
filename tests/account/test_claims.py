"""Two entries that see the same plants: one serves them, and no one is locked out."""

from asyncio import gather
from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf, device_of

HOUR = timedelta(hours=1, seconds=1)


@pytest.fixture
async def installer(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    time_passes: Pass,
) -> MockConfigEntry:
    """Return a younger entry that sees the plants of the older, and more."""
    await time_passes(HOUR)
    token = cloud.installer_token(cloud.accounts[0], cloud.add_home("duo"))
    entry = MockConfigEntry(
        domain=DOMAIN, unique_id="installer", data={**loaded.data, "token": token}
    )
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry


@pytest.mark.parametrize("home", ["villa", "balcony", "weather"])
async def test_the_older_entry_serves(
    loaded: MockConfigEntry,
    installer: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Test that what the older entry serves is left out of the younger one."""
    assert installer.state is ConfigEntryState.LOADED
    ours = loaded.runtime_data.inventory.data.keys
    theirs = installer.runtime_data.inventory.data.keys
    assert ours
    assert theirs
    assert not ours & theirs
    assert "does not generate unique IDs" not in caplog.text


async def test_disabled_and_enabled_again(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    installer: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Test that a plant goes to the entry that is there, and that one serves it."""
    device = cloud.accounts[0].plants[0].devices[0]
    await hass.config_entries.async_set_disabled_by(
        loaded.entry_id, ConfigEntryDisabler.USER
    )
    await time_passes(HOUR)
    await time_passes(HOUR)
    assert device.serial in installer.runtime_data.inventory.data.keys

    await hass.config_entries.async_set_disabled_by(loaded.entry_id, None)
    for _ in range(3):
        await time_passes(HOUR)
        await time_passes(timedelta(seconds=11))
    assert device.serial in installer.runtime_data.inventory.data.keys
    assert device.serial not in loaded.runtime_data.inventory.data.keys
    assert device_of(device_registry, installer, device.serial)
    assert not device_of(device_registry, loaded, device.serial)
    assert state_of(device.serial, "energy_total").state != STATE_UNAVAILABLE

    await hass.config_entries.async_remove(installer.entry_id)
    for _ in range(2):
        await time_passes(HOUR)
        await time_passes(timedelta(seconds=11))
    assert device.serial in loaded.runtime_data.inventory.data.keys
    assert state_of(device.serial, "energy_total").state != STATE_UNAVAILABLE
    assert "does not generate unique IDs" not in caplog.text


async def test_both_start_together(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    installer: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Test that after a restart, too, everything belongs to one entry."""
    entries = (loaded, installer)
    before = [set(one.runtime_data.inventory.data.keys) for one in entries]
    for one in entries:
        await hass.config_entries.async_unload(one.entry_id)
    await gather(*(hass.config_entries.async_setup(one.entry_id) for one in entries))
    await hass.async_block_till_done(wait_background_tasks=True)
    after = [set(one.runtime_data.inventory.data.keys) for one in entries]
    assert after == before
    assert not after[0] & after[1]
    assert "does not generate unique IDs" not in caplog.text


@pytest.mark.parametrize("older_first", [True, False])
async def test_both_have_it_in_the_registry(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    installer: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
    *,
    older_first: bool,
) -> None:
    """Test that the older entry serves what both had, whoever starts first."""
    entries = [loaded, installer]
    ours = set(loaded.runtime_data.inventory.data.keys)
    for one in entries:
        await hass.config_entries.async_unload(one.entry_id)
    for key in ours:
        device_registry.async_get_or_create(
            config_entry_id=installer.entry_id, identifiers={(DOMAIN, key)}
        )
    for one in entries if older_first else reversed(entries):
        await hass.config_entries.async_setup(one.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
    await time_passes(HOUR)
    assert loaded.runtime_data.inventory.data.keys == ours
    assert not ours & installer.runtime_data.inventory.data.keys
    assert not any(device_of(device_registry, installer, key) for key in ours)
