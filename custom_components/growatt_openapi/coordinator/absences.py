"""Whether something that is missing from a list is gone, or was only forgotten."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from homeassistant.util import dt as dt_util

# Growatt now and then leaves something off a list, so one absence proves nothing.
ABSENCES_THAT_PROVE: Final = 3


class Absences:
    """How often in a row things were missing from a list."""

    def __init__(self, every: timedelta) -> None:
        """Initialize the count with the time after which a list is a new one."""
        self._every = every
        self._counted: datetime | None = None
        self._times: Counter[str] = Counter()

    def gone(self, found: Collection[str], missing: Collection[str]) -> set[str]:
        """Return what is gone, after counting what a new list lacks."""
        for key in found:
            del self._times[key]
        now = dt_util.utcnow()
        if self._counted is None or now - self._counted >= self._every:
            self._counted = now
            self._times.update(missing)
        return {
            key for key, times in self._times.items() if times >= ABSENCES_THAT_PROVE
        }
