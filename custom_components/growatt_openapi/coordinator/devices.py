"""Readings of the devices of one family, over all plants together."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import override

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..api import FAMILIES, Device, Family, Reading
from ..catalog import PROFILES, Snapshot
from ..helpers import async_iterate_in_slices
from .daylight import DARK, LOW_SUN, Daylight
from .inventory import InventoryCoordinator
from .plants import PlantsCoordinator
from .readings import ReadingsCoordinator
from .sources import Snapshots
from .status import Observation, status_of
from .upload_schedule import MARGIN


class DevicesCoordinator(ReadingsCoordinator):
    """Coordinator of the readings of the devices of one family."""

    def __init__(
        self,
        inventory: InventoryCoordinator,
        plants: PlantsCoordinator,
        daylight: Daylight,
        family: Family,
    ) -> None:
        """Initialize the coordinator of a family; the plants provide the clocks."""
        interval = timedelta(seconds=FAMILIES[family].every) + MARGIN
        super().__init__(inventory, family, interval)
        self._plants = plants
        self._daylight = daylight

    @property
    @override
    def resting_until(self) -> datetime | None:
        """Return when requests begin again after a night, None outside of a night."""
        return self._resting_until(self.data)

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
        """Request a new device at once instead of in five minutes."""
        new = self.devices.keys() - self.data.keys()
        if self.inventory.outage is None and new:
            self.config_entry.async_create_background_task(
                self.hass, self.async_request_refresh(), f"{self.name} new device"
            )

    @override
    async def _async_fetch(self) -> Snapshots:
        """Return the snapshots of all devices of the family."""
        devices = self.devices
        if not devices:
            return {}
        if self._resting_until(self.data):
            now = dt_util.utcnow()
            # A night's rest does not count as the absence of a reading.
            return {
                key: replace(snapshot, received=now)
                for key, snapshot in self.data.items()
            }
        latest = await self.client.readings(self.family, devices)
        found = {
            serial: self._snapshot(devices[serial], reading)
            async for serial, reading in async_iterate_in_slices(latest.items.items())
        }
        return await self._async_merged(devices, found, latest.errors)

    @override
    def _usual_pause(self, data: Snapshots) -> timedelta | None:
        """Return the time to the next request; at night it costs none.

        Helpers that integrate power over time need to be updated all the same.
        """
        if not self.devices:
            return None
        if self._resting_until(data) is not None:
            return self._interval
        return super()._usual_pause(data)

    def _snapshot(self, device: Device, reading: Reading) -> Snapshot:
        """Return a reading with the instant of its upload, and its status."""
        now = dt_util.utcnow()
        updated = self._plants.clock(device.plant_id).instant(reading.wall)
        schedule = self._observe_upload(device.serial, reading, updated)
        if schedule.last_new_upload == now and reading.wall and not self.outage:
            # It was uploaded since the last request, so just now.
            self._plants.observe_clock(device.plant_id, reading.wall, now)
            updated = self._plants.clock(device.plant_id).instant(reading.wall)
        snapshot = Snapshot.of(
            reading, updated=updated, received=now, restored=self.context.restoring
        )
        logger = self.inventory.data.dataloggers.get(device.datalogger_serial or "")
        seen = Observation(
            now=now,
            updated=updated,
            last_new_upload=schedule.last_new_upload,
            listed_offline=self._listed_offline(device, reading),
            is_dark=self._dark_until(device, snapshot, LOW_SUN) is not None,
            logger_contact=logger.updated if logger and not logger.lost else None,
        )
        status = status_of(seen)
        return replace(snapshot, online=status.online, status=status.data_status)

    def _listed_offline(self, device: Device, reading: Reading) -> bool | None:
        """Return what the list of devices shows, None where it proves nothing.

        A list from before a restart, or one in which a device is offline that has
        uploaded since, is outdated.
        """
        if self.context.restoring:
            return None
        is_listed_later = device.wall and reading.wall and device.wall >= reading.wall
        if device.lost and reading.wall and not is_listed_later:
            return None
        return device.lost

    def _dark_until(
        self, device: Device, snapshot: Snapshot, depression: float
    ) -> datetime | None:
        """Return the end of a night in which a device may sleep, None without one."""
        profile = PROFILES[self.family]
        if not profile.sleeps:
            return None
        plant = self.inventory.data.plants.get(device.plant_id or "")
        until = self._daylight.dark_until(plant.place if plant else None, depression)
        return until if until and profile.sleeps_with(snapshot) else None

    def _resting_until(self, snapshots: Snapshots) -> datetime | None:
        """Return until when all devices rest, None while one of them may upload."""
        mornings = []
        for serial, device in self.devices.items():
            snapshot = snapshots.get(serial)
            if snapshot is None or not _is_quiet(device, snapshot):
                return None
            if (morning := self._dark_until(device, snapshot, DARK)) is None:
                return None
            mornings.append(morning)
        return min(mornings, default=None)


def _is_quiet(device: Device, snapshot: Snapshot) -> bool:
    """Return whether a device has uploaded nothing new, also by the list of devices."""
    if device.wall and snapshot.wall and device.lost is False:
        return snapshot.online is False and device.wall <= snapshot.wall
    return snapshot.online is False
