"""What can be believed of counters: each kilowatt-hour once, and never less.

Growatt shows the energy of yesterday after midnight, nothing when an inverter wakes up,
now and then too little or far too much. What cannot be true is held back: too little
for an hour at most, too much until an upload brings still more, the energy of yesterday
until it falls or can be that of today.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Self

type Period = Literal["hour", "today", "month", "year", "total"]

LONGEST_DOUBT: Final = timedelta(hours=1)
# Energy of the period before shows up in the first hours of the new one.
EARLY: Final = timedelta(hours=6)
# Uploads come late or not at all, so what is new may be of more than the time between.
LATE: Final = timedelta(minutes=10)
# Counters have steps of 0.1 kWh.
STEP: Final = 0.15
# Rises above this, to about the energy of the period before, are that very energy.
JUMP: Final = 0.3
_NEAR: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A value of a counter in kWh, when it came, and by the clock of the plant."""

    value: float
    at: datetime
    wall: datetime
    largest: float
    """The largest power in kW that can be behind it."""


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
    before: float | None = None
    """The last value of the period before."""
    offset: float = 0
    """What Growatt's counter lost, and is added again."""
    doubted: float | None = None
    since: datetime | None = None
    """Since when there is doubt."""
    risen: bool = False
    """Whether the doubted value has risen since."""
    restarted: bool = False
    """Whether it began at zero again, and may already be as high as before."""
    held: int = 0
    """How many values were held back."""

    def as_dict(self) -> dict[str, Any]:
        """Return the count as JSON can hold it."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return a stored count; raises KeyError, TypeError or ValueError."""
        start, before = stored["start"], stored["before"]
        return cls(
            shown=round(stored["shown"], 3),
            at=datetime.fromisoformat(stored["at"]),
            wall=datetime.fromisoformat(stored["wall"]),
            start=start and datetime.fromisoformat(start),
            before=before if before is None else round(before, 3),
            offset=round(stored["offset"], 3),
            held=round(stored["held"]),
        )


def first_count(upload: Upload, period: Period) -> Count:
    """Return what is believed of a counter that was never seen before."""
    start = _start(upload.wall, period)
    return Count(shown=upload.value, at=upload.at, wall=upload.wall, start=start)


def next_count(count: Count, upload: Upload, period: Period) -> Count:
    """Return what is believed of a counter after another answer."""
    if upload.wall == count.wall:
        return replace(count, restarted=False)
    start = _start(upload.wall, period)
    if start is None or count.start is None or start == count.start:
        return _in_same_period(count, upload)
    if start > count.start:
        return _in_new_period(count, upload, start)
    doubting = _doubting(count, upload)
    if _is_lasting(doubting, upload):
        # It was the clock that had gone wrong.
        return _in_same_period(replace(count, start=start), upload)
    return doubting


def _in_new_period(count: Count, upload: Upload, start: datetime) -> Count:
    """Return what is believed when the clock says that a new period has begun."""
    value, passed = upload.value, upload.wall - start
    doubting = _doubting(count, upload)
    possible = value <= _most(upload, passed)
    if value < count.shown - _about(count.shown):
        begun = possible or doubting.risen
    elif passed > EARLY:
        begun = possible and value > count.shown
    else:
        begun = possible and doubting.risen
    if not begun and value != 0:
        return doubting
    return Count(
        shown=value,
        at=upload.at,
        wall=upload.wall,
        start=start,
        before=count.shown,
        restarted=value > 0,
        held=count.held,
    )


def _in_same_period(count: Count, upload: Upload) -> Count:
    """Return what is believed while a counter should go on counting up."""
    believed = replace(
        count,
        at=upload.at,
        wall=upload.wall,
        doubted=None,
        since=None,
        risen=False,
        restarted=False,
    )
    most = _most(upload, upload.at - count.at)
    # What was lost may be found again.
    for offset in dict.fromkeys((count.offset, 0.0)):
        value = round(upload.value + offset, 3)
        if 0 <= value - count.shown <= most and not _is_of_before(count, upload):
            return replace(believed, shown=value, offset=offset)
    doubting = _doubting(count, upload)
    value = round(upload.value + count.offset, 3)
    if value >= count.shown:
        lasting = value <= most + count.shown and _is_lasting(doubting, upload)
        trusted = doubting.risen or lasting
        return replace(believed, shown=value) if trusted else doubting
    if not _is_lasting(doubting, upload):
        return doubting
    if upload.value <= most:
        begun = upload.value > 0
        return replace(believed, shown=upload.value, offset=0, restarted=begun)
    return replace(believed, offset=round(count.shown - upload.value, 3))


def _is_of_before(count: Count, upload: Upload) -> bool:
    """Return whether an upload leads back to about the energy of the period before."""
    if not (count.before and count.start) or upload.wall - count.start > EARLY:
        return False
    near = abs(upload.value - count.before) <= _about(count.before)
    return near and upload.value - count.shown > JUMP


def _doubting(count: Count, upload: Upload) -> Count:
    """Return a count that stays as it is, with a value in doubt."""
    if count.doubted is None:
        since, risen = upload.at, False
    else:
        was_dip = count.doubted + count.offset < count.shown
        is_dip = upload.value + count.offset < count.shown
        goes_on = count.since if was_dip == is_dip else None
        since = goes_on or upload.at
        risen = bool(goes_on) and (
            upload.value > count.doubted
            or (count.risen and upload.value == count.doubted)
        )
    return replace(
        count,
        wall=upload.wall,
        doubted=upload.value,
        since=since,
        risen=risen,
        restarted=False,
        held=count.held + 1,
    )


def _is_lasting(doubting: Count, upload: Upload) -> bool:
    """Return whether there was doubt for as long as a value is held back at most."""
    return doubting.since is not None and upload.at - doubting.since >= LONGEST_DOUBT


def _about(value: float) -> float:
    """Return how far from a value in kWh another still is about the same."""
    return max(JUMP, value * _NEAR)


def _most(upload: Upload, passed: timedelta) -> float:
    """Return the most energy in kWh that can have come in a time."""
    return upload.largest * ((passed + LATE) / timedelta(hours=1)) + STEP


def _start(wall: datetime, period: Period) -> datetime | None:
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
