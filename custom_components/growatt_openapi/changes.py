"""What a change at Growatt means for a loaded entry, whose lists do not show it yet."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from .api import Datalogger, Device
from .const import CONF_EXCLUDED_PLANTS, DOMAIN
from .coordinator import FIVE_MINUTES, GrowattConfigEntry
from .devices import async_unregister
from .listings import Inventory

LOOKS: Final = 3
"""How often the lists are asked for a change before they are asked as ever."""

type Shows = Callable[[Inventory], bool]


def _never(lists: Inventory) -> bool:
    """Say that nobody can tell what the change is."""
    return False


def shows_plant(plant_id: str) -> Shows:
    """Return what tells whether the lists show a new plant."""
    return lambda lists: plant_id in lists.all_plants


def shows_devices(serial: str) -> Shows:
    """Return what tells whether the lists show the devices of a data logger."""
    return lambda lists: any(
        serial in {one.serial, one.datalogger_serial} for one in lists.devices.values()
    )


@callback
def async_look_for(
    hass: HomeAssistant,
    entry: GrowattConfigEntry,
    shows: Shows = _never,
    times: int = LOOKS,
    now: datetime | None = None,
) -> None:
    """Ask for the lists in the background until they show a change.

    Growatt tells none while the last ones are younger than five minutes, and a data
    logger that is new has to be heard first.
    """
    inventory = entry.runtime_data.inventory

    async def look() -> None:
        await inventory.async_refresh()
        if times > 1 and not shows(inventory.data):
            again = partial(async_look_for, hass, entry, shows, times - 1)
            entry.async_on_unload(async_call_later(hass, FIVE_MINUTES, again))

    entry.async_create_background_task(hass, look(), f"{DOMAIN} look")


@callback
def async_let_go_of_plant(
    hass: HomeAssistant, entry: GrowattConfigEntry, plant_id: str
) -> None:
    """Let go of a plant that was deleted at Growatt, with all that belongs to it."""
    # A list may go on naming it for a while, so it is left out from now on.
    left_out = {*entry.options.get(CONF_EXCLUDED_PLANTS, ()), plant_id}
    options = {**entry.options, CONF_EXCLUDED_PLANTS: sorted(left_out)}
    hass.config_entries.async_update_entry(entry, options=options)
    inventory = entry.runtime_data.inventory.data
    hardware: dict[str, Datalogger | Device] = {
        **inventory.dataloggers,
        **inventory.devices,
    }
    serials = {key for key, one in hardware.items() if one.plant_id == plant_id}
    _let_go(hass, entry, {plant_id, *serials})


@callback
def async_let_go_of_datalogger(
    hass: HomeAssistant, entry: GrowattConfigEntry, serial: str
) -> None:
    """Let go of a data logger that was removed at Growatt, and of what is behind it."""
    devices = entry.runtime_data.inventory.data.devices.values()
    behind = {one.serial for one in devices if one.datalogger_serial == serial}
    _let_go(hass, entry, {serial, *behind})


def _let_go(
    hass: HomeAssistant, entry: GrowattConfigEntry, keys: Collection[str]
) -> None:
    """Take plant ids and serials out of the inventory and of the device registry."""
    entry.runtime_data.inventory.async_let_go(keys)
    async_unregister(hass, entry, keys)
