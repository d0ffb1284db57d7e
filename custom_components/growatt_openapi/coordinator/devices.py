"""The newest values of the devices of one family, and whether new ones come."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..api import FAMILIES, ONLINE, Device, Family, Reading, Source
from ..catalog import PROFILES
from ..helpers import in_steps
from .base import MARGIN
from .daylight import DARK, LOW_SUN, Night
from .inventory import InventoryCoordinator
from .plants import PlantsCoordinator
from .readings import Readings, ReadingsCoordinator

QUIET_AFTER: Final = timedelta(minutes=20)
"""A device that uploaded nothing new for so long is not online."""


class DevicesCoordinator(ReadingsCoordinator):
    """The readings of the devices of one family, over all plants together."""

    def __init__(
        self,
        inventory: InventoryCoordinator,
        plants: PlantsCoordinator,
        night: Night,
        family: Family,
    ) -> None:
        """Initialize the coordinator of a family; plants know the clocks."""
        every = timedelta(seconds=FAMILIES[family].every) + MARGIN
        super().__init__(inventory, family, every)
        self._plants = plants
        self._night = night

    @property
    @override
    def morning(self) -> datetime | None:
        """Return when it is asked again after a night of rest, None without one."""
        return self._rest_until(self.data)

    @property
    def devices(self) -> Mapping[str, Device]:
        """Return the devices of the family."""
        return {
            serial: device
            for serial, device in self.inventory.data.devices.items()
            if device.family is self.family
        }

    @override
    def peak_power(self, key: str) -> float | None:
        """Return the peak power in kW of the plant of a device."""
        device = self.inventory.data.devices.get(key)
        return self._plants.peak_power(device.plant_id or "") if device else None

    @callback
    def async_follow_inventory(self) -> None:
        """Ask for a new device at once instead of in five minutes."""
        new = self.devices.keys() - self.data.keys()
        if self.inventory.last_update_success and new:
            self.config_entry.async_create_background_task(
                self.hass, self.async_request_refresh(), f"{self.name} new device"
            )

    @override
    async def _async_fetch(self) -> Readings:
        """Return the readings of all devices of the family."""
        devices = self.devices
        if not devices:
            return {}
        if self._rest_until(self.data):
            self._brought.update(dict.fromkeys(devices, dt_util.utcnow()))
            return self.data
        latest = await self.client.readings(self.family, devices)
        found = {
            serial: self._judged(devices[serial], reading)
            async for serial, reading in in_steps(latest.items.items())
        }
        return await self._async_merged(devices, found, latest.errors)

    @override
    def _usual_pause(self, data: Readings) -> timedelta | None:
        """Return how long to wait; in the dark not for an answer, but to be there.

        What sums powers up over time wants to hear now and then that nothing changed.
        """
        if not self.devices:
            return None
        if self._rest_until(data) is not None:
            return self._every
        return super()._usual_pause(data)

    def _judged(self, device: Device, reading: Reading) -> Reading:
        """Return a reading with its instant, and whether the device is online.

        A device is online while its readings change. Before the first change is seen,
        the device list decides; where that does not tell, or is older than the reading,
        the age of the reading.
        """
        now = dt_util.utcnow()
        updated = self._plants.clock(device.plant_id).instant(reading.wall)
        rhythm = self._listen(device.serial, reading, updated)
        if rhythm.advanced == now and reading.wall and not self.failures:
            # It was uploaded since it was last asked for, so just now.
            self._plants.hear(device.plant_id, reading.wall, now)
            updated = self._plants.clock(device.plant_id).instant(reading.wall)
        recalled = self.client.throttle.recalls
        newer = reading.wall and not (device.wall and device.wall >= reading.wall)
        untold = device.lost is None or recalled or (device.lost and newer)
        online = None if untold else not device.lost
        if rhythm.advanced is not None:
            online = now - rhythm.advanced < QUIET_AFTER
        elif online is None and updated is not None:
            online = now - updated < QUIET_AFTER
        return reading.judged(
            updated=updated,
            online=online,
            source=Source.LIVE
            if online is not False
            else self._source(device, reading, updated),
        )

    def _source(
        self, device: Device, reading: Reading, updated: datetime | None
    ) -> Source:
        """Return why a device uploads nothing new."""
        if self._night_of(device, reading, LOW_SUN):
            return Source.ASLEEP
        logger = self.inventory.data.dataloggers.get(device.datalogger_serial or "")
        if logger and updated and logger.updated and not logger.lost:
            # The list of loggers is old; all the more it tells if one spoke later.
            spoke = logger.updated - updated >= QUIET_AFTER
            return Source.CLOUD_LATE if spoke else Source.LOGGER_OFFLINE
        return Source.LOGGER_OFFLINE

    def _night_of(
        self, device: Device, reading: Reading, depression: float
    ) -> datetime | None:
        """Return when the night ends in which a device may sleep, None without one."""
        if not PROFILES[self.family].sleeps_with(reading):
            return None
        plant = self.inventory.data.plants.get(device.plant_id or "")
        return self._night.lasts_until(plant.place if plant else None, depression)

    def _rest_until(self, readings: Readings) -> datetime | None:
        """Return until when all devices rest, None while one of them may upload."""
        mornings = []
        for serial, device in self.devices.items():
            reading = readings.get(serial)
            if reading is None or not _is_quiet(device, reading):
                return None
            if (morning := self._night_of(device, reading, DARK)) is None:
                return None
            mornings.append(morning)
        return min(mornings, default=None)


def _is_quiet(device: Device, reading: Reading) -> bool:
    """Return whether a device has uploaded nothing new, also by the list of devices."""
    if device.wall and reading.wall and device.lost is False:
        return reading.flag(ONLINE) is False and device.wall <= reading.wall
    return reading.flag(ONLINE) is False
