"""Panels: roofs, strings, and inverters without a battery."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .flows import Flows
from .sky import Roof, Site, Slope, roof

SOUTH_EAST = Slope(azimuth=-35, tilt=35)
SOUTH_WEST = Slope(azimuth=40, tilt=35)
FLAT = Slope(azimuth=0, tilt=12)
LEVEL = Slope(azimuth=0, tilt=0)
TEN_KW = ((SOUTH_EAST, 56, 55), (FLAT, 48, 47))
"""The strings of an inverter of 10 kW."""


@dataclass(frozen=True, kw_only=True)
class PvString:
    """A string: its roof, and tenths of a watt per unit of sun as DC and as AC."""

    roof: Roof
    dc: int
    ac: int


def pv_strings(site: Site, *strings: tuple[Slope, int, int]) -> tuple[PvString, ...]:
    """Return strings from slopes, with DC and AC in 0.1 W per unit of sun."""
    return tuple(
        PvString(roof=roof(site, slope), dc=dc, ac=ac) for slope, dc, ac in strings
    )


class Panels:
    """An inverter with strings alone; everything is proportional to the sun."""

    def __init__(self, strings: Iterable[PvString]) -> None:
        """Initialize with the strings, input 1 first."""
        self._strings = tuple(strings)

    def _scaled(self, sun: Iterable[int]) -> Flows:
        """Return the flows for a number of sun units per string."""
        pairs = tuple(zip(self._strings, sun, strict=True))
        return Flows(
            ac=sum(string.ac * amount for string, amount in pairs),
            strings=tuple(string.dc * amount for string, amount in pairs),
        )

    def power(self, day: date, slot: int) -> Flows:
        """Return the powers during a slot."""
        return self._scaled(string.roof.units(day)[slot] for string in self._strings)

    def since_midnight(self, day: date, slot: int) -> Flows:
        """Return the sums of a day up to and with a slot."""
        return self._scaled(string.roof.until(day, slot) for string in self._strings)

    def before(self, day: date) -> Flows:
        """Return the sums of all days before."""
        return self._scaled(string.roof.before(day) for string in self._strings)

    def soc(self, day: date, slot: int) -> int:
        """Return 0: there is no battery."""
        return 0
