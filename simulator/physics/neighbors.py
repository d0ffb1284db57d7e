"""Neighbors of an inverter: heaters and meters that depend on the same house."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from itertools import accumulate

from .flows import Flows, Source
from .sky import SLOTS

DAYS_KEPT = 8
"""Days kept slot by slot; older days are simulated again on demand."""


class DerivedSource:
    """A source computed from others by a linear function of their flows."""

    def __init__(self, function: Callable[..., Flows], *sources: Source) -> None:
        """Initialize with the function, and the sources of its arguments."""
        self._function = function
        self._sources = sources

    def power(self, day: date, slot: int) -> Flows:
        """Return the powers during a slot."""
        return self._function(*(source.power(day, slot) for source in self._sources))

    def since_midnight(self, day: date, slot: int) -> Flows:
        """Return the sums of a day up to and with a slot."""
        flows = (source.since_midnight(day, slot) for source in self._sources)
        return self._function(*flows)

    def before(self, day: date) -> Flows:
        """Return the sums of all days before."""
        return self._function(*(source.before(day) for source in self._sources))

    def soc(self, day: date, slot: int) -> int:
        """Return 0: there is no battery."""
        return 0


SHARE = 80
"""Percent of the surplus that a heater uses; it cannot follow every change."""


class Heater:
    """A load that uses the surplus of its house, up to its own power."""

    def __init__(self, house: Source, rated: int, start: date) -> None:
        """Initialize with its rated power in tenths of a watt, and its first day."""
        self._house = house
        self._rated = rated
        self._start = start
        self._mornings = [0]
        self._days: dict[date, list[int]] = {}

    def _heating(self, day: date, slot: int) -> int:
        """Return the power during a slot."""
        surplus = self._house.power(day, slot).exported
        return min(surplus * SHARE // 100, self._rated)

    def _day(self, day: date) -> list[int]:
        """Return the sums of a day up to and with each slot."""
        if day not in self._days:
            if len(self._days) > DAYS_KEPT:
                self._days.clear()
            powers = (self._heating(day, slot) for slot in range(SLOTS))
            self._days[day] = list(accumulate(powers))
        return self._days[day]

    def power(self, day: date, slot: int) -> Flows:
        """Return the powers during a slot."""
        return Flows(load=self._heating(day, slot))

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
        """Return 0: there is no battery."""
        return 0


@lru_cache(maxsize=16)
def heater(house: Source, rated: int, start: date) -> Heater:
    """Return a heater, cached since its past takes time to simulate."""
    return Heater(house, rated, start)


def with_heater(house: Flows, heating: Flows) -> Flows:
    """Return the flows of a house together with those of its heater."""
    load, exported = house.load + heating.load, house.exported - heating.load
    return house._replace(load=load, exported=exported)


def output_as_import(inverter: Flows) -> Flows:
    """Return the flows of a meter that counts the output of an inverter as import."""
    return inverter._replace(imported=inverter.ac)
