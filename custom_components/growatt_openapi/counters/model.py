"""State of a counter, and its form in storage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

type Period = Literal["hour", "today", "month", "year", "total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A value of a counter in kWh, when it came, and by the clock of the plant."""

    value: float
    at: datetime
    wall: datetime
    largest: float
    """The largest power in kW that can be behind it."""
    is_blank: bool = False
    """Whether all that was ever counted there is zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Values that go on from each other, and may be wrong."""

    began: datetime
    """When what is believed was first doubted."""
    since: datetime
    at: datetime
    first: float
    last: float
    rises: int = 0
    """How often it has risen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What is believed of a counter, and what is doubted."""

    shown: float
    """The value in kWh that is believed."""
    at: datetime
    """When it came."""
    wall: datetime
    """The time of the last upload by the clock of the plant."""
    start: datetime | None
    """When its period began by the clock of the plant; None for a lifetime."""
    before: float = 0
    """The last value of the period before, as Growatt shows it."""
    offset: float = 0
    """What Growatt's counter lost, and is added again."""
    power: float = 0
    """The largest power in kW that was behind it so far."""
    doubt: Doubt | None = None
    restarted: bool = False
    """Whether it began at zero again, and may already be as high as before."""
    hidden: bool = False
    """Whether there was nothing but zeros so far, which may be wrong."""
    held: int = 0
    """How many values were held back."""

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return a count from JSON; raises KeyError, TypeError or ValueError."""
        start, doubt = stored["start"], stored["doubt"]
        return cls(
            shown=round(stored["shown"], 3),
            at=datetime.fromisoformat(stored["at"]),
            wall=datetime.fromisoformat(stored["wall"]),
            start=start and datetime.fromisoformat(start),
            before=round(stored["before"], 3),
            offset=round(stored["offset"], 3),
            power=round(stored["power"], 3),
            doubt=doubt
            and Doubt(
                began=datetime.fromisoformat(doubt["began"]),
                since=datetime.fromisoformat(doubt["since"]),
                at=datetime.fromisoformat(doubt["at"]),
                first=round(doubt["first"], 3),
                last=round(doubt["last"], 3),
                rises=round(doubt.get("rises", 0)),
            ),
            hidden=bool(stored.get("hidden")),
            held=round(stored["held"]),
        )


def period_start(wall: datetime, period: Period) -> datetime | None:
    """Return when the period of a time on the plant's clock began."""
    hour = wall.replace(minute=0, second=0, microsecond=0)
    match period:
        case "total":
            return None
        case "hour":
            return hour
        case "today":
            return hour.replace(hour=0)
        case "month":
            return hour.replace(day=1, hour=0)
    return hour.replace(month=1, day=1, hour=0)
