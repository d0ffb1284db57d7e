"""Absences: debouncing of what a list lacks, before it counts as gone."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from homeassistant.util import dt as dt_util

# Growatt now and then leaves something off a list, so a single absence proves nothing.
ABSENCES_THAT_PROVE: Final = 3


class AbsenceTracker:
    """Count of the lists in a row that lacked something."""

    def __init__(self, interval: timedelta) -> None:
        """Initialize the count with the time after which a list is a new one."""
        self._interval = interval
        self._counted: datetime | None = None
        self._times: Counter[str] = Counter()

    def confirmed(self, listed: Collection[str], missing: Collection[str]) -> set[str]:
        """Return what is gone, after counting what a new list lacks."""
        for key in listed:
            del self._times[key]
        now = dt_util.utcnow()
        if self._counted is None or now - self._counted >= self._interval:
            self._counted = now
            self._times.update(missing)
        return {
            key for key, times in self._times.items() if times >= ABSENCES_THAT_PROVE
        }
