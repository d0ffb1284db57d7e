"""Growatt OpenAPI: plants, inverters, batteries and loggers of Growatt's cloud."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_TOKEN, CONF_URL, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.device_registry import AnyDeviceEntry, ChildDeviceEntry
from homeassistant.helpers.typing import ConfigType

from .account.claims import async_release
from .account.clients import async_get_client
from .account.storage import Memory, async_remove_memory
from .const import CONF_EXCLUDED_PLANTS, DOMAIN
from .coordinator.runtime import GrowattConfigEntry
from .issues import async_forget_reports
from .lifecycle import Lifecycle, async_catch_up, async_first_refresh
from .registry.devices import (
    async_forget,
    async_register_devices,
    async_unregister,
)
from .registry.parts import async_forget_part, async_keys_of_device
from .services import async_setup_services

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)
PLATFORMS = [Platform.BINARY_SENSOR, Platform.SENSOR]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up what does not need an account."""
    async_setup_services(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: GrowattConfigEntry) -> bool:
    """Set up an account."""
    client = async_get_client(hass, entry.data[CONF_URL], entry.data[CONF_TOKEN])
    entry.async_on_unload(lambda: async_release(hass, entry))
    memory = Memory(hass, entry.entry_id, client)
    remembers = await memory.async_load()
    with memory.recalling(possible=remembers):
        data = await async_first_refresh(hass, entry, client, restoring=remembers)
    async_unregister(hass, entry, entry.options.get(CONF_EXCLUDED_PLANTS, ()))
    await async_register_devices(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    Lifecycle(hass, entry).async_start()
    for coordinator in data.coordinators:
        entry.async_on_unload(coordinator.async_add_listener(memory.async_note))
    memory.async_note()
    entry.async_on_unload(memory.async_save)
    if remembers:
        entry.async_create_background_task(
            hass, async_catch_up(data), f"{DOMAIN} catch up"
        )
    return True


async def async_unload_entry(hass: HomeAssistant, entry: GrowattConfigEntry) -> bool:
    """Unload an account."""
    async_forget_reports(hass, entry)
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: GrowattConfigEntry, device: AnyDeviceEntry
) -> bool:
    """Allow to remove what Growatt no longer lists; if listed again, it comes back."""
    if entry.state is not ConfigEntryState.LOADED:
        return False
    keys = async_keys_of_device(hass, device)
    if entry.entry_id in keys:
        return False
    if isinstance(device, ChildDeviceEntry):
        return all(async_forget_part(entry, key, device) for key in keys)
    if keys & entry.runtime_data.inventory.data.keys:
        return False
    async_forget(entry, keys)
    return True


async def async_remove_entry(hass: HomeAssistant, entry: GrowattConfigEntry) -> None:
    """Remove what is remembered of an account."""
    async_forget_reports(hass, entry)
    await async_remove_memory(hass, entry.entry_id)
