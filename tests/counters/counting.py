"""A counter of four days, what a cloud shows, and what statistics make of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
import math
from random import Random
from zoneinfo import ZoneInfo

from custom_components.growatt_openapi.counters.guard import (
    LONGEST_DOUBT,
    LONGEST_STALE,
    first_count,
    next_count,
)
from custom_components.growatt_openapi.counters.model import Count, Period, Upload
from custom_components.growatt_openapi.sensor import NEW_BELOW
from homeassistant.helpers.json import json_bytes
from homeassistant.util.json import json_loads_object

SLOT = timedelta(minutes=5)
DAY_SLOTS = 288
DAYS = 4
# Two steps of a counter on each day.
STEPS = 0.21 * DAYS
FIRST_DAYS = ("2026-06-10", "2026-12-18", "2026-03-27", "2026-10-23")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC")


class Statistics:
    """The sum of a total_increasing sensor, by Home Assistant's own rule."""

    def __init__(self) -> None:
        """Initialize with nothing seen."""
        self.last: float | None = None
        self.sum = 0.0

    def see(self, state: float) -> None:
        """Add what a state brings."""
        if self.last is not None:
            is_new = state < 0.9 * self.last
            self.sum += state if is_new else state - self.last
        self.last = state


class Shown:
    """What the entity shows, and what becomes of it."""

    def __init__(self, period: Period, largest: float) -> None:
        """Initialize an entity that has seen nothing."""
        self.period, self.largest = period, largest
        self.count: Count | None = None
        self.statistics = Statistics()
        self.falls = 0
        """How often the sum went down."""

    def see(self, value: float, at: datetime, wall: datetime) -> None:
        """Take an answer, as the entity does."""
        upload = Upload(value=value, at=at, wall=wall, largest=self.largest)
        before = self.count
        if before is None:
            self.count = first_count(upload, self.period)
        else:
            self.count = next_count(before, upload, self.period)
            overtakes = self.count.shown >= NEW_BELOW * before.shown
            if self.count.restarted and overtakes:
                self.statistics.see(0)
        was = self.statistics.sum
        if not self.count.hidden:
            self.statistics.see(self.count.shown)
        self.falls += self.statistics.sum < was - 1e-6

    def restart(self) -> None:
        """Forget all but what is stored."""
        assert self.count
        self.count = stored(self.count)


def stored(count: Count) -> Count:
    """Return a count as it comes back from the disk."""
    return Count.from_dict(json_loads_object(json_bytes(count)))


@dataclass(frozen=True, kw_only=True)
class Record:
    """What a data logger uploaded."""

    slot: int
    at: datetime
    wall: datetime
    day: int
    """Which day it is by the clock that resets the counter."""
    value: float
    true: float

    @property
    def is_true(self) -> bool:
        """Return whether it holds what it should."""
        return self.value == self.true


type Seen = tuple[Record, Count]


class World:
    """A counter of four days, and how it is seen."""

    def __init__(self, seed: int, *, lifetime: bool, honest: bool = False) -> None:
        """Initialize with everything drawn from a seed; honest is without faults."""
        self.random = draw = Random(seed)  # noqa: S311 - has to be repeatable
        self.lifetime = lifetime
        self.zone = ZoneInfo(draw.choice(ZONES))
        first = datetime.fromisoformat(draw.choice(FIRST_DAYS))
        self.start = first.replace(tzinfo=self.zone).astimezone(UTC)
        self.peak = draw.choice([0.3, 0.8, 6.8, 6.8, 10.4, 50])
        told = draw.choice([1, 1, 1, 1, 0.1, None])
        self.at_night = draw.random() < 0.5
        house = 25 if self.at_night else 0
        self.largest = max(self.peak * told if told else 100, 3) * 1.5 + house
        self.drift = timedelta(minutes=draw.choice([0, 0, -10, 10, 3]))
        self.base = draw.choice([0, 35, 12345.6]) if lifetime else 0
        self.energies = list(self._energies())
        uploads = self._uploads()
        self.records = uploads if honest else self._faulty(uploads)

    def wall(self, at: datetime) -> datetime:
        """Return a moment by the clock of the plant."""
        return at.astimezone(self.zone).replace(tzinfo=None)

    def _energies(self) -> Iterator[float]:
        """Yield the energy in kWh of each slot."""
        scales = [self.random.choice([1, 1, 0.6, 0.03, 0]) for _ in range(DAYS + 1)]
        half = self.random.choice([4, 7.5])
        for slot in range(DAYS * DAY_SLOTS):
            wall = self.wall(self.start + slot * SLOT)
            hour = wall.hour + wall.minute / 60
            sun = max(0, math.cos((hour - 13) / half * math.pi / 2))
            sun = sun if abs(hour - 13) < half else 0
            cloud = self.random.uniform(0.3, 1)
            night = 0.3 * self.random.random() if self.at_night else 0
            day = slot // DAY_SLOTS
            yield (self.peak * sun * cloud * scales[day] + night) / 12

    def _uploads(self) -> list[Record]:
        """Return the true records, as a logger uploads them."""
        records, sum_of, day = [], 0.0, None
        lose = self.random.choice([0, 0.1, 0.3])
        begin = self.random.randrange(len(self.energies))
        offline = range(begin, begin + self.random.choice([0, 20, 100, 200]))
        for slot, energy in enumerate(self.energies):
            at = self.start + slot * SLOT + timedelta(seconds=150)
            now = (self.wall(at) + self.drift).date().toordinal()
            if now != day and not self.lifetime:
                sum_of = 0.0
            day = now
            sum_of += energy
            awake = self.at_night or energy > 0
            if awake and slot not in offline and self.random.random() >= lose:
                value = math.floor((self.base + sum_of) * 10 + 1e-6) / 10
                records.append(
                    Record(
                        slot=slot,
                        at=at,
                        wall=self.wall(at),
                        day=day,
                        value=value,
                        true=value,
                    )
                )
        return records

    def _faulty(self, records: list[Record]) -> list[Record]:
        """Return what the cloud shows instead."""
        if not self.lifetime and self.random.random() < 0.7:
            records = self._stale(records)
        for _ in range(self.random.randrange(4)):
            if len(records) > 20:
                kind = self.random.choice(["zeros", "dip", "spike", "times10", "older"])
                begin = self.random.randrange(5, len(records) - 1)
                times = (
                    1 if kind in {"times10", "older"} else self.random.randrange(1, 7)
                )
                end = records[begin].at + LONGEST_DOUBT - 2 * SLOT
                for index in range(begin, min(begin + times, len(records))):
                    # One fault at a time.
                    if records[index].at < end and records[index].is_true:
                        records[index] = self._one(records, index, kind)
        return records

    def _one(self, records: list[Record], index: int, kind: str) -> Record:
        """Return a record with a fault."""
        record = records[index]
        match kind:
            case "zeros":
                value = 0.0
            case "dip":
                value = round(record.value * self.random.choice([0.5, 0.95]), 1)
            case "spike":
                value = self.random.choice([6553.5, 1e6]) + self.base
            case "times10":
                # What the usual power can bring cannot be told from the truth.
                obvious = 9 * record.value > self._usual(record, records[index - 1])
                value = record.value * (10 if obvious else 1)
            case _:
                older = records[index - self.random.randrange(1, 5)]
                return replace(older, at=record.at, slot=record.slot)
        return replace(record, value=value)

    def _usual(self, record: Record, previous: Record) -> float:
        """Return how much energy in kWh between two records is never doubted."""
        power = 1.25 * max(1, self.peak + 0.3 * self.at_night)
        return power * ((record.at - previous.at) / timedelta(hours=1)) + 0.25

    def _stale(self, records: list[Record]) -> list[Record]:
        """Return records with the energy of yesterday after midnight."""
        times = self.random.choice([1, 2, 5, 12, 30])
        jitter = self.random.choice([0, 0, 0.1, 0.2, -0.1, -0.2])
        zeros = self.random.randrange(3)
        # Two faults at a time are enough.
        part = 1 if zeros else self.random.choice([1, 0.9, 0.5])
        dipped = self.random.randrange(20)
        last: dict[int, float] = {}
        seen: dict[int, int] = {}
        began: dict[int, datetime] = {}
        dips: dict[int, datetime] = {}
        changed = []
        for record in records:
            last[record.day] = record.true
            number = seen[record.day] = seen.get(record.day, 0) + 1
            since = began.setdefault(record.day, record.at)
            in_time = record.at - since < LONGEST_STALE - LONGEST_DOUBT
            stale = last.get(record.day - 1) if in_time else None
            value = record.value
            if stale is not None and number <= zeros:
                value = 0.0
            elif stale is not None and number <= zeros + times:
                if number > zeros + dipped:
                    since = dips.setdefault(record.day, record.at)
                    dips_now = record.at - since < LONGEST_DOUBT / 3
                    stale *= part if dips_now else 1
                value = max(0, round(stale + jitter, 1))
            changed.append(replace(record, value=value))
        return changed

    def polls(self) -> Iterator[tuple[datetime, Record]]:
        """Yield what each poll finds."""
        shift = timedelta(seconds=self.random.randrange(300))
        newest, index = None, 0
        for slot in range(len(self.energies) + 12):
            at = self.start + slot * SLOT + shift
            while index < len(self.records) and self.records[index].at <= at:
                newest = self.records[index]
                index += 1
            if newest:
                yield at, newest


def run(world: World, period: Period) -> tuple[Shown, list[Seen]]:
    """Return the entity after all polls, and what it showed at each."""
    shown = Shown(period, world.largest)
    trace = []
    for at, record in world.polls():
        shown.see(record.value, at, record.wall)
        if world.random.random() < 0.01:
            shown.restart()
        assert shown.count
        trace.append((record, shown.count))
    return shown, trace


def due(trace: list[Seen], *, lifetime: bool) -> tuple[float, float]:
    """Return the least and most energy since the first answer.

    The most is what was true at the last upload of each day; less is due only where
    that was not shown, or was doubted until the day was over.
    """
    most: dict[int, float] = {}
    seen: dict[int, float] = {}
    least: dict[int, float] = {}
    for record, count in trace:
        day = 0 if lifetime else record.day
        most[day] = max(most.get(day, 0), record.true)
        if record.is_true:
            seen[day] = max(seen.get(day, 0), record.value)
        in_day = lifetime or (count.start and count.start.date().toordinal() == day)
        ends_in_doubt = count.doubt or not in_day
        sure = (count.shown if in_day else 0) if ends_in_doubt else seen.get(day, 0)
        least[day] = min(sure, seen.get(day, 0))
    first = trace[0][0].value
    return sum(least.values()) - first, sum(most.values()) - first
