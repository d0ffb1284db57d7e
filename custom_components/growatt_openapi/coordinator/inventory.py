"""Inventory: the plants, data loggers and devices of the account; changes rarely."""

from asyncio import gather
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.core import callback

from ..account.claims import async_claim, async_release
from ..api import (
    Datalogger,
    Device,
    GrowattError,
    GrowattNoPlantsError,
    GrowattRateLimitError,
    GrowattTokenError,
    Listing,
    Plant,
)
from ..const import CONF_EXCLUDED_PLANTS
from ..issues import async_report_plants
from .absences import AbsenceTracker
from .base import EntryContext, GrowattCoordinator
from .inventory_lists import (
    NO_INVENTORY,
    NO_LIST,
    Inventory,
    Listings,
    by_plant,
    merge,
    only_in_v4,
    with_families,
)
from .placement import PlantLookup, Surroundings, placed
from .upload_schedule import FIVE_MINUTES

DEVICES_EVERY: Final = timedelta(hours=1)
# The list of plants may be requested ten times a day.
PLANTS_EVERY: Final = timedelta(hours=2, minutes=55)
NO_PLANTS_EVERY: Final = timedelta(hours=2, minutes=40)

_ANY: Final = "any"


class InventoryCoordinator(GrowattCoordinator[Inventory]):
    """Coordinator of the lists of plants, data loggers and devices."""

    def __init__(self, context: EntryContext) -> None:
        """Initialize the coordinator."""
        super().__init__(context, kind="inventory", interval=DEVICES_EVERY)
        self._absent_plants = AbsenceTracker(PLANTS_EVERY)
        self._without_plants = AbsenceTracker(NO_PLANTS_EVERY)
        self._absent_dataloggers = AbsenceTracker(FIVE_MINUTES)
        self._absent_devices = AbsenceTracker(FIVE_MINUTES)
        self._lookup = PlantLookup(context.client)
        self._all_refused: set[str] = set()
        """The kinds of data of which Growatt refuses everything."""
        self._is_token_doubtful = False
        self._removed: set[str] = set()
        """What was removed while lists were on their way, which may still have it."""
        self._deleted_plants: set[str] = set()
        """Plants deleted at Growatt that lists may have for a while."""
        self.lists_dataloggers = False
        """Whether Growatt lists the data loggers of some plant."""

    async def async_note_refusals(self, kind: str, *, all_refused: bool) -> None:
        """Request the plants soon where everything else is refused, once each time."""
        if not all_refused:
            self._all_refused.discard(kind)
        elif kind not in self._all_refused:
            self._all_refused.add(kind)
            self._is_token_doubtful = True
            await self.async_request_refresh()

    @callback
    def async_remove(self, keys: Collection[str]) -> None:
        """Remove plants, data loggers and devices that were removed at Growatt."""
        self._removed.update(keys)
        self._deleted_plants.update(self._known.all_plants.keys() & keys)
        self.async_set_updated_data(self._known.without(keys))

    @property
    def _known(self) -> Inventory:
        """Return the last inventory."""
        return self.data or NO_INVENTORY

    @override
    def _usual_pause(self, data: Inventory) -> timedelta | None:
        """Return the time to the next request; short until there are devices."""
        return DEVICES_EVERY if data.devices else FIVE_MINUTES

    @override
    async def _async_fetch(self) -> Inventory:
        """Return what the account has now."""
        self._removed.clear()
        all_plants = await self._async_plants()
        left_out = self.config_entry.options.get(CONF_EXCLUDED_PLANTS, [])
        wanted = [plant_id for plant_id in all_plants if plant_id not in left_out]
        elsewhere = async_claim(self.hass, self.config_entry, wanted)
        plants = {
            plant_id: all_plants[plant_id]
            for plant_id in wanted
            if plant_id not in elsewhere
        }
        devices, dataloggers = await self._async_lists(all_plants, tuple(plants))
        inventory = Inventory(
            all_plants=all_plants,
            plants=plants,
            dataloggers=self._merged_dataloggers(dataloggers),
            devices=self._merged(self._known.devices, devices, self._absent_devices),
        ).without(self._removed)
        async_release(self.hass, self.config_entry, inventory.keys)
        if self._known.changes_family(inventory):
            # Its entities stand on the readings of the family it was taken for.
            self.hass.config_entries.async_schedule_reload(self.config_entry.entry_id)
        return inventory

    async def _async_plants(self) -> Mapping[str, Plant]:
        """Return the plants of the token; the known ones where the request fails.

        Raises GrowattTokenError, and any other error where no plants are known.
        """
        known = self._known.all_plants
        doubtful = self._is_token_doubtful or self.client.token_refusals
        try:
            listing = await self._async_plant_list(
                timedelta() if doubtful else PLANTS_EVERY
            )
        except GrowattTokenError:
            raise
        except GrowattError:
            if not known:
                raise
            return known
        self._is_token_doubtful = False
        found = {plant.plant_id: plant for plant in listing.items}
        self._deleted_plants &= found.keys()
        found = {
            key: plant
            for key, plant in found.items()
            if key not in self._deleted_plants
        }
        self._report_plants(has_plants=bool(found), had_plants=bool(known))
        if not found and not known:
            raise GrowattNoPlantsError("v1/plant/list")
        proving = listing.complete and bool(found)
        missing = known.keys() - found.keys() if proving else ()
        gone = self._absent_plants.confirmed(found, missing)
        return {key: plant for key, plant in known.items() if key not in gone} | found

    def _report_plants(self, *, has_plants: bool, had_plants: bool) -> None:
        """Create a repair issue where the token shows no plants, or none any more."""
        listed, missing = ((_ANY,), ()) if has_plants else ((), (_ANY,))
        confirmed = bool(self._without_plants.confirmed(listed, missing))
        hidden = confirmed or not (has_plants or had_plants)
        if has_plants or hidden:
            async_report_plants(self.hass, self.config_entry, hidden=hidden)

    async def _async_plant_list(self, max_age: timedelta) -> Listing[Plant]:
        """Return the list of plants, a younger one where it is empty."""
        listing = await self.client.plants(max_age.total_seconds())
        if not listing.items:
            # Once the requests of the day are used up, the empty list has to do.
            with suppress(GrowattRateLimitError):
                listing = await self.client.plants(NO_PLANTS_EVERY.total_seconds())
        return listing

    async def _async_lists(
        self, all_plants: Mapping[str, Plant], plants: tuple[str, ...]
    ) -> tuple[Listings[Device], Listings[Datalogger]]:
        """Return the devices and the data loggers of each plant, as far as known.

        Raises an error where no plant has a list of devices.
        """
        everywhere, *answers = await gather(
            _or_error(self.client.all_devices),
            *(_or_error(self.client.devices, plant_id) for plant_id in plants),
            *(_or_error(self.client.dataloggers, plant_id) for plant_id in plants),
        )
        of_devices, of_loggers = answers[: len(plants)], answers[len(plants) :]
        dataloggers = by_plant(plants, of_loggers)
        self.lists_dataloggers = any(
            isinstance(answer, Listing) for answer in of_loggers
        )
        errors = [answer for answer in of_devices if isinstance(answer, GrowattError)]
        if errors and len(errors) == len(plants):
            if self.data is not None:
                # What has to do without devices does not have to do without loggers.
                merged = self._merged_dataloggers(dataloggers)
                self.data = replace(self.data, dataloggers=merged)
            raise errors[0]
        if isinstance(everywhere, GrowattError):
            everywhere = NO_LIST
        known = self._known
        listed = by_plant(plants, of_devices)
        around = self._surroundings(all_plants, plants, dataloggers)
        named = with_families(listed, (*known.devices.values(), *everywhere.items))
        only_v4 = await self._async_placed(everywhere, listed, around)
        return {**named, None: only_v4}, dataloggers

    def _surroundings(
        self,
        all_plants: Mapping[str, Plant],
        plants: tuple[str, ...],
        dataloggers: Listings[Datalogger],
    ) -> Surroundings:
        """Return what is known while devices are placed."""
        known = self._known
        return Surroundings(
            dataloggers={**known.dataloggers, **merge({}, dataloggers).candidates},
            devices=known.devices,
            all_plants=all_plants,
            plants=plants,
            leaves_out=bool(self.config_entry.options.get(CONF_EXCLUDED_PLANTS)),
        )

    async def _async_placed(
        self,
        everywhere: Listing[Device],
        listed: Listings[Device],
        around: Surroundings,
    ) -> Listing[Device]:
        """Return the list of what only V4 lists, with its plants."""
        devices = only_in_v4(everywhere, listed)
        looked_up = await self._lookup.async_plants_of(
            device.serial for device in devices if not around.logger_of(device)
        )
        # A list with nothing but what V1 lists too proves absences all the same.
        proving = everywhere.complete and bool(everywhere.items)
        return Listing(items=placed(devices, around, looked_up), complete=proving)

    def _merged_dataloggers(
        self, listings: Listings[Datalogger]
    ) -> Mapping[str, Datalogger]:
        """Return the data loggers after new lists."""
        known = self._known.dataloggers
        return self._merged(known, listings, self._absent_dataloggers)

    def _merged[ItemT: (Device, Datalogger)](
        self,
        known: Mapping[str, ItemT],
        listings: Listings[ItemT],
        absences: AbsenceTracker,
    ) -> Mapping[str, ItemT]:
        """Return what is listed, and what was missing too seldom to be gone."""
        merged = merge(known, listings)
        elsewhere = async_claim(self.hass, self.config_entry, merged.candidates)
        gone = absences.confirmed(merged.listed, merged.missing)
        return merged.without(gone | elsewhere)


async def _or_error(
    request: Callable[..., Awaitable[Listing[Any]]], *about: str
) -> Listing[Any] | GrowattError:
    """Return a list, or why there is none."""
    try:
        return await request(*about)
    except GrowattError as err:
        return err
