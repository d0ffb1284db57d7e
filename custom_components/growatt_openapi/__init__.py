"""Growatt OpenAPI: plants, inverters, batteries and loggers of Growatt's cloud."""

from asyncio import gather

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_TOKEN, CONF_URL, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.device_registry import AnyDeviceEntry, ChildDeviceEntry
from homeassistant.helpers.typing import ConfigType

from .account import async_get_client
from .api import FAMILIES, GrowattClient
from .const import CONF_EXCLUDED_PLANTS, DOMAIN
from .coordinator import GrowattConfigEntry
from .dataloggers import DataloggersCoordinator
from .details import DetailsCoordinator
from .device_readings import DevicesCoordinator
from .devices import (
    async_forget,
    async_known_models,
    async_register_devices,
    async_unregister,
)
from .follow import async_follow
from .inventory import InventoryCoordinator
from .memory import Memory, async_remove_memory
from .night import Night
from .pace import AccountCoordinator
from .parts import async_forget_part, async_keys_of_device
from .plant_readings import PlantsCoordinator
from .reports import async_forget_reports, async_report_unmapped
from .runtime import GrowattData
from .served import async_release
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
        data = await _async_first_answers(hass, entry, client)
    async_unregister(hass, entry, entry.options.get(CONF_EXCLUDED_PLANTS, ()))
    await async_register_devices(hass, entry)
    async_report_unmapped(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    async_follow(hass, entry)
    for coordinator in data.coordinators:
        entry.async_on_unload(coordinator.async_add_listener(memory.async_note))
    memory.async_note()
    entry.async_on_unload(memory.async_save)
    if remembers:
        entry.async_create_background_task(
            hass, _async_catch_up(data), f"{DOMAIN} catch up"
        )
    return True


async def _async_first_answers(
    hass: HomeAssistant, entry: GrowattConfigEntry, client: GrowattClient
) -> GrowattData:
    """Return the coordinators of an account after each has asked once.

    Raises ConfigEntryNotReady where Growatt does not tell what the account has.
    """
    inventory = InventoryCoordinator(hass, entry, client)
    await inventory.async_config_entry_first_refresh()
    plants = PlantsCoordinator(inventory)
    night = Night(hass)
    devices = {
        family: DevicesCoordinator(inventory, plants, night, family)
        for family in FAMILIES
    }
    entry.runtime_data = data = GrowattData(
        client=client,
        inventory=inventory,
        details=DetailsCoordinator(inventory, async_known_models(hass, entry)),
        plants=plants,
        dataloggers=DataloggersCoordinator(inventory, devices),
        devices=devices,
        account=AccountCoordinator(inventory, plants, tuple(devices.values())),
    )
    # The totals of the plants tell the clocks of the devices. Trouble with one question
    # must not keep the rest of the account out.
    await plants.async_refresh()
    await gather(
        data.details.async_refresh(),
        *(coordinator.async_refresh() for coordinator in devices.values()),
    )
    await data.dataloggers.async_refresh()
    await data.account.async_refresh()
    return data


async def _async_catch_up(data: GrowattData) -> None:
    """Ask for what has become of all that was only remembered."""
    await data.inventory.async_refresh()
    await data.plants.async_refresh()
    await gather(
        data.details.async_refresh(),
        *(coordinator.async_refresh() for coordinator in data.devices.values()),
    )


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
