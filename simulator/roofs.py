"""What stands on a roof, and the household below it."""

from typing import TYPE_CHECKING

from .energy import Battery, PvString, Source, home
from .sky import Site, Slope, roof

if TYPE_CHECKING:
    from .model import Plant

SOUTH_EAST = Slope(azimuth=-35, tilt=35)
SOUTH_WEST = Slope(azimuth=40, tilt=35)
FLAT = Slope(azimuth=0, tilt=12)
LEVEL = Slope(azimuth=0, tilt=0)
TEN_KW = ((SOUTH_EAST, 56, 55), (FLAT, 48, 47))
"""The strings of an inverter of 10 kW."""


def pv_strings(site: Site, *strings: tuple[Slope, int, int]) -> tuple[PvString, ...]:
    """Return strings: slope, then tenths of a watt per unit of sun before and after."""
    return tuple(
        PvString(roof=roof(site, slope), dc=before, ac=after)
        for slope, before, after in strings
    )


def household_of(plant: Plant, strings: tuple[PvString, ...]) -> Source:
    """Return the household around a hybrid inverter."""
    return home(strings, Battery(), plant.name, plant.site.start)
