"""Rows of the report: figures of both integrations, with ratio and goal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..figures import Day, Measured, Pair, Restarted, Span

COUNTS: Final = (1, 10, 100)
COMPARED: Final = 10
"""Number of devices of the account for the comparison."""
PARK: Final = 1000

DEVICES: Final = "Devices shown"
REQUESTS_TO_SET_UP: Final = "Requests during set-up"
TURNS: Final = "Round trips during set-up"
LOOP: Final = "Event loop time per refresh and device"
THREADS: Final = "Thread pool jobs per refresh"
SESSIONS: Final = "Client sessions opened"
MEMORY: Final = "Memory"
REQUESTS: Final = "Requests per refresh"
SET_UP: Final = "Set-up time"
PROCESSOR: Final = "CPU time per refresh and device"
AGE: Final = "Mean added age"

MILLI: Final = 1000
MEGA: Final = 1_000_000
YOUNG: Final = 30
"""Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """The goal of a figure, and its outcome."""

    text: str
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure of this integration, and of Home Assistant's own if it has measured."""

    what: str
    unit: str
    ours: float
    theirs: float | None = None
    goal: Goal | None = None

    @property
    def ratio(self) -> float | None:
        """Return the ratio of Home Assistant's own to this, None without either."""
        return (
            self.theirs / self.ours if self.theirs is not None and self.ours else None
        )


type Judge = Callable[[float, float], bool]
"""Decides on a goal by the figures of this integration and of the other."""


@dataclass(frozen=True, slots=True)
class Target:
    """A goal of a figure, and the accounts it applies to, by their devices."""

    text: str
    is_met: Judge
    counts: tuple[int, ...]

    def goal(self, count: int, ours: float, theirs: float) -> Goal | None:
        """Return the goal for an account with its outcome, None without a goal."""
        if count not in self.counts:
            return None
        return Goal(text=self.text, met=self.is_met(ours, theirs))


def at_most(limit: float) -> Judge:
    """Return a judge of this integration alone."""
    return lambda ours, _: ours <= limit


def is_few_requests(ours: float, theirs: float) -> bool:
    """Return whether a refresh of ten devices takes 2 requests, the other's 32."""
    return (round(ours), round(theirs)) == (2, 32)


def is_tenth(ours: float, theirs: float) -> bool:
    """Return whether a figure is a tenth of the other or less."""
    return ours * 10 <= theirs


FEW_REQUESTS: Final = Target("2 vs. 32", is_few_requests, (COMPARED,))
FEW_TURNS: Final = Target("≤ 4", at_most(4), COUNTS)
TENTH: Final = Target("10 times lower", is_tenth, COUNTS)
NO_THREADS: Final = Target("0", at_most(0), (*COUNTS, PARK))
SHORT_BLOCK: Final = Target("≤ 50 ms", at_most(50), (PARK,))


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its row, and its computation from a measurement."""

    what: str
    unit: str
    of: Callable[[Measured], float]
    target: Target | None = None

    def row(self, count: int, ours: Measured, theirs: Measured | None) -> Row:
        """Return the row of an account with so many devices."""
        mine, other = self.of(ours), self.of(theirs) if theirs else None
        goal = self.target.goal(count, mine, other or 0) if self.target else None
        return Row(what=self.what, unit=self.unit, ours=mine, theirs=other, goal=goal)


def _requests(measured: Measured) -> float:
    """Return the requests of a refresh."""
    return measured.refresh.each_refresh(measured.refresh.asked.requests)


def _loop(measured: Measured) -> float:
    """Return the milliseconds on the event loop for a refresh."""
    return measured.refresh.each_refresh(measured.refresh.cost.loop) * MILLI


def _jobs(measured: Measured) -> float:
    """Return the jobs for threads of a refresh."""
    return measured.refresh.each_refresh(measured.refresh.cost.jobs)


def _occupied(measured: Measured) -> float:
    """Return the milliseconds that a refresh occupies threads."""
    return measured.refresh.each_refresh(measured.refresh.cost.occupied) * MILLI


def _in_threads(measured: Measured) -> float:
    """Return the milliseconds of processor time in threads for a refresh."""
    return measured.refresh.each_refresh(measured.refresh.cost.threads) * MILLI


def _processor(measured: Measured) -> float:
    """Return the milliseconds of processor time of a refresh for each device."""
    return (_loop(measured) + _in_threads(measured)) / measured.devices


def _longest(span: Span) -> float:
    """Return the milliseconds of the longest block."""
    return span.cost.longest.work * MILLI


FIGURES: Final = (
    Figure(DEVICES, "", lambda measured: measured.devices),
    Figure("States", "", lambda measured: measured.states),
    Figure(REQUESTS_TO_SET_UP, "", lambda measured: measured.set_up.asked.requests),
    Figure(TURNS, "", lambda measured: measured.set_up.asked.turns, FEW_TURNS),
    Figure(SET_UP, "s", lambda measured: measured.set_up.seconds),
    Figure(REQUESTS, "", _requests, FEW_REQUESTS),
    Figure("Event loop time per refresh", "ms", _loop),
    Figure(
        LOOP,
        "ms",
        lambda measured: _loop(measured) / measured.devices,
        TENTH,
    ),
    Figure(
        "Event loop time per refresh and state",
        "ms",
        lambda measured: _loop(measured) / measured.states,
    ),
    Figure(THREADS, "", _jobs, NO_THREADS),
    Figure("Thread time per refresh", "ms", _occupied),
    Figure("CPU time of threads per refresh", "ms", _in_threads),
    Figure(PROCESSOR, "ms", _processor),
    Figure(SESSIONS, "", lambda measured: measured.sessions),
    Figure(MEMORY, "MB", lambda measured: measured.memory / MEGA),
    Figure(
        "Longest block during set-up",
        "ms",
        lambda measured: _longest(measured.set_up),
        SHORT_BLOCK,
    ),
    Figure(
        "Longest block during a refresh",
        "ms",
        lambda measured: _longest(measured.refresh),
        SHORT_BLOCK,
    ),
)


def rows_of_account(count: int, ours: Measured, theirs: Measured | None) -> list[Row]:
    """Return the rows of an account with so many devices."""
    return [figure.row(count, ours, theirs) for figure in FIGURES]


def rows_of_restart(pair: Pair[Restarted]) -> list[Row]:
    """Return the rows of a restart."""
    ours, theirs = pair.ours, pair.theirs
    requests, others = ours.span.asked.requests, theirs.span.asked.requests
    goal = Goal(text="0", met=not requests)
    return [
        Row(what="Requests", unit="", ours=requests, theirs=others, goal=goal),
        Row(
            what="Requests rejected",
            unit="",
            ours=ours.span.asked.refused,
            theirs=theirs.span.asked.refused,
        ),
        Row(what="States restored", unit="", ours=ours.states, theirs=theirs.states),
    ]


def rows_of_day(pair: Pair[Day]) -> list[Row]:
    """Return the rows of a day."""
    ours, theirs = pair.ours, pair.theirs
    young = ours.mean <= YOUNG and ours.requests <= theirs.requests
    goal = Goal(text="≤ 30 s without more requests", met=young)
    return [
        Row(
            what=AGE,
            unit="s",
            ours=ours.mean,
            theirs=theirs.mean,
            goal=goal,
        ),
        Row(
            what="Maximum added age",
            unit="s",
            ours=max(ours.delays),
            theirs=max(theirs.delays),
        ),
        Row(what="Requests", unit="", ours=ours.requests, theirs=theirs.requests),
        # The other has no refusals: the limits are off for it.
        Row(what="Requests rejected", unit="", ours=ours.refused),
    ]
