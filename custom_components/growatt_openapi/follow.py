"""How devices, models and messages follow what the questions bring."""

from asyncio import Lock
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
        self._welcoming = Lock()

    @callback
    def async_learn(self) -> None:
        """Ask in the background for what is asked for each thing by itself."""
        for name, learning in (
            ("models", self._loaded.details.async_learn_models()),
            ("signals", self._loaded.dataloggers.async_learn_signals()),
        ):
            self._entry.async_create_background_task(
                self._hass, learning, f"{DOMAIN} {name}"
            )

    @callback
    def async_follow_inventory(self) -> None:
        """Take over what became of the inventory."""
        new = self._loaded.inventory.data.devices.keys() - self._loaded.registered
        if new and not self._welcoming.locked():
            self._entry.async_create_background_task(
                self._hass, self._async_welcome(), f"{DOMAIN} welcome"
            )
        else:
            self._settle()

    @callback
    def async_follow_details(self) -> None:
        """Take over new names, unless the entry is being unloaded."""
        if self._entry.state is ConfigEntryState.LOADED:
            async_register_devices(self._hass, self._entry)

    @callback
    def async_follow_pace(self) -> None:
        """Take over how the account is asked."""
        self._loaded.account.async_follow()
        async_report_refusals(self._hass, self._entry)

    async def _async_welcome(self) -> None:
        """Ask for the names first: entity ids are made from them, once and for all."""
        async with self._welcoming:
            await self._loaded.details.async_refresh()
            self._settle()

    def _settle(self) -> None:
        """Register what is new, and ask for its values."""
        if self._entry.state is not ConfigEntryState.LOADED:
            return
        async_register_devices(self._hass, self._entry)
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
