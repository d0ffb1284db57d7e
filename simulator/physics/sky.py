"""Sun and clouds over a roof: a string's share of its peak in each five minutes."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from math import acos, cos, pi, radians, sin
from random import Random

SLOTS = 288
"""Five-minute slots of a day."""

FULL_SUN = 1000
"""The unit value of a string at its peak power."""

SOLAR_NOON = 12.25
"""Plant-local hour at which the sun stands in the south."""

_HOURS = [(slot + 0.5) * 24 / SLOTS for slot in range(SLOTS)]
_ANGLES = [(hour - SOLAR_NOON) * pi / 12 for hour in _HOURS]
_COSINES = [cos(angle) for angle in _ANGLES]
_SINES = [sin(angle) for angle in _ANGLES]


@dataclass(frozen=True, kw_only=True)
class Site:
    """A place with its own weather, and the first day of its records."""

    latitude: float
    weather: str
    start: date


@dataclass(frozen=True, kw_only=True)
class Slope:
    """How a string is mounted, in degrees: azimuth (0 south, 90 west) and tilt."""

    azimuth: float = 0.0
    tilt: float = 30.0


def _declination(day: date) -> float:
    """Return the declination of the sun in radians."""
    return radians(-23.44) * cos(2 * pi * (day.timetuple().tm_yday + 10) / 365.25)


@lru_cache(maxsize=4096)
def daylight(latitude: float, day: date) -> range:
    """Return the slots in which the sun is above the horizon."""
    phi, delta = radians(latitude), _declination(day)
    horizon = -(sin(phi) * sin(delta)) / (cos(phi) * cos(delta))
    half = acos(max(-1.0, min(1.0, horizon))) * 12 / pi
    lit = [slot for slot, hour in enumerate(_HOURS) if abs(hour - SOLAR_NOON) < half]
    return range(lit[0], lit[-1] + 1) if lit else range(0)


@lru_cache(maxsize=1024)
def _clearness(weather: str, day: date) -> tuple[float, ...]:
    """Return the clearness of the sky per slot, 0.12 to 1, from weather and day."""
    random = Random(f"{weather}|{day.isoformat()}")  # noqa: S311 - weather, not a secret
    typical = 0.25 + 0.75 * random.betavariate(2.2, 1.3)
    level, result = typical, []
    for _ in range(SLOTS):
        level += 0.25 * (typical - level) + random.gauss(0, 0.18 * (1.05 - typical))
        level = max(0.12, min(1.0, level))
        result.append(level)
    return tuple(result)


@lru_cache(maxsize=1024)
def units(site: Site, slope: Slope, day: date) -> tuple[int, ...]:
    """Return thousandths of the peak per slot, at least 1 in daylight."""
    phi, delta = radians(site.latitude), _declination(day)
    tilt, azimuth = radians(slope.tilt), radians(slope.azimuth)
    height = sin(phi) * sin(delta)
    height_cos = cos(phi) * cos(delta)
    # Beam on the tilted plane as a + b * cos(hour angle) + c * sin(hour angle).
    a = sin(delta) * (sin(phi) * cos(tilt) - cos(phi) * sin(tilt) * cos(azimuth))
    b = cos(delta) * (cos(phi) * cos(tilt) + sin(phi) * sin(tilt) * cos(azimuth))
    c = cos(delta) * sin(tilt) * sin(azimuth)
    clear = _clearness(site.weather, day)
    result = [0] * SLOTS
    for slot in daylight(site.latitude, day):
        elevation = max(0.005, height + height_cos * _COSINES[slot])
        beam = max(0.0, a + b * _COSINES[slot] + c * _SINES[slot])
        through = clear[slot] * max(0.0, 1.25 * clear[slot] - 0.25)
        strength = (
            beam * through * 0.88 * elevation**0.2 + 0.16 * elevation * clear[slot]
        )
        result[slot] = max(1, min(FULL_SUN, int(FULL_SUN * strength)))
    return tuple(result)


class Roof:
    """The sums of one slope of one site: of a day so far, and of all days before."""

    def __init__(self, site: Site, slope: Slope) -> None:
        """Initialize the roof; days are computed on demand."""
        self._site = site
        self._slope = slope
        self._before = [0]

    def units(self, day: date) -> tuple[int, ...]:
        """Return the unit values of a day."""
        return units(self._site, self._slope, day)

    def until(self, day: date, slot: int) -> int:
        """Return the sum of the unit values of a day up to and with a slot."""
        return _sums(self._site, self._slope, day)[slot]

    def before(self, day: date) -> int:
        """Return the sum of all unit values before a day."""
        count = max(0, (day - self._site.start).days)
        while len(self._before) <= count:
            last = self._site.start + timedelta(days=len(self._before) - 1)
            self._before.append(self._before[-1] + sum(self.units(last)))
        return self._before[count]


@lru_cache(maxsize=256)
def _sums(site: Site, slope: Slope, day: date) -> tuple[int, ...]:
    """Return the running sums of the unit values of a day."""
    return tuple(accumulate(units(site, slope, day)))


@lru_cache(maxsize=256)
def roof(site: Site, slope: Slope) -> Roof:
    """Return the roof that all strings of this slope at this site share."""
    return Roof(site, slope)
