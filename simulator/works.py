"""A business around a commercial storage device: larger than a house in all."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import override

from .energy import EFFICIENCY, Battery, Home, PvString, household


class Works(Home):
    """A business with the habits of a household, many times as large."""

    def __init__(
        self,
        panels: tuple[PvString, ...],
        battery: Battery,
        seed: str,
        start: date,
        households: int,
    ) -> None:
        """Initialize with the size in households."""
        super().__init__(panels, battery, seed, start, EFFICIENCY)
        self._households = households

    @override
    def _loads(self, day: date) -> Iterable[int]:
        """Return what the business takes in each slot of a day."""
        return (load * self._households for load in household(self._seed, day))


@lru_cache(maxsize=16)
def works(
    panels: tuple[PvString, ...],
    battery: Battery,
    seed: str,
    start: date,
    households: int,
) -> Works:
    """Return a business, shared by equal clouds since its past takes time to live."""
    return Works(panels, battery, seed, start, households)
