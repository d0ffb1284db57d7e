"""Flows: powers and energies on a five-minute grid, in whole numbers.

Powers are whole tenths of a watt, constant for a slot of 300 s; energies are sums of
such powers, so 12 000 make 0.1 kWh and no rounding ever enters a counter.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Protocol

SUMS_PER_TENTH_KWH = 12_000
SUMS_PER_WATT_HOUR = 120


class Flows(NamedTuple):
    """Powers in tenths of a watt, or their sums over slots."""

    ac: int = 0
    load: int = 0
    imported: int = 0
    exported: int = 0
    charged: int = 0
    discharged: int = 0
    strings: tuple[int, ...] = ()

    @property
    def pv(self) -> int:
        """Return the power of all strings together."""
        return sum(self.strings)

    def plus(self, other: Flows) -> Flows:
        """Return the sums of both, quantity by quantity."""
        return total_of((self, other))

    def times(self, count: int, parts: int) -> Flows:
        """Return `count` of `parts` equal parts of every quantity."""
        sums = (flow // parts * count for flow in self[:-1])
        ac, load, imported, exported, charged, discharged = sums
        each = tuple(flow // parts * count for flow in self.strings)
        return Flows(ac, load, imported, exported, charged, discharged, each)


def total_of(flows: Iterable[Flows]) -> Flows:
    """Return the sums of many flows."""
    *sums, strings = zip(*flows, strict=True)
    ac, load, imported, exported, charged, discharged = map(sum, sums)
    each = tuple(map(sum, zip(*strings, strict=True)))
    return Flows(ac, load, imported, exported, charged, discharged, each)


class Source(Protocol):
    """A source of powers; days are plant-local, slots count from 0."""

    def power(self, day: date, slot: int) -> Flows:
        """Return the powers during a slot."""

    def since_midnight(self, day: date, slot: int) -> Flows:
        """Return the sums of a day up to and with a slot."""

    def before(self, day: date) -> Flows:
        """Return the sums of all days before."""

    def soc(self, day: date, slot: int) -> int:
        """Return the state of charge after a slot in percent, 0 without a battery."""
