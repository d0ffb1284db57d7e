"""The figures of one run, as the programs of the benchmark hand them to each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Self

FIVE_MINUTES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The longest time for which the event loop did nothing else."""

    seconds: float
    collecting: float
    """Seconds of it in which Python collected garbage."""
    what: str

    @property
    def work(self) -> float:
        """Return the seconds of the work itself."""
        return self.seconds - self.collecting


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a span of time costs Home Assistant."""

    loop: float
    """Seconds of processor time on the event loop."""
    threads: float
    """Seconds of processor time in threads."""
    occupied: float
    """Seconds in which threads were occupied, most of them waiting for an answer."""
    jobs: int
    """How often a thread was given something to do."""
    longest: Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Requests that reached the cloud."""

    requests: int
    refused: int
    """How many of them were asked too often, as the cloud has it."""
    turns: int
    """How many of them were made one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A span of time: how long it was, what was asked, and what it cost."""

    seconds: float
    asked: Asked
    cost: Cost

    def each_refresh(self, total: float) -> float:
        """Return what a total of this span is for every five minutes."""
        return total * FIVE_MINUTES / self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one integration costs with one account."""

    set_up: Span
    refresh: Span
    devices: int
    """Devices that are shown."""
    states: int
    sessions: int
    """Client sessions that were opened."""
    memory: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What became of the uploads of a day."""

    delays: tuple[float, ...]
    """Seconds from each upload until a state showed it, or a later one."""
    requests: float
    refused: int
    """How many of them were asked too often, as the cloud has it."""

    @property
    def mean(self) -> float:
        """Return the mean delay in seconds."""
        return fmean(self.delays)

    @classmethod
    def of(cls, days: Sequence[Day]) -> Self:
        """Return the day that stands for several."""
        return cls(
            delays=tuple(delay for day in days for delay in day.delays),
            requests=fmean(day.requests for day in days),
            refused=sum(day.refused for day in days),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Restarted:
    """What a restart costs, and what is there after it."""

    span: Span
    states: int
    """States that are there and not unavailable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair[FigureT]:
    """The same measured with this integration and with Home Assistant's own."""

    ours: FigureT
    theirs: FigureT
