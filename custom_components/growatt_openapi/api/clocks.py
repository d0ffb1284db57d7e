"""The clocks of Growatt's times, and the way from them to a true instant.

Readings, plant totals and the device list carry the wall clock of the plant; the list
of data loggers carries a true instant. The manual does not say whether the plant's
clock follows daylight saving time, so the two are compared.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
import re
from time import time
from typing import Final

HOUR: Final = 3600
DAY: Final = 86400
"""Seconds."""

_ZONE: Final = re.compile(r"GMT\s*([+-]?)\s*(\d{1,2}(?:\.\d{1,2})?)(?::(\d{2}))?")
_SUMMER: Final = timedelta(hours=1)
# A logger reports every five minutes, so two of its times may differ by that and a bit.
_TOLERANCE: Final = timedelta(minutes=10)
_LARGEST_OFFSET: Final = timedelta(hours=14)


def zone_offset(zone: str | None) -> timedelta | None:
    """Return the offset in a plant's zone ("GMT+1", "GMT-5.5", "GMT 1"), or None."""
    if zone is None or (found := _ZONE.fullmatch(zone.strip())) is None:
        return None
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=float(hours), minutes=int(minutes or 0))
    if offset > _LARGEST_OFFSET:
        return None
    return -offset if sign == "-" else offset


def seconds() -> float:
    """Return the seconds since 1970 by the clock of this machine."""
    return time()


@dataclass(frozen=True, slots=True)
class PlantClock:
    """The wall clock of one plant."""

    offset: timedelta | None = None
    fallback: tzinfo = UTC

    def instant(self, wall: datetime | None) -> datetime | None:
        """Return the true instant of a time on the plant's wall clock."""
        if wall is None:
            return None
        if self.offset is None:
            return wall.replace(tzinfo=self.fallback).astimezone(UTC)
        return (wall - self.offset).replace(tzinfo=UTC)

    def is_summer(self, wall: datetime, instant: datetime) -> bool | None:
        """Return whether two times of one upload show summer time, None if neither."""
        if self.offset is None:
            return None
        ahead = wall - instant.astimezone(UTC).replace(tzinfo=None) - self.offset
        if abs(ahead - _SUMMER) <= _TOLERANCE:
            return True
        return False if abs(ahead) <= _TOLERANCE else None

    def in_summer(self) -> PlantClock:
        """Return this clock an hour ahead, where its offset is known."""
        if self.offset is None:
            return self
        return PlantClock(self.offset + _SUMMER, self.fallback)
