"""A balcony storage, on a one-minute grid, beside an inverter it knows nothing of."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import ClassVar, override

from .energy import EFFICIENCY, Battery, Home, PvString, household

PACKS = Battery(capacity=4_096, power=20_000, floor=10)
OUTPUT = 8_000
"""The largest output in tenths of a watt."""


class Balcony(Home):
    """The household as a balcony storage sees it: what it does not give, the grid does.

    What the inverter beside it gives lowers the load, which may be less than nothing.
    """

    # Whole watts: those on the wire, and what a fifth of a slot can be counted with.
    grain: ClassVar = 10

    def __init__(
        self,
        panels: tuple[PvString, ...],
        beside: tuple[PvString, ...],
        seed: str,
        start: date,
    ) -> None:
        """Initialize with the panels of both."""
        super().__init__(panels, PACKS, seed, start, EFFICIENCY)
        self._beside = beside

    @override
    def _loads(self, day: date) -> Iterable[int]:
        """Return what the house takes in each slot from the storage and the grid."""
        beside = [
            [string.ac * unit for unit in string.roof.units(day)]
            for string in self._beside
        ]
        for load, *given in zip(household(self._seed, day), *beside, strict=True):
            yield self._whole(load - sum(given))

    @override
    def _slot(self, pv: int, load: int, stored: int) -> tuple[int, int]:
        """Return what the packs take and give, for no more than the largest output."""
        return super()._slot(pv, min(max(load, 0), OUTPUT), stored)


@lru_cache(maxsize=16)
def balcony(
    panels: tuple[PvString, ...], beside: tuple[PvString, ...], seed: str, start: date
) -> Balcony:
    """Return a household, shared by equal clouds since its past takes time to live."""
    return Balcony(panels, beside, seed, start)
