"""The newest values of all things of one family, and what becomes of those without."""

from collections import deque
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Final, override

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..api import REFUSALS, Family, GrowattError, GrowattRateLimitError, Reading, Source
from ..helpers import LONGEST_STEP
from .base import FIVE_MINUTES, KEEP_VALUES, MARGIN, GrowattCoordinator
from .inventory import InventoryCoordinator
from .upload_schedule import Rhythm, best_pause

type Readings = Mapping[str, Reading]

NOTHING: Final = Reading()


class ReadingsCoordinator(GrowattCoordinator[Readings]):
    """The newest readings of all things of one family, by plant id or serial."""

    def __init__(
        self,
        inventory: InventoryCoordinator,
        family: Family,
        every: timedelta | None = FIVE_MINUTES,
    ) -> None:
        """Initialize the coordinator of what an inventory has of a family."""
        super().__init__(
            inventory.hass,
            inventory.config_entry,
            inventory.client,
            name=family.value,
            every=every,
        )
        self.family = family
        self.inventory = inventory
        self.data = {}
        self._brought: dict[str, datetime] = {}
        """When a thing last had a reading in an answer."""
        self._rhythms: dict[str, Rhythm] = {}
        """When a thing uploads."""
        self.only_remembers = False
        """Whether the newest answers are from before a restart."""
        self._all_refused = False
        self._outdated: deque[int] = deque()
        """The listeners that do not know the newest readings yet."""

    @property
    def morning(self) -> datetime | None:
        """Return when it is asked again after a night of rest, None without one."""
        return None

    def peak_power(self, key: str) -> float | None:
        """Return the peak power in kW of the plant a thing belongs to, where known."""
        return None

    @override
    def _usual_pause(self, data: Readings) -> timedelta | None:
        """Return how long to wait, so that what comes next has just been uploaded."""
        if self._every is None:
            return None
        between = (self._every - MARGIN).total_seconds()
        # What is no longer there must not be waited for.
        self._rhythms = {key: one for key, one in self._rhythms.items() if key in data}
        return best_pause(
            self._every, self._rhythms.values(), between, dt_util.utcnow()
        )

    @override
    def _unanswered(self, err: GrowattError) -> Readings:
        """Return the last readings, with the reason why there are no newer ones."""
        return {
            key: reading.without_answer(source_without(err), gone=reading.gone)
            for key, reading in self.data.items()
        }

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Update all listeners, in large accounts bit by bit."""
        self._outdated = deque(self._listeners)
        self._update_some()

    def _update_some(self) -> None:
        """Update listeners for a moment; the others have their turn soon."""
        end = monotonic() + LONGEST_STEP
        while self._outdated:
            listener, _ = self._listeners.get(self._outdated.popleft(), (None, None))
            try:
                if listener is not None:
                    listener()
            except Exception:  # one entity must not keep the others from theirs
                self.logger.exception("Unexpected error updating %s", self.name)
            if monotonic() >= end:
                self.config_entry.async_create_background_task(
                    self.hass,
                    self._update_rest(),
                    f"{self.name} listeners",
                    eager_start=False,
                )
                return

    async def _update_rest(self) -> None:
        """Go on with the listeners after others had their turn."""
        self._update_some()

    def _listen(self, key: str, reading: Reading, updated: datetime | None) -> Rhythm:
        """Return the rhythm of a thing, after looking at its newest upload."""
        every = (self._every or FIVE_MINUTES) - MARGIN
        rhythm = self._rhythms.setdefault(key, Rhythm(every.total_seconds()))
        # What is only remembered does not tell when it could be seen.
        if not self.client.throttle.recalls:
            rhythm.look(reading.wall, updated, dt_util.utcnow())
        return rhythm

    async def _async_merged(
        self,
        wanted: Collection[str],
        found: Readings,
        errors: Mapping[str, GrowattError],
        keep: timedelta = KEEP_VALUES,
    ) -> Readings:
        """Return the new readings, and for a while the old ones of what is missing.

        Raises the error of an answer that brought nothing; one that refused everything
        puts the token in doubt.
        """
        refused = {key for key, err in errors.items() if isinstance(err, REFUSALS)}
        all_refused = bool(wanted) and refused.issuperset(wanted)
        if all_refused and not self._all_refused:
            await self.inventory.async_doubt_token()
        self._all_refused = all_refused
        if errors and not found:
            passing = (err for key, err in errors.items() if key not in refused)
            raise next(passing, next(iter(errors.values())))
        self.only_remembers = self.client.throttle.recalls
        now = dt_util.utcnow()
        self._brought.update(dict.fromkeys(found, now))
        silent = {
            key: self.data.get(key, NOTHING).without_answer(
                source_without(errors.get(key)),
                gone=key in refused or now - self._brought.get(key, now - keep) >= keep,
            )
            for key in wanted
            if key not in found
        }
        return {**silent, **found}


def source_without(err: GrowattError | None) -> Source:
    """Return why a question brought nothing new of a thing."""
    if isinstance(err, REFUSALS):
        return Source.REFUSED
    if isinstance(err, GrowattRateLimitError):
        return Source.RATE_LIMITED
    return Source.CLOUD_LATE
