"""Figures of a run, as passed between the processes of the benchmark."""

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
    """Seconds of garbage collection in it."""
    what: str

    @property
    def work(self) -> float:
        """Return the seconds of the work itself."""
        return self.seconds - self.collecting


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The cost of a period for Home Assistant."""

    loop: float
    """Seconds of processor time on the event loop."""
    threads: float
    """Seconds of processor time in threads."""
    occupied: float
    """Seconds in which threads were occupied, most of them waiting for an answer."""
    jobs: int
    """Number of jobs for threads."""
    longest: Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Requests that reached the cloud."""

    requests: int
    refused: int
    """Number of requests that the cloud rejected as too frequent."""
    turns: int
    """Number of sequential requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A period: its length, requests, and cost."""

    seconds: float
    asked: Asked
    cost: Cost

    def each_refresh(self, total: float) -> float:
        """Return a total of this period per five minutes."""
        return total * FIVE_MINUTES / self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The cost of an integration with an account."""

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
    """The delays of the uploads of a day."""

    delays: tuple[float, ...]
    """Seconds from each upload until a state showed it, or a later one."""
    requests: float
    refused: int
    """Number of requests that the cloud rejected as too frequent."""

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
    """The cost of a restart, and the restored states."""

    span: Span
    states: int
    """States that are there and not unavailable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair[FigureT]:
    """A measurement with this integration and with the built-in one."""

    ours: FigureT
    theirs: FigureT
