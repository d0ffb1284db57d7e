"""How devices, models and messages follow what the questions bring."""

from asyncio import Lock
from collections.abc import Coroutine
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from .const import DOMAIN
from .coordinator import GrowattConfigEntry, GrowattCoordinator
from .devices import async_register_devices
from .reports import async_report_refusals, async_report_unmapped


class Follower:
    """What keeps a loaded entry up with its inventory and its details."""

    def __init__(self, hass: HomeAssistant, entry: GrowattConfigEntry) -> None:
        """Initialize the follower of a loaded entry."""
        self._hass = hass
        self._entry = entry
        self._loaded = entry.runtime_data
        self._registering = Lock()

    @callback
    def async_learn(self) -> None:
        """Ask in the background for what is asked for each thing by itself."""
        self._start(self._loaded.details.async_learn_models())
        self._start(self._loaded.dataloggers.async_learn_signals())

    @callback
    def async_follow_inventory(self) -> None:
        """Take over what became of the inventory."""
        self._start(self._async_settle())

    @callback
    def async_follow_details(self) -> None:
        """Take over new names."""
        self._start(self._async_register())

    @callback
    def async_follow_pace(self) -> None:
        """Take over how the account is asked."""
        self._loaded.account.async_follow()
        async_report_refusals(self._hass, self._entry)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin with something that takes its time; it ends with the entry."""
        self._entry.async_create_background_task(self._hass, work, f"{DOMAIN} follow")

    async def _async_register(self) -> None:
        """Register the devices, unless the entry is being unloaded."""
        async with self._registering:
            if self._entry.state is ConfigEntryState.LOADED:
                await async_register_devices(self._hass, self._entry)

    async def _async_settle(self) -> None:
        """Register what is new, and ask for its values.

        The names come first: entity ids are made from them, once and for all.
        """
        if self._loaded.inventory.data.devices.keys() - self._loaded.registered:
            await self._loaded.details.async_refresh()
        await self._async_register()
        async_report_unmapped(self._hass, self._entry)
        self._loaded.dataloggers.async_follow()
        for coordinator in self._loaded.devices.values():
            coordinator.async_follow_inventory()
        self.async_learn()


@callback
def async_follow(hass: HomeAssistant, entry: GrowattConfigEntry) -> None:
    """Keep devices and coordinators up with the inventory and the details."""
    loaded = entry.runtime_data
    follower = Follower(hass, entry)
    listeners: list[tuple[GrowattCoordinator[Any], CALLBACK_TYPE]] = [
        (loaded.inventory, follower.async_follow_inventory),
        (loaded.details, follower.async_follow_details),
        *((one, loaded.dataloggers.async_follow) for one in loaded.devices.values()),
        (loaded.inventory, follower.async_follow_pace),
    ]
    listeners += [(one, follower.async_follow_pace) for one in loaded.asking]
    for coordinator, listener in listeners:
        entry.async_on_unload(coordinator.async_add_listener(listener))
    follower.async_learn()
