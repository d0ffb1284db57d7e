"""Lifecycle of an entry: first refresh, catching up, and what follows what."""

from asyncio import Lock, gather
from collections.abc import Coroutine, Iterable
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from .api import FAMILIES, Family, GrowattClient
from .const import DOMAIN
from .coordinator.account import AccountSource
from .coordinator.base import EntryContext, GrowattCoordinator
from .coordinator.dataloggers import DataloggersSource
from .coordinator.daylight import Daylight
from .coordinator.details import DetailsCoordinator
from .coordinator.devices import DevicesCoordinator
from .coordinator.inventory import InventoryCoordinator
from .coordinator.outage import OutageLog
from .coordinator.plants import PlantsCoordinator
from .coordinator.runtime import GrowattConfigEntry, GrowattData
from .issues import async_report_refusals, async_report_unmapped
from .registry.devices import async_known_models, async_register_devices


async def async_first_refresh(
    hass: HomeAssistant,
    entry: GrowattConfigEntry,
    client: GrowattClient,
    *,
    restoring: bool,
) -> GrowattData:
    """Return the coordinators of an account after the first refresh of each.

    Responses from before a restart may serve. Raises ConfigEntryNotReady where Growatt
    does not list what the account has.
    """
    context = EntryContext(
        hass=hass, entry=entry, client=client, log=OutageLog(), restoring=restoring
    )
    inventory = InventoryCoordinator(context)
    await inventory.async_config_entry_first_refresh()
    plants = PlantsCoordinator(inventory)
    daylight = Daylight(hass)
    devices = {
        family: DevicesCoordinator(inventory, plants, daylight, family)
        for family in FAMILIES
    }
    entry.runtime_data = data = GrowattData(
        client=client,
        inventory=inventory,
        details=DetailsCoordinator(inventory, async_known_models(hass, entry)),
        plants=plants,
        devices=devices,
        dataloggers=DataloggersSource(inventory, devices),
        account=AccountSource(inventory, plants, devices.values()),
    )
    # A failure of one kind of data must not keep the rest of the account out.
    await _async_refresh(data.stages[1:])
    for source in data.derived:
        source.async_update()
    context.restoring = False
    return data


async def async_catch_up(data: GrowattData) -> None:
    """Refresh everything that was only restored from before a restart."""
    await _async_refresh(data.stages)


async def _async_refresh(stages: Iterable[Iterable[GrowattCoordinator[Any]]]) -> None:
    """Refresh coordinators stage by stage."""
    for stage in stages:
        await gather(*(coordinator.async_refresh() for coordinator in stage))


class Lifecycle:
    """Listeners that keep a loaded entry up with its inventory and its details."""

    def __init__(self, hass: HomeAssistant, entry: GrowattConfigEntry) -> None:
        """Initialize the lifecycle of a loaded entry."""
        self._hass = hass
        self._entry = entry
        self._loaded = entry.runtime_data
        self._registering = Lock()

    @callback
    def async_start(self) -> None:
        """Add the listeners, which end with the entry."""
        loaded = self._loaded
        listeners: list[tuple[GrowattCoordinator[Any], CALLBACK_TYPE]] = [
            (loaded.inventory, self._async_inventory_updated),
            (loaded.details, self._async_details_updated),
            *(
                (coordinator, loaded.dataloggers.async_update)
                for coordinator in loaded.devices.values()
            ),
            (loaded.inventory, self._async_update_account),
            *(
                (coordinator, self._async_update_account)
                for coordinator in loaded.readings
            ),
        ]
        for coordinator, listener in listeners:
            self._entry.async_on_unload(coordinator.async_add_listener(listener))
        self._async_fetch_extras()
        self._async_report_unmapped()

    @callback
    def _async_fetch_extras(self) -> None:
        """Fetch in the background what Growatt returns for one device a request."""
        self._start(self._loaded.details.async_fetch_models())
        self._start(self._loaded.dataloggers.async_fetch_signals())

    @callback
    def _async_inventory_updated(self) -> None:
        """Follow a new inventory."""
        self._start(self._async_sync_inventory())

    @callback
    def _async_details_updated(self) -> None:
        """Follow new names."""
        self._start(self._async_register())

    @callback
    def _async_update_account(self) -> None:
        """Update the pace of the account, and the repair issues about it."""
        self._loaded.account.async_update()
        unexplained = self._loaded.client.throttle.limits.unexplained
        async_report_refusals(self._hass, self._entry, unexplained)

    def _async_report_unmapped(self) -> None:
        """Ask for a report while there are devices of types without a profile."""
        types = {
            device.type_name
            for device in self._loaded.inventory.data.devices.values()
            if device.family is Family.UNMAPPED
        }
        async_report_unmapped(self._hass, self._entry, types)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        """Start work in the background that ends with the entry."""
        self._entry.async_create_background_task(self._hass, work, f"{DOMAIN} follow")

    async def _async_register(self) -> None:
        """Register the devices, unless the entry is being unloaded."""
        async with self._registering:
            if self._entry.state is ConfigEntryState.LOADED:
                await async_register_devices(self._hass, self._entry)

    async def _async_sync_inventory(self) -> None:
        """Register what is new, and request its values.

        The names come first: entity ids are made from them, once and for all.
        """
        if self._loaded.inventory.data.devices.keys() - self._loaded.registered:
            await self._loaded.details.async_refresh()
        await self._async_register()
        self._async_report_unmapped()
        self._loaded.dataloggers.async_update()
        for coordinator in self._loaded.devices.values():
            coordinator.async_follow_inventory()
        self._async_fetch_extras()
