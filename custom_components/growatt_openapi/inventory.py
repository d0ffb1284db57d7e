"""Which plants, data loggers and devices the account has; changes rarely."""

from asyncio import gather
from collections import Counter
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, override

from homeassistant.core import HomeAssistant
from homeassistant.helpers.update_coordinator import UpdateFailed
from homeassistant.util import dt as dt_util

from .api import (
    Datalogger,
    Device,
    GrowattClient,
    GrowattNotFoundError,
    GrowattPermissionError,
    Listing,
    Plant,
)
from .const import CONF_EXCLUDED_PLANTS, DOMAIN
from .coordinator import (
    LONGEST_PAUSE,
    GrowattConfigEntry,
    GrowattCoordinator,
    async_side_by_side,
)
from .served import async_served_keys

DEVICES_EVERY: Final = timedelta(hours=1)
# The list of plants may be asked for ten times a day.
PLANTS_EVERY: Final = timedelta(hours=3)
# Growatt now and then leaves something off a list, so one absence proves nothing.
ABSENCES_THAT_PROVE: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What the account has, without what is left out; by plant id and serial."""

    all_plants: Mapping[str, Plant]
    plants: Mapping[str, Plant]
    dataloggers: Mapping[str, Datalogger]
    devices: Mapping[str, Device]
    unknown_types: tuple[int, ...]
    """The numbers of device types no family is known for."""

    @property
    def keys(self) -> set[str]:
        """Return the plant ids and serials of everything."""
        return {*self.plants, *self.dataloggers, *self.devices}


class InventoryCoordinator(GrowattCoordinator[Inventory]):
    """Ask for the lists of plants, data loggers and devices."""

    def __init__(
        self, hass: HomeAssistant, entry: GrowattConfigEntry, client: GrowattClient
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(hass, entry, client, name="inventory", every=DEVICES_EVERY)
        self._absences: Counter[str] = Counter()
        self._plants: Mapping[str, Plant] = {}
        self._plants_due = dt_util.utcnow()

    async def async_doubt_token(self) -> None:
        """Ask for the plants soon, because everything else was refused."""
        self._plants_due = dt_util.utcnow()
        await self.async_request_refresh()

    @override
    async def _async_fetch(self) -> Inventory:
        """Return what the account has now."""
        all_plants = await self._async_plants()
        if not all_plants:
            raise UpdateFailed(
                translation_domain=DOMAIN,
                translation_key="no_plants",
                retry_after=LONGEST_PAUSE.total_seconds(),
            )
        left_out = {
            *self.config_entry.options.get(CONF_EXCLUDED_PLANTS, []),
            *async_served_keys(self.hass, besides=self.config_entry),
        }
        plants = {key: one for key, one in all_plants.items() if key not in left_out}
        devices, dataloggers = await gather(
            async_side_by_side(
                *(_or_nothing(self.client.devices(plant_id)) for plant_id in plants)
            ),
            async_side_by_side(
                *(_or_nothing(self.client.dataloggers(plant_id)) for plant_id in plants)
            ),
        )
        known = self.data
        return Inventory(
            all_plants=all_plants,
            plants=plants,
            dataloggers=self._settled_list(
                known.dataloggers if known else {}, dataloggers, plants
            ),
            devices=self._settled_list(known.devices if known else {}, devices, plants),
            unknown_types=tuple(
                one for listing in devices for one in listing.unknown_types
            ),
        )

    async def _async_plants(self) -> Mapping[str, Plant]:
        """Return the plants of the token, asked for only now and then."""
        if not self._plants or dt_util.utcnow() >= self._plants_due:
            found = {plant.plant_id: plant for plant in await self.client.plants()}
            self._plants = self._settled(self._plants, found, complete=True)
            self._plants_due = dt_util.utcnow() + PLANTS_EVERY
        return self._plants

    def _settled_list[ItemT: (Device, Datalogger)](
        self,
        known: Mapping[str, ItemT],
        listings: list[Listing[ItemT]],
        plants: Mapping[str, Plant],
    ) -> Mapping[str, ItemT]:
        """Return what the lists of the plants say together."""
        elsewhere = async_served_keys(self.hass, besides=self.config_entry)
        return self._settled(
            {key: one for key, one in known.items() if one.plant_id in plants},
            {
                one.serial: one
                for listing in listings
                for one in listing.items
                if one.serial not in elsewhere
            },
            complete=all(listing.complete for listing in listings),
        )

    def _settled[ItemT](
        self, known: Mapping[str, ItemT], found: Mapping[str, ItemT], *, complete: bool
    ) -> Mapping[str, ItemT]:
        """Return what was found, and what was missing too seldom to be gone."""
        for key in found:
            self._absences.pop(key, None)
        missing = known.keys() - found.keys()
        if complete and found:
            self._absences.update(missing)
        kept = {
            key: known[key]
            for key in known
            if key in missing and self._absences[key] < ABSENCES_THAT_PROVE
        }
        return {**kept, **found}


async def _or_nothing[ItemT](question: Awaitable[Listing[ItemT]]) -> Listing[ItemT]:
    """Return a list of a plant, an incomplete one where the plant is refused."""
    try:
        return await question
    except GrowattPermissionError, GrowattNotFoundError:
        return Listing(items=(), complete=False)
