"""What came of it: statistics against the truth, and what else should not have been."""

from collections import Counter as Counts
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
import logging
from typing import Final, override

from .lives import Gap, Story
from .tallies import Counter, Refused, Tallies, WatchedCloud

HALF_A_STEP: Final = 0.05
"""In kWh; what differs by less is the same."""
ZERO_PERCENT: Final = 0.05
AFTER_KILL: Final = timedelta(minutes=6)
"""How long Growatt may refuse what was asked before Home Assistant was killed."""
DAY: Final = timedelta(days=1)
UNSAVED: Final = timedelta(minutes=30)
"""Of how long before its sudden end Home Assistant may have forgotten everything."""
EXPECTED: Final = (
    "Requests for %s data fail: %s (%s)",
    "The system could not validate that the sqlite3 database",
    "Ended unfinished session",
)
"""What is logged about the faults, and about the database of a core that was killed."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A counter in the long-term statistics beside what is true, in kWh."""

    counter: Counter
    true: float
    """What was uploaded since the first value."""
    told: float
    """What right answers told of it."""
    counted: float
    ahead: float
    """By how much the statistics were ever ahead of the truth."""
    when: datetime | None
    """The end of the first hour in which they were."""
    fall: float
    """The largest fall from one hour to the next."""

    @property
    def off(self) -> float:
        """Return how much too much or too little was counted.

        Of a day that ended before all of it was told, more or less can be known.
        """
        if self.counter.key.endswith("_total"):
            return self.counted - self.told
        return max(0, self.counted - self.true) + min(0, self.counted - self.told)

    @property
    def percent(self) -> float:
        """Return the same in percent of what was told."""
        return 100 * self.off / max(self.told, HALF_A_STEP)

    @property
    def is_exact(self) -> bool:
        """Return whether it is right to 0.0 %, never ahead, and never falls."""
        is_right = abs(self.off) < HALF_A_STEP or abs(self.percent) < ZERO_PERCENT
        return is_right and max(self.ahead, self.fall) < HALF_A_STEP


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """All that came of a soak."""

    compared: list[Compared]
    lost: list[str]
    """Entities that were there at first and not at last, although their thing is."""
    replaced: list[str]
    """Entities whose thing was replaced."""
    refused: int
    """Requests that came too early."""
    refused_after_kill: int
    restarts: int
    kills: int
    requests: int
    lines: dict[str, int]
    """What was logged as a warning or an error, and how often."""

    @property
    def unexpected(self) -> dict[str, int]:
        """Return what was logged that is not about the faults themselves."""
        return {
            line: times
            for line, times in self.lines.items()
            if not any(text in line for text in EXPECTED)
        }

    @property
    def is_good(self) -> bool:
        """Return whether all goals are met."""
        exact = self.compared and all(one.is_exact for one in self.compared)
        return bool(exact and not (self.lost or self.refused or self.unexpected))


class Lines(logging.Handler):
    """Counts what is logged, by who logs it and the text without what is filled in."""

    def __init__(self) -> None:
        """Initialize the count."""
        super().__init__(logging.WARNING)
        self.counts: Counts[str] = Counts()

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Count a line."""
        # The loader warns of every custom integration.
        if record.name != "homeassistant.loader":
            self.counts[f"{record.levelname} {record.name}: {record.msg}"] += 1


def judged(story: Story, cloud: WatchedCloud, lines: Lines) -> Verdict:
    """Return what came of a story."""
    after_kill = [
        one
        for one in cloud.refused
        if any(_was_forgotten(one, gap, cloud) for gap in story.killed)
    ]
    gone = {
        entity_id: thing.partition("#")[0] in cloud.parts
        for entity_id, thing in sorted(story.at_first.items())
        if entity_id not in story.at_last
    }
    return Verdict(
        compared=[_compared(one, story, cloud) for one in sorted(story.began)],
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
    """Return whether Home Assistant cannot know why it is refused."""
    after = refused.at - gap.back
    if not refused.by_day:
        return timedelta() <= after <= AFTER_KILL
    return timedelta() <= after <= DAY and any(
        gap.since - UNSAVED <= request.at <= gap.since
        for request in cloud.requests
        if request.path == refused.path
    )


def _compared(counter: Counter, story: Story, cloud: WatchedCloud) -> Compared:
    """Return a counter beside its truth."""
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
        fall=max(0, *(one - two for one, two in pairwise(sums.values()))),
    )


def _since(began: float, tallies: Tallies, counter: Counter) -> dict[datetime, float]:
    """Return the energy in kWh at the end of each hour, since a counter began."""
    return {
        hour: energies.get(counter, began) - began
        for hour, energies in tallies.hours.items()
    }
