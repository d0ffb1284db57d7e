"""Verdict: statistics against expected totals, refusals, lost entities, log lines."""

from collections import Counter as Counts
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
import logging
from typing import Final, override

from .expected_totals import Counter, ExpectedTotals, Refused, WatchedCloud
from .runs import Kill, Record

HALF_A_STEP: Final = 0.05
"""In kWh; smaller differences are none."""
ZERO_PERCENT: Final = 0.05
AFTER_KILL: Final = timedelta(minutes=6)
"""Time after a kill in which requests from before it may be refused."""
DAY: Final = timedelta(days=1)
UNSAVED: Final = timedelta(minutes=30)
"""Time before a kill whose requests may not have been saved."""
EXPECTED: Final = (
    "Requests for %s data fail: %s (%s)",
    "The system could not validate that the sqlite3 database",
    "Ended unfinished session",
)
"""Log lines about the faults, and about the database after a kill."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A counter in the long-term statistics beside its expected totals, in kWh."""

    counter: Counter
    uploaded: float
    """Energy uploaded since the first value."""
    answered: float
    """Energy in answers without a fault since then."""
    counted: float
    ahead: float
    """The most by which the statistics were ever ahead of the uploads."""
    when: datetime | None
    """End of the first hour with such a lead."""
    fall: float
    """Largest drop from one hour to the next."""

    @property
    def off(self) -> float:
        """Return the energy that was counted too much or too little.

        A day can end before its last upload is answered: any value between is right.
        """
        if self.counter.key.endswith("_total"):
            return self.counted - self.answered
        surplus = max(0, self.counted - self.uploaded)
        return surplus + min(0, self.counted - self.answered)

    @property
    def percent(self) -> float:
        """Return the same in percent of the answered energy."""
        return 100 * self.off / max(self.answered, HALF_A_STEP)

    @property
    def is_exact(self) -> bool:
        """Return whether it is exact to 0.0 %, never ahead, and never falls."""
        is_right = abs(self.off) < HALF_A_STEP or abs(self.percent) < ZERO_PERCENT
        return is_right and max(self.ahead, self.fall) < HALF_A_STEP


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The verdict of a soak."""

    compared: list[Compared]
    lost: list[str]
    """Entities that are missing in the end although their owner exists."""
    replaced: list[str]
    """Entities whose owner was replaced."""
    refused: int
    """Requests refused as too frequent."""
    refused_after_kill: int
    restarts: int
    kills: int
    requests: int
    lines: dict[str, int]
    """Logged warnings and errors, with their number."""

    @property
    def unexpected(self) -> dict[str, int]:
        """Return the log lines that are not about the faults themselves."""
        return {
            line: times
            for line, times in self.lines.items()
            if not any(text in line for text in EXPECTED)
        }

    @property
    def is_good(self) -> bool:
        """Return whether all goals are met."""
        exact = self.compared and all(row.is_exact for row in self.compared)
        return bool(exact and not (self.lost or self.refused or self.unexpected))


class LogLines(logging.Handler):
    """Counts log records by level, logger and unformatted message."""

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


def judge(record: Record, cloud: WatchedCloud, lines: LogLines) -> Verdict:
    """Return the verdict on a record."""
    after_kill = [
        refused
        for refused in cloud.refused
        if any(_was_unsaved(refused, kill, cloud) for kill in record.kills)
    ]
    gone = {
        entity_id: owner.partition("#")[0] in cloud.parts
        for entity_id, owner in sorted(record.at_first.items())
        if entity_id not in record.at_last
    }
    return Verdict(
        compared=[
            _compared(counter, record, cloud) for counter in sorted(record.began)
        ],
        lost=[entity_id for entity_id, exists in gone.items() if exists],
        replaced=[entity_id for entity_id, exists in gone.items() if not exists],
        refused=len(cloud.refused) - len(after_kill),
        refused_after_kill=len(after_kill),
        restarts=record.restarts,
        kills=len(record.kills),
        requests=len(cloud.requests),
        lines=dict(lines.counts),
    )


def _was_unsaved(refused: Refused, kill: Kill, cloud: WatchedCloud) -> bool:
    """Return whether a refusal follows from requests that a kill lost."""
    after = refused.at - kill.back
    if not refused.by_day:
        return timedelta() <= after <= AFTER_KILL
    return timedelta() <= after <= DAY and any(
        kill.since - UNSAVED <= request.at <= kill.since
        for request in cloud.requests
        if request.path == refused.path
    )


def _compared(counter: Counter, record: Record, cloud: WatchedCloud) -> Compared:
    """Return a counter beside its expected totals."""
    began = record.began[counter]
    sums = {
        datetime.fromtimestamp(row["end"], UTC): row["sum"] or 0.0
        for row in record.rows.get(began.entity_id, [])
    }
    uploaded = _since(began.uploaded, cloud.uploaded, counter)
    answered = _since(began.answered, cloud.answered, counter)
    ahead = {hour: counted - uploaded.get(hour, 0) for hour, counted in sums.items()}
    last = max(sums)
    too_early = [hour for hour, energy in ahead.items() if energy >= HALF_A_STEP]
    return Compared(
        counter=counter,
        uploaded=uploaded[last],
        answered=answered[last],
        counted=sums[last],
        ahead=max(ahead.values(), default=0),
        when=min(too_early, default=None),
        fall=max(0, *(before - after for before, after in pairwise(sums.values()))),
    )


def _since(
    began: float, totals: ExpectedTotals, counter: Counter
) -> dict[datetime, float]:
    """Return the energy in kWh at the end of each hour, since a counter began."""
    return {
        hour: energies.get(counter, began) - began
        for hour, energies in totals.hours.items()
    }
