"""Changes at Growatt, and what they mean for an entry whose lists do not show them yet.

Growatt takes its time; the entry may be unloaded once it has done what it should.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..api import (
    Datalogger,
    Device,
    GrowattUncertainError,
    NewPlant,
    Plant,
    PlantChange,
)
from ..const import DOMAIN
from ..coordinator.inventory_lists import Inventory
from ..coordinator.runtime import GrowattConfigEntry
from ..coordinator.upload_schedule import FIVE_MINUTES
from ..registry.devices import async_unregister

LOOKS: Final = 3
"""How often the lists are asked for a change before they are asked as ever."""

type Shows = Callable[[Inventory], bool]


def _never(lists: Inventory) -> bool:
    """Say that nobody can tell what the change is."""
    return False


def _shows_plant(plant_id: str) -> Shows:
    """Return what tells whether the lists show a new plant."""
    return lambda lists: plant_id in lists.all_plants


def _shows_devices(serial: str) -> Shows:
    """Return what tells whether the lists show the devices of a data logger."""
    return lambda lists: any(
        serial in {one.serial, one.datalogger_serial} for one in lists.devices.values()
    )


async def async_create_plant(
    hass: HomeAssistant, entry: GrowattConfigEntry, user_id: str, plant: NewPlant
) -> str:
    """Create a plant of a user, and return its id; raise a GrowattError."""
    management = entry.runtime_data.client.management
    with _looking_in_doubt(hass, entry):
        plant_id = await management.add_plant(user_id, plant)
    _look_for(hass, entry, _shows_plant(plant_id))
    return plant_id


async def async_change_plant(
    hass: HomeAssistant,
    entry: GrowattConfigEntry,
    user_id: str,
    plant: Plant,
    change: PlantChange,
) -> None:
    """Change what Growatt knows of a plant; raise a GrowattError."""

    def shows(lists: Inventory) -> bool:
        found = lists.plants.get(plant.plant_id)
        return found is None or found.name == change.name

    management = entry.runtime_data.client.management
    with _looking_in_doubt(hass, entry):
        await management.change_plant(user_id, plant.plant_id, change)
    _look_for(hass, entry, shows)


async def async_delete_plant(
    hass: HomeAssistant, entry: GrowattConfigEntry, plant_id: str
) -> None:
    """Delete a plant for good; raise a GrowattError."""
    with _looking_in_doubt(hass, entry):
        await entry.runtime_data.client.management.delete_plant(plant_id)
    _let_go_of_plant(hass, entry, plant_id)


async def async_add_datalogger(
    hass: HomeAssistant,
    entry: GrowattConfigEntry,
    user_id: str,
    plant_id: str,
    label: tuple[str, str],
) -> None:
    """Add a data logger once its label was found right; raise a GrowattError."""
    serial, check_code = label
    management = entry.runtime_data.client.management
    await management.validate_datalogger(serial, check_code)
    with _looking_in_doubt(hass, entry):
        await management.add_datalogger(user_id, plant_id, serial)
    _look_for(hass, entry, _shows_devices(serial))


async def async_remove_datalogger(
    hass: HomeAssistant, entry: GrowattConfigEntry, datalogger: Datalogger
) -> None:
    """Take a data logger out of its plant; raise a GrowattError."""
    serial, management = datalogger.serial, entry.runtime_data.client.management
    with _looking_in_doubt(hass, entry):
        await management.delete_datalogger(datalogger.plant_id, serial)
    _let_go_of_datalogger(hass, entry, serial)


@contextmanager
def _looking_in_doubt(hass: HomeAssistant, entry: GrowattConfigEntry) -> Iterator[None]:
    """Look soon for what may have been done although no answer says so."""
    try:
        yield
    except GrowattUncertainError:
        _look_for(hass, entry)
        raise


@callback
def _look_for(
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
    if entry.state is not ConfigEntryState.LOADED:
        return
    inventory = entry.runtime_data.inventory

    async def look() -> None:
        await inventory.async_refresh()
        if times > 1 and not shows(inventory.data):
            again = partial(_look_for, hass, entry, shows, times - 1)
            entry.async_on_unload(async_call_later(hass, FIVE_MINUTES, again))

    entry.async_create_background_task(hass, look(), f"{DOMAIN} look")


@callback
def _let_go_of_plant(
    hass: HomeAssistant, entry: GrowattConfigEntry, plant_id: str
) -> None:
    """Let go of a plant that was deleted at Growatt, with all that belongs to it."""
    if entry.state is not ConfigEntryState.LOADED:
        return
    inventory = entry.runtime_data.inventory.data
    hardware: dict[str, Datalogger | Device] = {
        **inventory.dataloggers,
        **inventory.devices,
    }
    serials = {key for key, one in hardware.items() if one.plant_id == plant_id}
    _let_go(hass, entry, {plant_id, *serials})


@callback
def _let_go_of_datalogger(
    hass: HomeAssistant, entry: GrowattConfigEntry, serial: str
) -> None:
    """Let go of a data logger that was removed at Growatt, and of what is behind it."""
    if entry.state is not ConfigEntryState.LOADED:
        return
    devices = entry.runtime_data.inventory.data.devices.values()
    behind = {one.serial for one in devices if one.datalogger_serial == serial}
    _let_go(hass, entry, {serial, *behind})


def _let_go(
    hass: HomeAssistant, entry: GrowattConfigEntry, keys: Collection[str]
) -> None:
    """Take plant ids and serials out of the inventory and of the device registry."""
    entry.runtime_data.inventory.async_remove(keys)
    async_unregister(hass, entry, keys)
