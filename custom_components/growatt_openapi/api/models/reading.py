"""Readings: the newest values of one plant or device, and when they were uploaded."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Final, Self

from ..values import flag, instant, number, text, wall_clock
from .inventory import Row

# The fields that may hold when a reading was uploaded, on the plant's wall clock.
_TIMES: Final = ("time", "timeStr", "timeText", "last_update_time")

# Milliseconds count from the plant's wall clock as if it were the server's.
_SERVER_ZONE: Final = timezone(timedelta(hours=8))

# Kilograms of carbon dioxide for a kilowatt-hour that any grid could mean.
_LIKELY_CARBON: Final = (0.05, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The newest values of one thing, by field, and when they were uploaded."""

    fields: Row = field(default_factory=dict)
    wall: datetime | None = None
    """The time of the upload on the plant's wall clock."""

    @classmethod
    def of_device(cls, row: Row) -> Self:
        """Return the reading in a row of a family's last data, V1 or V4."""
        return cls(fields=row, wall=upload(row))

    @classmethod
    def of_plant(cls, row: Row) -> Self:
        """Return the reading in an answer of plant/data."""
        return cls(
            fields={**row, "carbon_offset": _carbon_in_kilograms(row)},
            wall=wall_clock(row.get("last_update_time")),
        )

    def number(
        self,
        name: str,
        *,
        signed: bool = False,
        wide: bool = False,
        wraps: float | None = None,
    ) -> float | None:
        """Return the number in a field; see values.number."""
        return number(self.fields.get(name), signed=signed, wide=wide, wraps=wraps)

    def text(self, name: str) -> str | None:
        """Return the text in a field."""
        return text(self.fields.get(name))

    def flag(self, name: str) -> bool | None:
        """Return the yes or no in a field."""
        return flag(self.fields.get(name))

    def instant(self, name: str) -> datetime | None:
        """Return the true instant in a field."""
        found = self.fields.get(name)
        return found if isinstance(found, datetime) else None


def upload(row: Row) -> datetime | None:
    """Return when a row was uploaded, on the plant's wall clock."""
    moments = (wall_clock(row.get(name)) for name in _TIMES)
    if (told := next(filter(None, moments), None)) is not None:
        return told
    # Where there is no text, the first of the fields may still count milliseconds.
    if (counted := instant(row.get(_TIMES[0]))) is None:
        return None
    return counted.astimezone(_SERVER_ZONE).replace(tzinfo=None, microsecond=0)


def _carbon_in_kilograms(row: Row) -> float | None:
    """Return the avoided carbon dioxide in kg.

    The manual says tonnes, the values are kilograms; the energy tells which it is.
    """
    carbon, energy = number(row.get("carbon_offset")), number(row.get("total_energy"))
    if carbon is None or not energy:
        return None
    lowest, highest = _LIKELY_CARBON
    for kilograms in (carbon, carbon * 1000):
        if lowest <= kilograms / energy <= highest:
            return kilograms
    return None
