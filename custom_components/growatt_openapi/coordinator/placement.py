"""Placement: the plants of devices that only V4 lists, which does not name them."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from homeassistant.util import dt as dt_util

from ..api import REFUSALS, Datalogger, Device, GrowattClient, GrowattError

# Growatt names the plant of one device a request.
LOOKUPS_AT_ONCE: Final = 20
# A device may be moved to another plant, or the look-up be granted later.
LOOKUP_EVERY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known about plants, data loggers and devices while devices are placed."""

    dataloggers: Mapping[str, Datalogger]
    devices: Mapping[str, Device]
    """The devices of the last inventory."""
    all_plants: Collection[str]
    plants: Collection[str]
    """The plants that are not left out."""
    leaves_out: bool
    """Whether plants are left out, so that a device without a plant may be theirs."""

    def logger_of(self, device: Device) -> Datalogger | None:
        """Return the data logger of a device, which may be the device itself."""
        return self.dataloggers.get(device.datalogger_serial or device.serial)


def placed(
    devices: Iterable[Device],
    around: Surroundings,
    looked_up: Mapping[str, str | None],
) -> tuple[Device, ...]:
    """Return the devices with their plants, without those of plants left out."""
    found = []
    for device in devices:
        plant_id = _plant_of(device, around, looked_up)
        if plant_id in around.plants or (plant_id is None and not around.leaves_out):
            found.append(replace(device, plant_id=plant_id))
    return tuple(found)


def _plant_of(
    device: Device, around: Surroundings, looked_up: Mapping[str, str | None]
) -> str | None:
    """Return the plant of a device that no plant lists, None where unknown."""
    if logger := around.logger_of(device):
        return logger.plant_id
    if (plant_id := looked_up.get(device.serial)) is not None:
        return plant_id
    if len(around.all_plants) == 1:
        # Nobody else can have it where there is one plant.
        return next(iter(around.all_plants))
    known = around.devices.get(device.serial)
    return known.plant_id if known and known.plant_id in around.plants else None


class PlantLookup:
    """Look-up of the plants of devices, one request each, a few at once."""

    def __init__(self, client: GrowattClient) -> None:
        """Initialize without knowing any plant."""
        self._client = client
        self._cache: dict[str, tuple[str | None, datetime]] = {}
        """The plant by serial, None where Growatt refused to name it, and when."""

    async def async_plants_of(self, serials: Iterable[str]) -> dict[str, str | None]:
        """Return the plants of devices as far as they are known."""
        quota = LOOKUPS_AT_ONCE
        now = dt_util.utcnow()
        found: dict[str, str | None] = {}
        # No device must wait forever because others are looked up again.
        for serial in sorted(serials, key=self._cache.__contains__):
            plant_id, requested = self._cache.get(serial, (None, None))
            if quota and (requested is None or now - requested >= LOOKUP_EVERY):
                quota -= 1
                plant_id = await self._async_look_up(serial, plant_id)
            found[serial] = plant_id
        return found

    async def _async_look_up(self, serial: str, known: str | None) -> str | None:
        """Return the plant of a device, the known one where the request fails."""
        with suppress(GrowattError):
            try:
                known = await self._client.plant_of(serial)
            except REFUSALS:
                known = None
            self._cache[serial] = known, dt_util.utcnow()
        return known
