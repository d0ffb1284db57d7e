"""What stands beside an inverter: how it sees the powers of its house."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from itertools import accumulate

from .energy import Flows, Source
from .sky import SLOTS

DAYS_KEPT = 8
"""Days a heater keeps slot by slot; older ones are heated again when asked for."""


class Seen:
    """Sources as something else sees them; the view must be linear."""

    def __init__(self, view: Callable[..., Flows], *sources: Source) -> None:
        """Initialize with what makes one number of each quantity out of several."""
        self._view = view
        self._sources = sources

    def power(self, day: date, slot: int) -> Flows:
        """Return the powers during a slot."""
        return self._view(*(one.power(day, slot) for one in self._sources))

    def since_midnight(self, day: date, slot: int) -> Flows:
        """Return the sums of a day up to and with a slot."""
        return self._view(*(one.since_midnight(day, slot) for one in self._sources))

    def before(self, day: date) -> Flows:
        """Return the sums of all days before."""
        return self._view(*(one.before(day) for one in self._sources))

    def soc(self, day: date, slot: int) -> int:
        """Return 0: what only looks has no battery."""
        return 0


SHARE = 80
"""Percent of the spare power that a heater takes; it cannot follow every change."""


class Heater:
    """A load that takes of what its house would export, up to its own power."""

    def __init__(self, house: Source, most: int, start: date) -> None:
        """Initialize with the most it takes, in tenths of a watt, and its first day."""
        self._house = house
        self._most = most
        self._start = start
        self._mornings = [0]
        self._days: dict[date, list[int]] = {}

    def _taken(self, day: date, slot: int) -> int:
        """Return the power during a slot."""
        spare = self._house.power(day, slot).exported
        return min(spare * SHARE // 100, self._most)

    def _day(self, day: date) -> list[int]:
        """Return the sums of a day up to and with each slot."""
        if day not in self._days:
            if len(self._days) > DAYS_KEPT:
                self._days.clear()
            taken = (self._taken(day, slot) for slot in range(SLOTS))
            self._days[day] = list(accumulate(taken))
        return self._days[day]

    def power(self, day: date, slot: int) -> Flows:
        """Return the powers during a slot."""
        return Flows(load=self._taken(day, slot))

    def since_midnight(self, day: date, slot: int) -> Flows:
        """Return the sums of a day up to and with a slot."""
        return Flows(load=self._day(day)[slot])

    def before(self, day: date) -> Flows:
        """Return the sums of all days before."""
        index = max(0, (day - self._start).days)
        while len(self._mornings) <= index:
            last = date.fromordinal(self._start.toordinal() + len(self._mornings) - 1)
            self._mornings.append(self._mornings[-1] + self._day(last)[-1])
        return Flows(load=self._mornings[index])

    def soc(self, day: date, slot: int) -> int:
        """Return 0: it has no battery."""
        return 0


@lru_cache(maxsize=16)
def heater(house: Source, most: int, start: date) -> Heater:
    """Return a heater, shared by equal clouds since its past takes time to live."""
    return Heater(house, most, start)


def heated(house: Flows, taken: Flows) -> Flows:
    """Return what the meter of a house sees, once its heater takes its share."""
    load, exported = house.load + taken.load, house.exported - taken.load
    return house._replace(load=load, exported=exported)


def produced(inverter: Flows) -> Flows:
    """Return what a meter sees that counts what an inverter gives."""
    return inverter._replace(imported=inverter.ac)
