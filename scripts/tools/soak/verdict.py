"""Verdict of a soak test: statistics compared with true values, and other goals."""

from collections import Counter as Counts
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
import logging
from typing import Final, override

from .lives import Gap, Story
from .tallies import Counter, Refused, Tallies, WatchedCloud

HALF_A_STEP: Final = 0.05
"""In kWh; smaller differences are ignored."""
ZERO_PERCENT: Final = 0.05
AFTER_KILL: Final = timedelta(minutes=6)
"""Time in which Growatt may reject requests repeated after a crash."""
DAY: Final = timedelta(days=1)
UNSAVED: Final = timedelta(minutes=30)
"""Time before a crash of which Home Assistant may have lost its state."""
EXPECTED: Final = (
    "Requests for %s data fail: %s (%s)",
    "The system could not validate that the sqlite3 database",
    "Ended unfinished session",
)
"""Log messages about the faults, and about the database after a crash."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A counter in the long-term statistics next to its true values, in kWh."""

    counter: Counter
    true: float
    """Uploaded since the first value."""
    told: float
    """Returned in correct responses."""
    counted: float
    ahead: float
    """Largest lead of the statistics over the uploads."""
    when: datetime | None
    """End of the first hour with such a lead."""
    fall: float
    """Largest drop from one hour to the next."""

    @property
    def off(self) -> float:
        """Return the deviation of the counted energy.

        If a day ended before all of its energy was returned, either value is right.
        """
        if self.counter.key.endswith("_total"):
            return self.counted - self.told
        return max(0, self.counted - self.true) + min(0, self.counted - self.told)

    @property
    def percent(self) -> float:
        """Return the deviation in percent of the returned energy."""
        return 100 * self.off / max(self.told, HALF_A_STEP)

    @property
    def is_exact(self) -> bool:
        """Return whether the deviation is 0.0%, without lead and drop."""
        is_right = abs(self.off) < HALF_A_STEP or abs(self.percent) < ZERO_PERCENT
        return is_right and max(self.ahead, self.fall) < HALF_A_STEP


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The results of a soak test."""

    compared: list[Compared]
    lost: list[str]
    """Entities that disappeared, although their thing still exists."""
    replaced: list[str]
    """Entities of replaced things."""
    refused: int
    """Requests that were too early."""
    refused_after_kill: int
    restarts: int
    kills: int
    requests: int
    lines: dict[str, int]
    """Warnings and errors in the log, and their number."""

    @property
    def unexpected(self) -> dict[str, int]:
        """Return log messages that aren't about the faults themselves."""
        return {
            line: times
            for line, times in self.lines.items()
            if not any(text in line for text in EXPECTED)
        }

    @property
    def is_good(self) -> bool:
        """Return whether all goals are met."""
        exact = self.compared and all(counter.is_exact for counter in self.compared)
        return bool(exact and not (self.lost or self.refused or self.unexpected))


class Lines(logging.Handler):
    """Counts log messages, by logger and unformatted text."""

    def __init__(self) -> None:
        """Initialize with no messages."""
        super().__init__(logging.WARNING)
        self.counts: Counts[str] = Counts()

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Count a message."""
        # The loader warns of every custom integration.
        if record.name != "homeassistant.loader":
            self.counts[f"{record.levelname} {record.name}: {record.msg}"] += 1


def judged(story: Story, cloud: WatchedCloud, lines: Lines) -> Verdict:
    """Return the verdict of a run."""
    after_kill = [
        request
        for request in cloud.refused
        if any(_was_forgotten(request, gap, cloud) for gap in story.killed)
    ]
    gone = {
        entity_id: thing.partition("#")[0] in cloud.parts
        for entity_id, thing in sorted(story.at_first.items())
        if entity_id not in story.at_last
    }
    return Verdict(
        compared=[_compared(counter, story, cloud) for counter in sorted(story.began)],
        lost=[entity_id for entity_id, is_there in gone.items() if is_there],
        replaced=[entity_id for entity_id, is_there in gone.items() if not is_there],
        refused=len(cloud.refused) - len(after_kill),
        refused_after_kill=len(after_kill),
        restarts=story.restarts,
        kills=len(story.killed),
        requests=len(cloud.requests),
        lines=dict(lines.counts),
    )


def _was_forgotten(refused: Refused, gap: Gap, cloud: WatchedCloud) -> bool:
    """Return whether Home Assistant lost the request that explains a rejection."""
    after = refused.at - gap.back
    if not refused.by_day:
        return timedelta() <= after <= AFTER_KILL
    return timedelta() <= after <= DAY and any(
        gap.since - UNSAVED <= request.at <= gap.since
        for request in cloud.requests
        if request.path == refused.path
    )


def _compared(counter: Counter, story: Story, cloud: WatchedCloud) -> Compared:
    """Return a counter next to its true values."""
    began = story.began[counter]
    sums = {
        datetime.fromtimestamp(row["end"], UTC): row["sum"] or 0.0
        for row in story.rows.get(began.entity_id, [])
    }
    true = _since(began.true, cloud.true, counter)
    told = _since(began.told, cloud.told, counter)
    ahead = {hour: counted - true.get(hour, 0) for hour, counted in sums.items()}
    last = max(sums)
    too_early = [hour for hour, energy in ahead.items() if energy >= HALF_A_STEP]
    return Compared(
        counter=counter,
        true=true[last],
        told=told[last],
        counted=sums[last],
        ahead=max(ahead.values(), default=0),
        when=min(too_early, default=None),
        fall=max(0, *(before - after for before, after in pairwise(sums.values()))),
    )


def _since(began: float, tallies: Tallies, counter: Counter) -> dict[datetime, float]:
    """Return the energy in kWh at the end of each hour since a counter's start."""
    return {
        hour: energies.get(counter, began) - began
        for hour, energies in tallies.hours.items()
    }
