"""Upload schedule of a device, learned from readings, and the best time to poll.

Growatt refuses an identical request within the time between two uploads, so the pause
between two is at least as long, and a bit longer. Asked as soon as that allows, the
answers would be on average half that time behind the uploads. Waiting once for the
moment just after an upload keeps them fresh for hours, until the bits have added up.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

# Growatt refuses an identical request before the time between two uploads is over, and
# its clock may go a little slower than ours.
MARGIN: Final = timedelta(seconds=0.25)
FIVE_MINUTES: Final = timedelta(minutes=5) + MARGIN
DAY: Final = timedelta(days=1)
SOON: Final = 5.0
"""Seconds after an upload at which it is first looked for."""
EARLIER: Final = 10.0
"""Seconds by which it is looked for earlier, as long as it always was there."""
LATER: Final = 7.0
"""Seconds by which it is looked for later than where it was missed."""
REMEMBERED: Final = 8
"""How many uploads that were missed tell when the next will be there."""
# The offset of a plant's clock may be wrong; by no less than a quarter of an hour.
_ZONE_STEP: Final = 900.0
_BUCKETS: Final = 60
"""How fine moments within the time between two uploads are told apart."""
WORTH: Final = 1 / 15
"""How much fresher, of that time, values must become to wait for it."""
_MISSED: Final = 4
"""After how many uploads that did not come a device is quiet."""


@dataclass(slots=True)
class UploadSchedule:
    """The uploads of one device."""

    every: float
    """Seconds between two uploads."""
    last_new_upload: datetime | None = None
    """When it was last seen to have uploaded something new."""
    _wall: datetime | None = None
    """When the newest upload was made, by the clock of the plant."""
    _uploaded: float = 0
    """The same in seconds since 1970, as far as that clock is right."""
    _first_seen: datetime | None = None
    """When it was first looked at, or last seen to have uploaded something new."""
    _last_poll: datetime | None = None
    _fastest: tuple[datetime, float] | None = None
    """When an upload was seen sooner than any other of a day, and after how long."""
    _missed: deque[tuple[datetime, float]] = field(
        default_factory=lambda: deque(maxlen=REMEMBERED)
    )
    """When an upload was looked for too early, and by how much too early."""

    def observe(
        self, wall: datetime | None, updated: datetime | None, now: datetime
    ) -> None:
        """Note the time of the newest upload, and when it was looked at."""
        before, self._last_poll = self._last_poll, now
        if wall is None or updated is None or wall == self._wall:
            return
        known, self._wall = self._wall, wall
        self._uploaded = updated.timestamp()
        self._first_seen = now
        if known is None or before is None:
            return
        self.last_new_upload = now
        if (now - before).total_seconds() >= 2 * self.every:
            # What was not looked for in time tells nothing.
            return
        after, missed = (_past(one, self._uploaded) for one in (now, before))
        if self._fastest is None or after < self._fastest[1] or self._is_old(now):
            self._fastest = now, after
        if self._least_delay < missed + LATER < self.every / 2:
            self._missed.append((now, missed))

    def expected(self, now: datetime) -> float | None:
        """Return at which second of the time between two uploads a new one shows.

        That depends on the cloud and on how right the clock of the plant is, and is
        found out. Of what uploads nothing at present, it is not known.
        """
        if self._wall is None or self._is_quiet(now):
            return None
        missed = sorted(past for at, past in self._missed if now - at < DAY)
        if missed and missed[-1] > SOON:
            # The one that took longest may have been an accident.
            missed.pop()
        delay = max([self._least_delay, *(past + LATER for past in missed[-1:])])
        return (self._uploaded + delay) % self.every

    @property
    def _least_delay(self) -> float:
        """Return how many seconds after an upload it is looked for at the earliest."""
        return SOON if self._fastest is None else min(SOON, self._fastest[1] - EARLIER)

    def _is_old(self, now: datetime) -> bool:
        """Return whether the soonest upload was seen more than a day ago."""
        return self._fastest is None or now - self._fastest[0] >= DAY

    def _is_quiet(self, now: datetime) -> bool:
        """Return whether several uploads did not come."""
        quiet = (now - self._first_seen).total_seconds() if self._first_seen else 0
        return quiet > _MISSED * self.every


def next_poll_delay(
    shortest: timedelta,
    schedules: Iterable[UploadSchedule],
    every: float,
    now: datetime,
) -> timedelta:
    """Return how long to wait before the next question about a group of devices.

    That is the shortest pause, or up to one upload longer where values then are fresher
    from now on.
    """
    step = every / _BUCKETS
    expected = [
        int(phase / step)
        for schedule in schedules
        if (phase := schedule.expected(now)) is not None
    ]
    if not expected:
        return shortest
    first = (now + shortest).timestamp()
    soonest = int(first % every / step)
    ages = _ages(expected)
    best = min(range(_BUCKETS), key=lambda one: (ages[one], (one - soonest) % _BUCKETS))
    if (ages[soonest] - ages[best]) / _BUCKETS <= WORTH:
        return shortest
    # Within its bucket, an upload may be the last thing that happens.
    moment = (best + 1) * step
    return shortest + timedelta(seconds=(moment - first) % every)


def _ages(expected: list[int]) -> list[float]:
    """Return how old uploads are on average, in buckets, by the bucket of asking."""
    counts = [0] * _BUCKETS
    for one in expected:
        counts[one] += 1
    total = len(expected)
    age = sum(-one % _BUCKETS for one in expected)
    ages = []
    for bucket in range(_BUCKETS):
        # What is expected in the bucket itself has just come, all else is older.
        age += (total - _BUCKETS * counts[bucket]) if bucket else 0
        ages.append(age / total)
    return ages


def _past(moment: datetime, uploaded: float) -> float:
    """Return the seconds since an upload, without whole steps of time zones."""
    past = moment.timestamp() - uploaded
    return (past + _ZONE_STEP / 2) % _ZONE_STEP - _ZONE_STEP / 2
