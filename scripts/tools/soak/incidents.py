"""Incidents: faults of the cloud, offline loggers, restarts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from random import Random
from typing import Any, Final

from simulator import SimulatedCloud

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)

type Undo = Callable[[], object]
type Begin = Callable[[SimulatedCloud], Undo]
"""Begins an incident, and returns the function that ends it."""


@dataclass(frozen=True, kw_only=True)
class Incident:
    """An incident with its begin and duration."""

    name: str
    at: datetime
    duration: timedelta
    begin: Begin


@dataclass(frozen=True, kw_only=True)
class Restart:
    """A restart of Home Assistant with its downtime."""

    at: datetime
    downtime: timedelta
    is_clean: bool
    """Whether Home Assistant can save its files."""


def fault(kind: str, **options: Any) -> Begin:
    """Return the begin of a fault of the cloud."""

    def begin(cloud: SimulatedCloud) -> Undo:
        rule = cloud.faults.add(kind, **options)
        return lambda: cloud.faults.rules.remove(rule)

    return begin


def freeze(number: float) -> Begin:
    """Return the begin of an offline time of a data logger."""

    def begin(cloud: SimulatedCloud) -> Undo:
        logger = pick(cloud.loggers, number)
        logger.offline_since = logger.offline_since or cloud.clock.now()
        return lambda: setattr(logger, "offline_since", None)

    return begin


def replace_logger(number: float) -> Begin:
    """Return the replacement of a data logger."""

    def begin(cloud: SimulatedCloud) -> Undo:
        cloud.replace_logger(pick(cloud.loggers, number).serial)
        return lambda: None

    return begin


def device_fault(kind: str, number: float, **options: Any) -> Begin:
    """Return the begin of a fault of a device."""

    def begin(cloud: SimulatedCloud) -> Undo:
        serial = pick(cloud.devices, number).serial
        return fault(kind, serial=serial, **options)(cloud)

    return begin


def without_v4(cloud: SimulatedCloud) -> Undo:
    """Deny the token access to V4."""
    cloud.v4_allowed = False
    return lambda: setattr(cloud, "v4_allowed", True)


def pick[ItemT](items: list[ItemT], number: float) -> ItemT:
    """Return the item at a position from 0 to 1."""
    return items[int(number * len(items))]


READINGS: Final = ("new-api/queryLastData", "plant/data")
LISTS: Final = ("plant/list", "device/list", "device/datalogger/list", "new-api/query")


def access_faults(draw: Random) -> list[tuple[str, Begin]]:
    """Return incidents that prevent answers, for minutes or hours."""
    return [
        ("http 500", fault("http", status=500)),
        ("http 502", fault("http", status=502)),
        ("html", fault("html")),
        ("truncated", fault("truncated", chunked=draw.choice((True, False)))),
        ("close", fault("close")),
        ("silence", fault("silence")),
        ("no data", fault("no_data")),
        ("10001", fault("code", code=10001)),
        ("10012", fault("code", code=10012)),
        ("102", fault("code", code=102, path=READINGS[0])),
        ("10012 plants", fault("code", code=10012, path=READINGS[1])),
        ("10011 device", device_fault("code", draw.random(), code=10011)),
        ("empty list", fault("empty_list", path=draw.choice(LISTS))),
        ("wrong count", fault("count_mismatch", path=draw.choice(LISTS))),
        ("missing", device_fault("missing", draw.random())),
        ("logger offline", freeze(draw.random())),
        ("no V4", without_v4),
    ]


def counter_faults(draw: Random) -> list[tuple[str, Begin]]:
    """Return incidents that make counters wrong, for less than an hour."""
    return [
        ("zeros", fault("zeros")),
        ("dip", fault("dip", part=draw.choice((0.05, 0.1, 0.5, 0.9)))),
        ("spike", fault("spike", more=draw.choice((655.3, 6553.5, 1e6)))),
    ]


class Schedule:
    """The incidents and restarts between two moments, drawn from a seed."""

    def __init__(
        self, draw: Random, start: datetime, end: datetime, midnight: timedelta
    ) -> None:
        """Initialize with the UTC time at which the plants' days begin."""
        self._draw = draw
        self._start = start
        self._end = end
        self._midnights = list(_midnights(start, end, midnight))
        self.incidents = sorted(self._incidents(), key=attrgetter("at"))
        self.restarts = sorted(self._restarts(), key=attrgetter("at"))

    def _incidents(self) -> Iterator[Incident]:
        """Yield incidents of access, of counters, and after midnight."""
        for _ in range(3 * len(self._midnights)):
            minutes = self._draw.choice((5, 20, 40, 90, 300))
            yield self._some(access_faults(self._draw), minutes)
        for _ in range(2 * len(self._midnights)):
            yield self._some(counter_faults(self._draw), self._draw.randrange(5, 50))
        for midnight in self._midnights:
            if self._draw.choice((True, True, False)):
                yield self._stale(midnight)
        yield self._some([("new logger", replace_logger(self._draw.random()))], 0)

    def _some(self, kinds: list[tuple[str, Begin]], minutes: int) -> Incident:
        """Return an incident of some kinds, at a random time."""
        name, begin = self._draw.choice(kinds)
        duration = minutes * MINUTE
        at = self._start + self._draw.random() * (self._end - self._start - duration)
        return Incident(name=name, at=at, duration=duration, begin=begin)

    def _stale(self, midnight: datetime) -> Incident:
        """Return a night in which yesterday's energy is reported for a while."""
        off = self._draw.choice((0, 0, 0.1, 0.2, -0.1))
        before = self._draw.randrange(1, 25)
        after = self._draw.choice((1, 10, 30, 90, 240))
        return Incident(
            name="stale day",
            at=midnight - before * MINUTE,
            duration=(before + after) * MINUTE,
            begin=fault("stale_day", off=off),
        )

    def _restarts(self) -> Iterator[Restart]:
        """Yield about one restart in two days, some at the most difficult times."""
        for number, midnight in enumerate(self._midnights):
            minutes = self._draw.choice((-5, 2, 8, 300, 700, 1000))
            seconds = self._draw.choice((20, 20, 90, 400, 3000, 20000))
            at = midnight + minutes * MINUTE
            if number % 2 == 0 and at < self._end:
                is_clean = self._draw.choice((True, False))
                downtime = timedelta(seconds=seconds)
                yield Restart(at=at, downtime=downtime, is_clean=is_clean)


def _midnights(
    start: datetime, end: datetime, midnight: timedelta
) -> Iterator[datetime]:
    """Yield the beginnings of the plants' days between two times."""
    at = start.replace(hour=0, minute=0, second=0, microsecond=0) + midnight
    while at < end:
        if at > start:
            yield at
        at += DAY
