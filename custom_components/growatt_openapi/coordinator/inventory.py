"""Which plants, data loggers and devices the account has; changes rarely."""

from asyncio import gather
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..account.claims import async_claim, async_release
from ..api import (
    FAMILIES,
    Datalogger,
    Device,
    Family,
    GrowattClient,
    GrowattError,
    GrowattNoPlantsError,
    GrowattRateLimitError,
    GrowattTokenError,
    Listing,
    Plant,
)
from ..const import CONF_EXCLUDED_PLANTS
from ..issues import async_report_plants
from .absences import Absences
from .base import FIVE_MINUTES, GrowattCoordinator
from .inventory_lists import (
    NO_INVENTORY,
    NO_LIST,
    Inventory,
    Listings,
    by_plant,
    list_of,
    or_error,
    unseen,
    without,
)
from .placement import Places

DEVICES_EVERY: Final = timedelta(hours=1)
# The list of plants may be asked for ten times a day.
PLANTS_EVERY: Final = timedelta(hours=2, minutes=55)
NO_PLANTS_EVERY: Final = timedelta(hours=2, minutes=40)

_ANY: Final = "any"


class InventoryCoordinator(GrowattCoordinator[Inventory]):
    """Ask for the lists of plants, data loggers and devices."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry[Any], client: GrowattClient
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(hass, entry, client, name="inventory", every=DEVICES_EVERY)
        self._absent_plants = Absences(PLANTS_EVERY)
        self._hidden = Absences(NO_PLANTS_EVERY)
        self._absent_dataloggers = Absences(FIVE_MINUTES)
        self._absent_devices = Absences(FIVE_MINUTES)
        self._plants: Mapping[str, Plant] = {}
        self._token_is_doubtful = False
        self._places = Places(client)
        self._let_go: set[str] = set()
        self.lists_dataloggers = False
        """Whether Growatt lists the data loggers of some plant."""

    async def async_doubt_token(self) -> None:
        """Ask for the plants soon, because everything else was refused."""
        self._token_is_doubtful = True
        await self.async_request_refresh()

    @callback
    def async_let_go(self, keys: Collection[str]) -> None:
        """Forget what was removed; lists on their way may still show it."""
        self._let_go.update(keys)
        self._plants = without(self._plants, keys)
        self.async_set_updated_data(self.data.without(keys))

    @override
    def _usual_pause(self, data: Inventory) -> timedelta | None:
        """Return how long to wait: not long where the first devices may soon appear."""
        return DEVICES_EVERY if data.devices else FIVE_MINUTES

    @override
    async def _async_fetch(self) -> Inventory:
        """Return what the account has now."""
        self._let_go.clear()
        all_plants = await self._async_plants()
        left_out = self.config_entry.options.get(CONF_EXCLUDED_PLANTS, [])
        wanted = [key for key in all_plants if key not in left_out]
        elsewhere = async_claim(self.hass, self.config_entry, wanted)
        plants = {key: all_plants[key] for key in wanted if key not in elsewhere}
        devices, dataloggers = await self._async_lists(tuple(plants))
        inventory = Inventory(
            all_plants=all_plants,
            plants=plants,
            dataloggers=self._loggers(dataloggers),
            devices=self._settled(self._known.devices, devices, self._absent_devices),
        ).without(self._let_go)
        self._plants = inventory.all_plants
        async_release(self.hass, self.config_entry, inventory.keys)
        if any(
            one.family is not inventory.devices.get(serial, one).family
            for serial, one in self._known.devices.items()
        ):
            # Its entities stand on the readings of the family it was taken for.
            self.hass.config_entries.async_schedule_reload(self.config_entry.entry_id)
        return inventory

    async def _async_plants(self) -> Mapping[str, Plant]:
        """Return the plants of the token; the known ones while Growatt is in trouble.

        Raises GrowattTokenError, and any other error where no plants are known.
        """
        doubtful = self._token_is_doubtful or self.client.token_refusals
        try:
            listing = await self._async_plant_list(
                timedelta() if doubtful else PLANTS_EVERY
            )
        except GrowattTokenError:
            raise
        except GrowattError:
            if not self._plants:
                raise
            return self._plants
        self._token_is_doubtful = False
        found = {plant.plant_id: plant for plant in listing.items}
        self._tell_whether_any(found)
        if not found and not self._plants:
            raise GrowattNoPlantsError("v1/plant/list")
        missing = self._plants.keys() - found.keys()
        proving = listing.complete and bool(found)
        gone = self._absent_plants.gone(found, missing if proving else ())
        kept = {key: one for key, one in self._plants.items() if key not in gone}
        self._plants = {**kept, **found}
        return self._plants

    def _tell_whether_any(self, found: Mapping[str, Plant]) -> None:
        """Tell the owner where the token shows no plants, or none any more."""
        seen, missed = ((_ANY,), ()) if found else ((), (_ANY,))
        hidden = bool(self._hidden.gone(seen, missed)) or not (found or self._plants)
        if found or hidden:
            async_report_plants(self.hass, self.config_entry, hidden=hidden)

    async def _async_plant_list(self, max_age: timedelta) -> Listing[Plant]:
        """Return the list of plants, a younger one where it is empty."""
        listing = await self.client.plants(max_age.total_seconds())
        if not listing.items:
            # Once the calls of the day are used up, the empty list has to do.
            with suppress(GrowattRateLimitError):
                listing = await self.client.plants(NO_PLANTS_EVERY.total_seconds())
        return listing

    async def _async_lists(
        self, plants: tuple[str, ...]
    ) -> tuple[Listings[Device], Listings[Datalogger]]:
        """Return the devices and the data loggers of each plant, as far as known.

        Raises an error where no plant has a list of devices.
        """
        everywhere, *answers = await gather(
            or_error(self.client.all_devices),
            *(or_error(self.client.devices, one) for one in plants),
            *(or_error(self.client.dataloggers, one) for one in plants),
        )
        devices = dict(zip(plants, answers[: len(plants)], strict=True))
        of_loggers = answers[len(plants) :]
        dataloggers = by_plant(zip(plants, of_loggers, strict=True))
        self.lists_dataloggers = any(isinstance(one, Listing) for one in of_loggers)
        errors = [one for one in devices.values() if isinstance(one, GrowattError)]
        if errors and len(errors) == len(plants):
            if self.data is not None:
                # What has to do without devices does not have to do without loggers.
                self.data = replace(self.data, dataloggers=self._loggers(dataloggers))
            raise errors[0]
        if isinstance(everywhere, GrowattError):
            everywhere = NO_LIST
        listed = by_plant(devices.items())
        named = self._named(everywhere, listed)
        placed = await self._async_placed(everywhere, listed, dataloggers)
        return {**named, None: placed}, dataloggers

    def _named(
        self, everywhere: Listing[Device], listed: Listings[Device]
    ) -> Listings[Device]:
        """Return the lists of the plants, with the families that only V4 can name.

        What V4 once named keeps its family while V4 is silent.
        """
        families = {
            one.serial: one.family
            for one in (*self._known.devices.values(), *everywhere.items)
        }
        return {
            plant: replace(
                listing,
                items=tuple(
                    replace(one, family=families.get(one.serial, one.family))
                    if one.family is Family.UNMAPPED
                    else one
                    for one in listing.items
                ),
            )
            for plant, listing in listed.items()
        }

    async def _async_placed(
        self,
        everywhere: Listing[Device],
        listed: Listings[Device],
        dataloggers: Listings[Datalogger],
    ) -> Listing[Device]:
        """Return what only V4 lists, which does not tell the plant."""
        loggers = dict(self._known.dataloggers)
        for loggers_of_plant in dataloggers.values():
            loggers |= {one.serial: one for one in loggers_of_plant.items}
        leaves_out = self.config_entry.options.get(CONF_EXCLUDED_PLANTS)
        on_plants = {one.serial for listing in listed.values() for one in listing.items}
        self._places.start_round()
        placed: list[Device] = []
        # No one must wait forever because others are asked for again.
        for device in sorted(
            everywhere.items, key=lambda one: self._places.is_known(one.serial)
        ):
            if (
                device.serial in on_plants
                or FAMILIES[device.family].v1_type is not None
            ):
                # What V1 would list is of a plant left out, or of somebody else's.
                continue
            logger = loggers.get(device.datalogger_serial or device.serial)
            plant = (
                logger.plant_id
                if logger
                else await self._async_plant_of(device, listed)
            )
            if plant in listed or (plant is None and not leaves_out):
                placed.append(replace(device, plant_id=plant))
        # A list with nothing but what V1 lists too proves absences all the same.
        proving = everywhere.complete and bool(everywhere.items)
        return Listing(items=tuple(placed), complete=proving)

    @property
    def _known(self) -> Inventory:
        """Return what the account had when it was last asked for it."""
        return self.data or NO_INVENTORY

    async def _async_plant_of(
        self, device: Device, listed: Listings[Device]
    ) -> str | None:
        """Return the plant of a device that no plant lists, None where unknown."""
        place = await self._places.async_plant_of(device.serial)
        if place is None and len(self._plants) == 1:
            # Nobody else can have it where there is one plant.
            return next(iter(self._plants))
        known = self._known.devices.get(device.serial)
        if place is None and known and known.plant_id in listed:
            return known.plant_id
        return place

    def _loggers(self, listings: Listings[Datalogger]) -> Mapping[str, Datalogger]:
        """Return the data loggers after new lists."""
        known = self._known.dataloggers
        return self._settled(known, listings, self._absent_dataloggers)

    def _settled[ItemT: (Device, Datalogger)](
        self, known: Mapping[str, ItemT], listings: Listings[ItemT], absences: Absences
    ) -> Mapping[str, ItemT]:
        """Return what was found, and what was missing too seldom to be gone.

        Only a complete list with something on it proves an absence.
        """
        listed = {
            one.serial: one for listing in listings.values() for one in listing.items
        }
        candidates = {
            key: unseen(one)
            for key, one in known.items()
            if one.plant_id is None or one.plant_id in listings
        } | listed
        elsewhere = async_claim(self.hass, self.config_entry, candidates)
        proving = {
            plant
            for plant, listing in listings.items()
            if listing.complete and (listing.items or plant is None)
        }
        missing = {
            key
            for key, one in candidates.items()
            if key not in listed and list_of(one) in proving
        }
        gone = absences.gone(listed, missing) | elsewhere
        return {key: one for key, one in candidates.items() if key not in gone}
