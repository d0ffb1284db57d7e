"""When it is dark at a plant, by the sun helper of Home Assistant."""

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
class _Spell:
    """A time that is light or dark as a whole."""

    dark: bool
    since: datetime
    until: datetime


class Night:
    """The nights of all places."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize the nights; a plant without a place is taken to be at home."""
        self._observer = get_astral_observer(hass)
        self._home = Place(hass.config.latitude, hass.config.longitude)
        self._spells: dict[tuple[Place, float], _Spell] = {}

    def lasts_until(self, place: Place | None, depression: float) -> datetime | None:
        """Return when the night that is now ends, None if it is light."""
        now = dt_util.utcnow()
        key = place or self._home, depression
        spell = self._spells.get(key)
        if spell is None or not spell.since <= now < spell.until:
            spell = self._spells[key] = self._spell(*key, now)
        return spell.until if spell.dark else None

    def _spell(self, place: Place, depression: float, now: datetime) -> _Spell:
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
            return _Spell(dark=False, since=now, until=now + DAY)
        return _Spell(dark=dawn < dusk, since=now, until=min(dawn, dusk))
