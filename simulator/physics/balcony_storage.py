"""Balcony storage: a household whose battery feeds the house up to 800 W."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import ClassVar, override

from .home import EFFICIENCY, Battery, Home, household
from .panels import PvString

PACKS = Battery(capacity=4_096, power=20_000, floor=10)
OUTPUT = 8_000
"""The largest output in tenths of a watt."""


class BalconyStorageHome(Home):
    """The household as a balcony storage sees it, on a one-minute grid.

    The inverter beside it is unknown to the storage: its output lowers the load, which
    may be negative.
    """

    # Whole watts: as on the wire, and a fifth of a slot can be counted in them.
    grain: ClassVar = 10

    def __init__(
        self,
        panels: tuple[PvString, ...],
        other_panels: tuple[PvString, ...],
        seed: str,
        start: date,
    ) -> None:
        """Initialize with the panels of the storage and of the inverter beside it."""
        super().__init__(panels, PACKS, seed, start, EFFICIENCY)
        self._other_panels = other_panels

    @override
    def _loads(self, day: date) -> Iterable[int]:
        """Return the load that is left for the storage and the grid in each slot."""
        other = [
            [string.ac * unit for unit in string.roof.units(day)]
            for string in self._other_panels
        ]
        for load, *given in zip(household(self._seed, day), *other, strict=True):
            yield self._whole(load - sum(given))

    @override
    def _slot(self, pv: int, load: int, stored: int) -> tuple[int, int]:
        """Return charging and discharging power, within the largest output."""
        return super()._slot(pv, min(max(load, 0), OUTPUT), stored)


@lru_cache(maxsize=16)
def balcony_storage_home(
    panels: tuple[PvString, ...],
    other_panels: tuple[PvString, ...],
    seed: str,
    start: date,
) -> BalconyStorageHome:
    """Return a household, cached since its past takes time to simulate."""
    return BalconyStorageHome(panels, other_panels, seed, start)
