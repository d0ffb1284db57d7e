"""Which plants, data loggers and devices the account has; changes rarely."""

from asyncio import gather
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.core import HomeAssistant

from .absences import Absences
from .api import (
    FAMILIES,
    REFUSALS,
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
from .const import CONF_EXCLUDED_PLANTS
from .coordinator import FIVE_MINUTES, GrowattConfigEntry, GrowattCoordinator
from .served import async_claim, async_release

type Listings[ItemT] = Mapping[str | None, Listing[ItemT]]

DEVICES_EVERY: Final = timedelta(hours=1)
# The list of plants may be asked for ten times a day.
PLANTS_EVERY: Final = timedelta(hours=2, minutes=55)
NO_PLANTS_EVERY: Final = timedelta(hours=2, minutes=40)
# Growatt names the plant of one device a call.
PLACES_AT_ONCE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What the account has, without what is left out; by plant id and serial."""

    all_plants: Mapping[str, Plant]
    plants: Mapping[str, Plant]
    dataloggers: Mapping[str, Datalogger]
    devices: Mapping[str, Device]

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
        self._absent_plants = Absences(PLANTS_EVERY)
        self._absent_dataloggers = Absences(FIVE_MINUTES)
        self._absent_devices = Absences(FIVE_MINUTES)
        self._plants: Mapping[str, Plant] = {}
        self._token_is_doubtful = False
        self._places: dict[str, str | None] = {}
        """The plants of devices that no plant lists, None where no one knows."""
        self._questions_left = PLACES_AT_ONCE

    async def async_doubt_token(self) -> None:
        """Ask for the plants soon, because everything else was refused."""
        self._token_is_doubtful = True
        await self.async_request_refresh()

    @override
    async def _async_fetch(self) -> Inventory:
        """Return what the account has now."""
        all_plants = await self._async_plants()
        left_out = self.config_entry.options.get(CONF_EXCLUDED_PLANTS, [])
        wanted = [key for key in all_plants if key not in left_out]
        elsewhere = async_claim(self.hass, self.config_entry, wanted)
        plants = {key: all_plants[key] for key in wanted if key not in elsewhere}
        devices, dataloggers = await self._async_lists(tuple(plants))
        known = self.data
        inventory = Inventory(
            all_plants=all_plants,
            plants=plants,
            dataloggers=self._settled(
                known.dataloggers if known else {},
                dataloggers,
                self._absent_dataloggers,
            ),
            devices=self._settled(
                known.devices if known else {}, devices, self._absent_devices
            ),
        )
        async_release(self.hass, self.config_entry, inventory.keys)
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
        if not found and not self._plants:
            raise GrowattNoPlantsError("v1/plant/list")
        missing = self._plants.keys() - found.keys()
        proving = listing.complete and bool(found)
        gone = self._absent_plants.gone(found, missing if proving else ())
        kept = {key: one for key, one in self._plants.items() if key not in gone}
        self._plants = {**kept, **found}
        return self._plants

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
            _or_error(self.client.all_devices),
            *(_or_error(self.client.devices, one) for one in plants),
            *(_or_error(self.client.dataloggers, one) for one in plants),
        )
        devices = dict(zip(plants, answers[: len(plants)], strict=True))
        dataloggers = _listings(zip(plants, answers[len(plants) :], strict=True))
        errors = [one for one in devices.values() if isinstance(one, GrowattError)]
        if errors and len(errors) == len(plants):
            raise errors[0]
        listed = _listings(devices.items())
        placed = await self._async_placed(everywhere, listed, dataloggers)
        return placed, dataloggers

    async def _async_placed(
        self,
        everywhere: Listing[Device] | GrowattError,
        listed: Listings[Device],
        dataloggers: Listings[Datalogger],
    ) -> Listings[Device]:
        """Return the lists with what only V4 lists, which does not tell the plant."""
        if isinstance(everywhere, GrowattError):
            # A token that may not use V4 has nothing there; else there is no telling.
            known = isinstance(everywhere, REFUSALS)
            everywhere = Listing(items=(), complete=known)
        found: dict[str | None, dict[str, Device]] = {
            plant: {one.serial: one for one in listing.items}
            for plant, listing in listed.items()
        }
        homes = {serial: plant for plant, ones in found.items() for serial in ones}
        found[None] = {}
        self._questions_left = PLACES_AT_ONCE
        loggers = dict(self.data.dataloggers) if self.data else {}
        for loggers_of_plant in dataloggers.values():
            loggers |= {one.serial: one for one in loggers_of_plant.items}
        for device in everywhere.items:
            serial = device.serial
            if (home := homes.get(serial)) is not None:
                described = found[home][serial]
                if described.family is Family.UNMAPPED:
                    found[home][serial] = replace(described, family=device.family)
                continue
            if FAMILIES[device.family].v1_type is not None:
                # Of a plant that is left out, or of somebody else's.
                continue
            logger = loggers.get(device.datalogger_serial or serial)
            plant = logger.plant_id if logger else await self._async_plant_of(serial)
            if plant in listed or (plant is None and not self._leaves_out):
                found[plant][serial] = replace(device, plant_id=plant)
        return {
            plant: Listing(
                items=tuple(devices.values()),
                complete=everywhere.complete
                and (plant is None or listed[plant].complete),
            )
            for plant, devices in found.items()
        }

    @property
    def _leaves_out(self) -> bool:
        """Return whether the owner left out plants."""
        return bool(self.config_entry.options.get(CONF_EXCLUDED_PLANTS))

    async def _async_plant_of(self, serial: str) -> str | None:
        """Return the plant of a device that no plant lists, None where unknown."""
        if serial not in self._places and self._questions_left:
            self._questions_left -= 1
            try:
                self._places[serial] = await self.client.plant_of(serial)
            except REFUSALS:
                # Nobody else can have it where there is one plant.
                alone = len(self._plants) == 1
                self._places[serial] = next(iter(self._plants)) if alone else None
            except GrowattError:
                return None
        return self._places.get(serial)

    def _settled[ItemT: (Device, Datalogger)](
        self,
        known: Mapping[str, ItemT],
        listings: Listings[ItemT],
        absences: Absences,
    ) -> Mapping[str, ItemT]:
        """Return what was found, and what was missing too seldom to be gone.

        Only a complete list with something on it proves an absence.
        """
        listed = {
            one.serial: one for listing in listings.values() for one in listing.items
        }
        candidates = {
            key: one for key, one in known.items() if one.plant_id in listings
        } | listed
        elsewhere = async_claim(self.hass, self.config_entry, candidates)
        missing = {
            key
            for key, one in candidates.items()
            if key not in listed
            and listings[one.plant_id].complete
            and listings[one.plant_id].items
        }
        gone = absences.gone(listed, missing) | elsewhere
        return {key: one for key, one in candidates.items() if key not in gone}


def _listings(answers: Iterable[tuple[str, Any]]) -> dict[str | None, Listing[Any]]:
    """Return the lists, an incomplete empty one in place of an error."""
    return {
        plant: one if isinstance(one, Listing) else Listing(items=(), complete=False)
        for plant, one in answers
    }


async def _or_error(
    question: Callable[..., Awaitable[Listing[Any]]], *about: str
) -> Listing[Any] | GrowattError:
    """Return a list, or why there is none."""
    try:
        return await question(*about)
    except GrowattError as err:
        return err
