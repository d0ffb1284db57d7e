"""What can go wrong in a month: faults of the cloud, loggers away, restarts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from simulator import SimulatedCloud

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)

type Undo = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Mishap:
    """Something that goes wrong for some time."""

    name: str
    at: datetime
    lasts: timedelta
    begin: Callable[[SimulatedCloud], Undo]
    """Lets it go wrong, and returns what makes it right again."""


@dataclass(frozen=True, kw_only=True)
class Restart:
    """An end of Home Assistant, and how long after it begins anew."""

    at: datetime
    away: timedelta
    in_order: bool
    """Whether it can save what it knows."""


def fault(kind: str, **options: Any) -> Callable[[SimulatedCloud], Undo]:
    """Return what switches a fault of the cloud on."""

    def begin(cloud: SimulatedCloud) -> Undo:
        rule = cloud.faults.add(kind, **options)
        return lambda: cloud.faults.rules.remove(rule)

    return begin


def freeze(number: float) -> Callable[[SimulatedCloud], Undo]:
    """Return what takes a data logger offline."""

    def begin(cloud: SimulatedCloud) -> Undo:
        logger = pick(cloud.loggers, number)
        logger.offline_since = logger.offline_since or cloud.clock.now()
        return lambda: setattr(logger, "offline_since", None)

    return begin


def replace_logger(number: float) -> Callable[[SimulatedCloud], Undo]:
    """Return what puts a new data logger in the place of one."""

    def begin(cloud: SimulatedCloud) -> Undo:
        cloud.replace_logger(pick(cloud.loggers, number).serial)
        return lambda: None

    return begin


def about_device(kind: str, number: float, **options: Any) -> Callable[..., Undo]:
    """Return what switches a fault on that concerns one device."""

    def begin(cloud: SimulatedCloud) -> Undo:
        serial = pick(cloud.devices, number).serial
        return fault(kind, serial=serial, **options)(cloud)

    return begin


def without_v4(cloud: SimulatedCloud) -> Undo:
    """Refuse the token in V4."""
    cloud.v4_allowed = False
    return lambda: setattr(cloud, "v4_allowed", True)


def pick[ItemT](items: list[ItemT], number: float) -> ItemT:
    """Return the item that a number from 0 to 1 stands for."""
    return items[int(number * len(items))]


STALE_NIGHTS: Final = 0.7
"""After which part of the midnights the energy of yesterday stays."""
ENDS_IN_ORDER: Final = 0.6
"""Which part of the restarts is no crash."""
READINGS: Final = ("new-api/queryLastData", "plant/data")
LISTS: Final = ("plant/list", "device/list", "device/datalogger/list", "new-api/query")

type Draw = Callable[[Random], tuple[str, Callable[[SimulatedCloud], Undo]]]


def _new_logger(draw: Random) -> tuple[str, Callable[[SimulatedCloud], Undo]]:
    """Return the mishap of a data logger that is replaced."""
    return "new logger", replace_logger(draw.random())


TROUBLE: Final[list[Draw]] = [
    lambda _: ("http 500", fault("http", status=500)),
    lambda _: ("http 502", fault("http", status=502)),
    lambda _: ("html", fault("html")),
    lambda draw: ("truncated", fault("truncated", chunked=draw.choice((False, True)))),
    lambda _: ("close", fault("close")),
    lambda _: ("silence", fault("silence")),
    lambda _: ("no data", fault("no_data")),
    lambda _: ("10001", fault("code", code=10001)),
    lambda _: ("10012", fault("code", code=10012)),
    lambda _: ("102", fault("code", code=102, path=READINGS[0])),
    lambda _: ("10012 plants", fault("code", code=10012, path=READINGS[1])),
    lambda draw: ("10011 device", about_device("code", draw.random(), code=10011)),
    lambda draw: ("empty list", fault("empty_list", path=draw.choice(LISTS))),
    lambda draw: ("wrong count", fault("count_mismatch", path=draw.choice(LISTS))),
    lambda draw: ("missing", about_device("missing", draw.random())),
    lambda draw: ("logger offline", freeze(draw.random())),
    lambda _: ("no V4", without_v4),
]
"""What keeps answers away, for minutes or hours."""

WRONG: Final[list[Draw]] = [
    lambda _: ("zeros", fault("zeros")),
    lambda draw: ("dip", fault("dip", part=draw.choice((0.05, 0.1, 0.5, 0.9)))),
    lambda draw: ("spike", fault("spike", more=draw.choice((655.3, 6553.5, 1e6)))),
]
"""What makes counters wrong, for less than an hour."""


class Month:
    """What goes wrong between two moments, drawn from a seed."""

    def __init__(
        self, draw: Random, start: datetime, end: datetime, midnight: timedelta
    ) -> None:
        """Initialize with the time of day in UTC at which the plants' days begin."""
        self._draw = draw
        self._start = start
        self._end = end
        self._midnights = list(_midnights(start, end, midnight))
        self.mishaps = sorted(self._mishaps(), key=lambda one: one.at)
        self.restarts = sorted(self._restarts(), key=lambda one: one.at)

    def _mishaps(self) -> Iterator[Mishap]:
        """Yield what goes wrong: of the cloud, of counters, after midnight."""
        days = len(self._midnights)
        for _ in range(days * 3):
            yield self._some(TROUBLE, self._draw.choice((5, 20, 40, 90, 300)))
        for _ in range(days * 2):
            yield self._some(WRONG, self._draw.randrange(5, 50))
        for midnight in self._midnights:
            if self._draw.random() < STALE_NIGHTS:
                yield self._stale(midnight)
        yield self._some([_new_logger], 0)

    def _some(self, kinds: list[Draw], minutes: int) -> Mishap:
        """Return one of some kinds of mishaps, some time."""
        name, begin = self._draw.choice(kinds)(self._draw)
        lasts = minutes * MINUTE
        at = self._start + self._draw.random() * (self._end - self._start - lasts)
        return Mishap(name=name, at=at, lasts=lasts, begin=begin)

    def _stale(self, midnight: datetime) -> Mishap:
        """Return a night in which the energy of yesterday stays for a while."""
        off = self._draw.choice((0, 0, 0.1, 0.2, -0.1))
        before = self._draw.randrange(1, 25)
        after = self._draw.choice((1, 10, 30, 90, 240))
        return Mishap(
            name="stale day",
            at=midnight - before * MINUTE,
            lasts=(before + after) * MINUTE,
            begin=fault("stale_day", off=off),
        )

    def _restarts(self) -> Iterator[Restart]:
        """Yield about one restart in two days, some of them in the worst moments."""
        for number, midnight in enumerate(self._midnights):
            minutes = self._draw.choice((-5, 2, 8, 300, 700, 1000))
            away = self._draw.choice((20, 20, 90, 400, 3000, 20000))
            at = midnight + minutes * MINUTE
            if number % 2 == 0 and at < self._end:
                in_order = self._draw.random() < ENDS_IN_ORDER
                away_for = timedelta(seconds=away)
                yield Restart(at=at, away=away_for, in_order=in_order)


def _midnights(
    start: datetime, end: datetime, midnight: timedelta
) -> Iterator[datetime]:
    """Yield the beginnings of the plants' days between two moments."""
    at = start.replace(hour=0, minute=0, second=0, microsecond=0) + midnight
    while at < end:
        if at > start:
            yield at
        at += DAY
