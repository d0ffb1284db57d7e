"""Readings: the newest values of everything of one family."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, override

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.util import dt as dt_util

from ..api import REFUSALS, Family, GrowattError, GrowattRateLimitError, Reading
from ..catalog import DataStatus, Offer, Snapshot
from .base import GrowattCoordinator
from .inventory import InventoryCoordinator
from .outage import KEEP_VALUES
from .sources import Listeners, Snapshots
from .upload_schedule import FIVE_MINUTES, MARGIN, UploadSchedule, next_poll_delay

NOTHING: Final = Snapshot()


class ReadingsCoordinator(GrowattCoordinator[Snapshots]):
    """The snapshots of everything of one family, by plant id or serial."""

    offers = Offer.READINGS

    def __init__(
        self,
        inventory: InventoryCoordinator,
        family: Family,
        interval: timedelta = FIVE_MINUTES,
    ) -> None:
        """Initialize the coordinator of what an inventory has of a family."""
        super().__init__(inventory.context, kind=family.value, interval=interval)
        self.family = family
        self.inventory = inventory
        self.data = {}
        self._schedules: dict[str, UploadSchedule] = {}
        self._sliced = Listeners(inventory.context, self.name)

    @property
    def resting_until(self) -> datetime | None:
        """Return when requests begin again after a night, None outside of a night."""
        return None

    def peak_power(self, key: str) -> float | None:
        """Return the peak power in kW of the plant of a thing, None if unknown."""
        return None

    @callback
    @override
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Add a listener, which is updated in slices."""
        removals = (
            super().async_add_listener(update_callback, context),
            self._sliced.add(update_callback),
        )

        def remove() -> None:
            for removal in removals:
                removal()

        return remove

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Update all listeners, in slices."""
        self._sliced.update()

    @override
    def _usual_pause(self, data: Snapshots) -> timedelta | None:
        """Return the time to the next request, which is best just after an upload."""
        between = (self._interval - MARGIN).total_seconds()
        # What is no longer there must not be waited for.
        self._schedules = {
            key: schedule for key, schedule in self._schedules.items() if key in data
        }
        return next_poll_delay(
            self._interval, self._schedules.values(), between, dt_util.utcnow()
        )

    @override
    def _stale_data(self, err: GrowattError) -> Snapshots:
        """Return the last snapshots, with the reason why there are no newer ones."""
        status = status_without(err)
        return {
            key: snapshot.as_stale(status, expired=self.expired or snapshot.expired)
            for key, snapshot in self.data.items()
        }

    def _observe_upload(
        self, key: str, reading: Reading, updated: datetime | None
    ) -> UploadSchedule:
        """Return the upload schedule of a thing after its newest reading."""
        interval = (self._interval - MARGIN).total_seconds()
        schedule = self._schedules.setdefault(key, UploadSchedule(interval))
        # A restored reading does not prove when it could first be seen.
        if not self.context.restoring:
            schedule.observe(reading.wall, updated, dt_util.utcnow())
        return schedule

    async def _async_merged(
        self,
        wanted: Collection[str],
        found: Snapshots,
        errors: Mapping[str, GrowattError],
        keep: timedelta = KEEP_VALUES,
    ) -> Snapshots:
        """Return the new snapshots, and for a while the old ones of what is missing.

        Raises the error of a request that returned nothing; one that was refused for
        everything puts the token in doubt.
        """
        refused = {key for key, err in errors.items() if isinstance(err, REFUSALS)}
        all_refused = bool(wanted) and refused.issuperset(wanted)
        await self.inventory.async_note_refusals(self.kind, all_refused=all_refused)
        if errors and not found:
            passing = (err for key, err in errors.items() if key not in refused)
            raise next(passing, next(iter(errors.values())))
        now = dt_util.utcnow()
        merged: dict[str, Snapshot] = {}
        for key in wanted:
            if key in found:
                continue
            snapshot = self.data.get(key, NOTHING)
            expired = key in refused or now - (snapshot.received or now - keep) >= keep
            status = status_without(errors.get(key))
            merged[key] = snapshot.as_stale(status, expired=expired)
        return merged | {
            key: replace(snapshot, received=now) for key, snapshot in found.items()
        }


def status_without(err: GrowattError | None) -> DataStatus:
    """Return why a request returned nothing new of a thing."""
    if isinstance(err, REFUSALS):
        return DataStatus.REFUSED
    if isinstance(err, GrowattRateLimitError):
        return DataStatus.RATE_LIMITED
    return DataStatus.CLOUD_LATE
