"""Figures of a run, handed from the measured process to the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Self

FIVE_MINUTES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The longest callback on the event loop."""

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
    """Costs of a span of time in Home Assistant."""

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
    """Number of requests that the cloud refused as too frequent."""
    turns: int
    """Length of the longest chain of requests, each sent after an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A span of time with its requests and costs."""

    seconds: float
    asked: Asked
    cost: Cost

    def each_refresh(self, total: float) -> float:
        """Return the share of five minutes in a total of this span."""
        return total * FIVE_MINUTES / self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Costs of an integration with an account."""

    set_up: Span
    refresh: Span
    devices: int
    """Number of shown devices."""
    states: int
    sessions: int
    """Number of opened client sessions."""
    memory: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Delays and requests of a day."""

    delays: tuple[float, ...]
    """Seconds from each upload until a state showed it, or a later upload."""
    requests: float
    refused: int
    """Number of requests that the cloud refused as too frequent."""

    @property
    def mean(self) -> float:
        """Return the mean delay in seconds."""
        return fmean(self.delays)

    @classmethod
    def of(cls, days: Sequence[Day]) -> Self:
        """Return the mean of several days."""
        return cls(
            delays=tuple(delay for day in days for delay in day.delays),
            requests=fmean(day.requests for day in days),
            refused=sum(day.refused for day in days),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Restarted:
    """Costs of a restart, and the states after it."""

    span: Span
    states: int
    """Number of states that are not unavailable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair[FigureT]:
    """A figure of this integration and of Home Assistant's own."""

    ours: FigureT
    theirs: FigureT
