"""Growatt OpenAPI: plants, inverters, batteries and loggers of Growatt's cloud."""

from asyncio import Lock, gather
from functools import partial

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_TOKEN, CONF_URL, Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.device_registry import AnyDeviceEntry, ChildDeviceEntry

from .account import async_get_client
from .api import FAMILIES, GrowattClient
from .const import CONF_EXCLUDED_PLANTS, DOMAIN
from .coordinator import GrowattConfigEntry
from .dataloggers import DataloggersCoordinator
from .details import DetailsCoordinator
from .devices import (
    async_forget,
    async_known_models,
    async_register_devices,
    async_unregister,
)
from .inventory import InventoryCoordinator
from .memory import Memory, async_remove_memory
from .parts import async_forget_part, async_keys_of_device
from .readings import DevicesCoordinator, PlantsCoordinator
from .reports import async_forget_reports, async_report_unmapped
from .runtime import GrowattData
from .served import async_release

PLATFORMS = [Platform.BINARY_SENSOR, Platform.SENSOR]


async def async_setup_entry(hass: HomeAssistant, entry: GrowattConfigEntry) -> bool:
    """Set up an account."""
    client = async_get_client(hass, entry.data[CONF_URL], entry.data[CONF_TOKEN])
    entry.async_on_unload(lambda: async_release(hass, entry))
    memory = Memory(hass, entry.entry_id, client)
    remembers = await memory.async_load()
    with memory.recalling(possible=remembers):
        data = await _async_first_answers(hass, entry, client)
    async_unregister(hass, entry, entry.options.get(CONF_EXCLUDED_PLANTS, ()))
    async_register_devices(hass, entry)
    async_report_unmapped(hass, entry)
    entry.async_on_unload(partial(async_forget_reports, hass, entry))
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    _async_follow(hass, entry)
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
    devices = {
        family: DevicesCoordinator(inventory, plants, family) for family in FAMILIES
    }
    entry.runtime_data = data = GrowattData(
        client=client,
        inventory=inventory,
        details=DetailsCoordinator(inventory, async_known_models(hass, entry)),
        plants=plants,
        dataloggers=DataloggersCoordinator(inventory, devices),
        devices=devices,
    )
    # The totals of the plants tell the clocks of the devices. Trouble with one question
    # must not keep the rest of the account out.
    await plants.async_refresh()
    await gather(
        data.details.async_refresh(),
        *(coordinator.async_refresh() for coordinator in devices.values()),
    )
    await data.dataloggers.async_refresh()
    return data


async def _async_catch_up(data: GrowattData) -> None:
    """Ask for what has become of all that was only remembered."""
    await data.inventory.async_refresh()
    await data.plants.async_refresh()
    await gather(
        data.details.async_refresh(),
        *(coordinator.async_refresh() for coordinator in data.devices.values()),
    )


@callback
def _async_follow(hass: HomeAssistant, entry: GrowattConfigEntry) -> None:
    """Keep devices and coordinators up with the inventory and the details."""
    data = entry.runtime_data

    @callback
    def learn() -> None:
        for name, learning in (
            ("models", data.details.async_learn_models()),
            ("signals", data.dataloggers.async_learn_signals()),
        ):
            entry.async_create_background_task(hass, learning, f"{DOMAIN} {name}")

    @callback
    def settle() -> None:
        if entry.state is not ConfigEntryState.LOADED:
            return
        async_register_devices(hass, entry)
        async_report_unmapped(hass, entry)
        data.dataloggers.async_follow()
        for coordinator in data.devices.values():
            coordinator.async_follow_inventory()
        learn()

    welcoming = Lock()

    async def welcome() -> None:
        # The names come first: entity ids are made from them, once and for all.
        async with welcoming:
            await data.details.async_refresh()
            settle()

    @callback
    def follow_inventory() -> None:
        new = data.inventory.data.devices.keys() - data.registered
        if new and not welcoming.locked():
            entry.async_create_background_task(hass, welcome(), f"{DOMAIN} welcome")
        else:
            settle()

    entry.async_on_unload(data.inventory.async_add_listener(follow_inventory))
    for coordinator in data.devices.values():
        entry.async_on_unload(
            coordinator.async_add_listener(data.dataloggers.async_follow)
        )
    entry.async_on_unload(
        data.details.async_add_listener(partial(_async_register, hass, entry))
    )
    learn()


@callback
def _async_register(hass: HomeAssistant, entry: GrowattConfigEntry) -> None:
    """Register the devices with new details, unless the entry is being unloaded."""
    if entry.state is ConfigEntryState.LOADED:
        async_register_devices(hass, entry)


async def async_unload_entry(hass: HomeAssistant, entry: GrowattConfigEntry) -> bool:
    """Unload an account."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: GrowattConfigEntry, device: AnyDeviceEntry
) -> bool:
    """Allow to remove what Growatt no longer lists; if listed again, it comes back."""
    if entry.state is not ConfigEntryState.LOADED:
        return False
    keys = async_keys_of_device(hass, device)
    if isinstance(device, ChildDeviceEntry):
        return all(async_forget_part(entry, key, device) for key in keys)
    if keys & entry.runtime_data.inventory.data.keys:
        return False
    async_forget(entry, keys)
    return True


async def async_remove_entry(hass: HomeAssistant, entry: GrowattConfigEntry) -> None:
    """Remove what is remembered of an account."""
    await async_remove_memory(hass, entry.entry_id)
