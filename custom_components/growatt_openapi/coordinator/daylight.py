"""Daylight: until when it is dark at a plant, by the sun helper of Home Assistant."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.sun import (
    get_astral_observer,
    get_observer_astral_event_next,
)
from homeassistant.util import dt as dt_util

from ..api import Place

DAY: Final = timedelta(days=1)
DARK: Final = 6.0
"""Degrees of the sun below the horizon, from where on no panel gives anything."""
LOW_SUN: Final = -5.0
"""The same where panels give so little that an inverter may sleep."""


@dataclass(frozen=True, slots=True)
class _Interval:
    """A time that is light or dark as a whole."""

    dark: bool
    since: datetime
    until: datetime


class Daylight:
    """Light and darkness at all places."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize the daylight; a plant without a place is taken to be at home."""
        self._observer = get_astral_observer(hass)
        self._home = Place(hass.config.latitude, hass.config.longitude)
        self._intervals: dict[tuple[Place, float], _Interval] = {}

    def dark_until(self, place: Place | None, depression: float) -> datetime | None:
        """Return when the night that is now ends, None while it is light."""
        now = dt_util.utcnow()
        key = place or self._home, depression
        interval = self._intervals.get(key)
        if interval is None or not interval.since <= now < interval.until:
            interval = self._intervals[key] = self._interval(*key, now)
        return interval.until if interval.dark else None

    def _interval(self, place: Place, depression: float, now: datetime) -> _Interval:
        """Return the time between dawn and dusk, or dusk and dawn, that is now."""
        observer = replace(
            self._observer, latitude=place.latitude, longitude=place.longitude
        )
        try:
            dawn, dusk = (
                get_observer_astral_event_next(
                    observer, event, now, depression=depression
                )
                for event in ("dawn", "dusk")
            )
        except ValueError:
            # Near a pole the sun does neither for a while.
            return _Interval(dark=False, since=now, until=now + DAY)
        return _Interval(dark=dawn < dusk, since=now, until=min(dawn, dusk))
