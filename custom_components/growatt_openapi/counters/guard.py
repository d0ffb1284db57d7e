"""Plausibility of counters: each kilowatt-hour once, and never less.

Growatt shows the energy of yesterday after midnight, nothing when an inverter wakes up,
now and then too little or far too much. What may be wrong is held back until later
uploads prove it:

- a rise that is unusual for the time that passed, but possible, or one that comes with
  an older time than the last: until it rises again, by less than itself, for an hour at
  most;
- a rise beyond any power there can be, or a fall: until it rises after an hour, or has
  risen three times by then;
- in a new period, a value not below the last one of the period before, or suddenly
  about that: the same, or until it falls, for six hours at most;
- a first value of zero while all else that was ever counted is zero too: until there is
  more. What cannot have come since that zero was there before, and is not counted.

An hour ends with the first upload after it. A wrong value in between starts it anew.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from .model import Count, Doubt, Period, Upload, period_start

LONGEST_DOUBT: Final = timedelta(hours=1)
# Energy of the period before can be shown for hours; it does not rise for long.
LONGEST_STALE: Final = timedelta(hours=6)
# After a longer pause it comes back only early in a period, or where it is unusual.
LONGEST_PAUSE: Final = timedelta(hours=1)
# Uploads come late or not at all, so what is new may be of more than the time between.
LATE: Final = timedelta(minutes=10)
BETWEEN_UPLOADS: Final = timedelta(minutes=5)
HOUR: Final = timedelta(hours=1)
# What is wrong does not rise again and again. What has, may stand still at sunset.
ENOUGH_RISES: Final = 3
# In kWh; what is seen as a step may have come bit by bit, or be more by a step.
STEP: Final = 0.1
ROUNDING: Final = 0.15
# Powers up to this, and somewhat above the highest there was, are usual.
USUAL_POWER: Final = 1.0
_MORE: Final = 1.25
NEAR: Final = 0.35
_NEAR_PART: Final = 0.05
# How much too small a peak power may be.
_UNDERSTATED: Final = 4


def first_count(upload: Upload, period: Period) -> Count:
    """Return what is believed of a counter that was never seen before."""
    return Count(
        shown=upload.value,
        at=upload.at,
        wall=upload.wall,
        start=period_start(upload.wall, period),
        hidden=upload.value == 0 and upload.is_blank,
    )


def next_count(count: Count, upload: Upload, period: Period) -> Count:
    """Return what is believed of a counter after another answer."""
    if upload.wall == count.wall:
        return replace(count, restarted=False)
    if count.hidden:
        return _seen(count, upload, period)
    start = period_start(upload.wall, period)
    if start is None or count.start is None or start == count.start:
        return _in_same_period(count, upload)
    if start > count.start:
        if period_start(count.wall, period) != start:
            # What was doubted before was of the period before.
            count = replace(count, doubt=None)
        return _in_new_period(count, upload, start)
    doubting = _doubting(count, upload)
    if _lasts(doubting, upload, LONGEST_DOUBT):
        # It was the clock that had gone wrong.
        return _in_same_period(replace(count, start=start), upload)
    return doubting


def _seen(count: Count, upload: Upload, period: Period) -> Count:
    """Return what is believed where there was nothing but zero so far."""
    first = first_count(upload, period)
    if first.start != count.start:
        # That a new period begins with zero is true.
        return replace(first, hidden=False)
    possible = upload.value <= _most(count, upload, upload.at - count.at)
    return replace(first, restarted=possible and upload.value > 0)


def _in_new_period(count: Count, upload: Upload, start: datetime) -> Count:
    """Return what is believed when the clock says that a new period has begun."""
    possible = upload.value <= _most(count, upload, upload.wall - start)
    before = round(count.shown - count.offset, 3)
    fell = upload.value < before - _about(before)
    begun = upload.value == 0 or (fell and possible and upload.value <= NEAR)
    if not begun and not _is_proved(count, upload, possible=possible, stale=not fell):
        return _doubting(count, upload, stale=not fell)
    return Count(
        shown=upload.value,
        at=upload.at,
        wall=upload.wall,
        start=start,
        before=before,
        power=count.power,
        restarted=upload.value > 0,
        held=count.held,
    )


def _in_same_period(count: Count, upload: Upload) -> Count:
    """Return what is believed while a counter should go on counting up."""
    # What was lost may be found again.
    found = upload.value >= count.shown
    offset = 0 if found else count.offset
    value = round(upload.value + offset, 3)
    rise = value - count.shown
    if rise < 0:
        return _fallen(count, upload)
    passed = upload.at - count.at
    # What came with uploads that were doubted was not nothing, but may have been wrong.
    pause = upload.at - (count.doubt.at if count.doubt else count.at)
    usual = rise <= _usual(count, pause)
    possible = rise <= _most(count, upload, passed)
    much = rise > max(NEAR, count.before / 2)
    stale = much and _is_stale(count, upload, usual=usual)
    # An older time is that of an upload that was seen before.
    believable = usual and possible and not stale and upload.wall > count.wall
    if not believable and not _is_proved(count, upload, possible=possible, stale=stale):
        return _doubting(count, upload, stale=stale)
    return replace(
        _believed(count, upload),
        shown=value,
        offset=offset,
        power=_learned(count, upload, rise, is_proved=not believable),
    )


def _learned(count: Count, upload: Upload, rise: float, *, is_proved: bool) -> float:
    """Return the largest power in kW that is known after a rise."""
    since = count.at
    if is_proved and count.doubt:
        # All before the doubt may have come at any time.
        rise, since = upload.value - count.doubt.first, count.doubt.since
    return max(count.power, round((rise - STEP) / _hours(upload.at - since), 3))


def _fallen(count: Count, upload: Upload) -> Count:
    """Return what is believed of a counter that shows less than before."""
    doubt = count.doubt
    if doubt is None or not _is_proved(count, upload, possible=False, stale=False):
        return _doubting(count, upload)
    believed = _believed(count, upload)
    if count.start is None and doubt.first <= _most(count, upload, LATE):
        return replace(believed, shown=upload.value, offset=0, restarted=True)
    # It goes on from what it began at.
    rise = upload.value - doubt.first
    offset = round(count.shown - doubt.first, 3)
    return replace(believed, shown=round(count.shown + rise, 3), offset=offset)


def _is_stale(count: Count, upload: Upload, *, usual: bool) -> bool:
    """Return whether a value can be the last one of the period before."""
    if count.start is None or abs(upload.value - count.before) > _about(count.before):
        return False
    began = count.doubt.began if count.doubt else upload.at
    was_early = upload.wall - (upload.at - began) - count.start <= LONGEST_STALE
    return was_early or not usual or began - count.at <= LONGEST_PAUSE


def _believed(count: Count, upload: Upload) -> Count:
    """Return a count that takes over an upload without doubt."""
    return replace(count, at=upload.at, wall=upload.wall, doubt=None, restarted=False)


def _is_proved(count: Count, upload: Upload, *, possible: bool, stale: bool) -> bool:
    """Return whether a doubted value has gone on for long enough to be true."""
    if count.doubt is None or not _goes_on(count, upload, strictly=possible):
        return False
    risen = upload.value > count.doubt.last
    lasting = _lasts(count, upload, LONGEST_DOUBT)
    rises = risen or count.doubt.rises >= ENOUGH_RISES
    if not possible:
        return rises and lasting
    if stale:
        stays = _lasts(count, upload, LONGEST_STALE) and not _has_paused(count, upload)
        return (rises and lasting) or stays
    # What doubles at once proves nothing.
    return lasting or (risen and upload.value <= 2 * count.doubt.last)


def _doubting(count: Count, upload: Upload, *, stale: bool = False) -> Count:
    """Return a count that stays as it is, with a value in doubt."""
    if count.doubt and _goes_on(count, upload):
        rises = count.doubt.rises + (upload.value > count.doubt.last)
        doubt = replace(count.doubt, at=upload.at, last=upload.value, rises=rises)
        if stale and _has_paused(count, upload):
            # That nothing came for a while does not prove that nothing has changed.
            doubt = replace(doubt, since=upload.at)
    else:
        at, value = upload.at, upload.value
        began = count.doubt.began if count.doubt else at
        doubt = Doubt(began=began, since=at, at=at, first=value, last=value)
    return replace(
        count, wall=upload.wall, doubt=doubt, restarted=False, held=count.held + 1
    )


def _goes_on(count: Count, upload: Upload, *, strictly: bool = False) -> bool:
    """Return whether a value can follow from the doubted one."""
    if count.doubt is None:
        return False
    was_fall = count.doubt.last + count.offset < count.shown
    is_fall = upload.value + count.offset < count.shown
    most = _most(count, upload, upload.at - count.doubt.at)
    rise = upload.value - count.doubt.last
    if was_fall != is_fall or rise < 0:
        return False
    return rise <= (most if strictly else most * _UNDERSTATED)


def _has_paused(count: Count, upload: Upload) -> bool:
    """Return whether nothing came for long after a value that was doubted."""
    return count.doubt is not None and upload.at - count.doubt.at > LONGEST_PAUSE


def _lasts(count: Count, upload: Upload, time: timedelta) -> bool:
    """Return whether there was doubt for some time."""
    return count.doubt is not None and upload.at - count.doubt.since >= time


def _about(value: float) -> float:
    """Return how far from a value in kWh another still is about the same."""
    return max(NEAR, value * _NEAR_PART)


def _most(count: Count, upload: Upload, passed: timedelta) -> float:
    """Return the most energy in kWh that can have come in a time."""
    power = max(upload.largest, count.power * _MORE)
    return power * ((passed + LATE) / HOUR) + ROUNDING


def _usual(count: Count, passed: timedelta) -> float:
    """Return how much energy in kWh is nothing special in a time."""
    return _MORE * max(USUAL_POWER, count.power) * _hours(passed) + ROUNDING


def _hours(passed: timedelta) -> float:
    """Return in hours what passed, at least the time between two uploads."""
    return max(passed, BETWEEN_UPLOADS) / HOUR
