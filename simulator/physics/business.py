"""Business: a commercial load around a storage device, many households large."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import override

from .home import EFFICIENCY, Battery, Home, household
from .panels import PvString


class Business(Home):
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
        """Return the load of the business in each slot of a day."""
        return (load * self._households for load in household(self._seed, day))


@lru_cache(maxsize=16)
def business(
    panels: tuple[PvString, ...],
    battery: Battery,
    seed: str,
    start: date,
    households: int,
) -> Business:
    """Return a business, cached since its past takes time to simulate."""
    return Business(panels, battery, seed, start, households)
