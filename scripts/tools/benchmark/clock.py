"""Time that goes on by itself and leaps over what nobody uses: clock and event loop."""

import asyncio
from asyncio import Future
from collections.abc import Callable, Generator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
import selectors
from time import monotonic, time
from typing import Any, override
from unittest.mock import patch

LEAST_LEAP = 0.001
"""Seconds; a shorter wait costs less than the leap over it."""

type Job = Callable[..., Any]


class Clock:
    """The clock of the machine, set to another moment, and leaping ahead."""

    def __init__(self, start: datetime) -> None:
        """Initialize the clock at an aware moment."""
        self._ahead = start.timestamp() - time()
        self.leapt = 0.0
        """Seconds that were leapt over."""

    def seconds(self) -> float:
        """Return the seconds since 1970."""
        return time() + self._ahead + self.leapt

    def now(self, zone: tzinfo | None = None) -> datetime:
        """Return the moment, by default on Home Assistant's own clock."""
        return datetime.fromtimestamp(self.seconds(), zone or self.zone)

    zone: tzinfo = UTC
    """Where Home Assistant is."""

    @contextmanager
    def everywhere(self) -> Generator[None]:
        """Let Home Assistant, and all that is imported later, go by this clock."""
        with patch("time.time", self.seconds):
            from homeassistant.util import dt as dt_util  # noqa: PLC0415 - only now

            with patch.multiple(dt_util, utcnow=lambda: self.now(UTC), now=self.now):
                yield


class Waiting(selectors.DefaultSelector):
    """Waits for what comes from outside; leaps over the time in which nothing can."""

    def __init__(self, clock: Clock) -> None:
        """Initialize with the clock that leaps."""
        super().__init__()
        self._clock = clock
        self.is_expecting: Callable[[], bool] = lambda: True
        """Whether something may come from outside, so that time must not leap."""
        self.on_leap: Callable[[float], None] = lambda _: None

    @override
    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what came, as select does, though without waiting in vain."""
        if timeout is None or timeout < LEAST_LEAP or self.is_expecting():
            return super().select(timeout)
        if arrived := super().select(0):
            return arrived
        self._clock.leapt += timeout
        self.on_leap(timeout)
        return []


class LeapingLoop(asyncio.SelectorEventLoop):
    """An event loop on a clock that leaps while no answer and no thread is awaited."""

    def __init__(
        self,
        clock: Clock,
        *,
        is_expecting: Callable[[], bool],
        on_leap: Callable[[float], None],
        watched: Callable[[Job], Job],
    ) -> None:
        """Initialize with what tells of answers to come, and what watches threads."""
        waiting = Waiting(clock)
        self._clock = clock
        self._watched = watched
        self._in_threads = 0
        self.leaps = True
        """Whether it leaps at all; without, it waits as any other."""
        super().__init__(waiting)
        waiting.is_expecting = lambda: (
            not self.leaps or bool(self._in_threads) or is_expecting()
        )
        waiting.on_leap = on_leap

    @override
    def time(self) -> float:
        """Return the seconds of this loop."""
        return monotonic() + self._clock.leapt

    @override
    def run_in_executor(  # type: ignore[override]  # as loose as its callers
        self, executor: Executor | None, func: Job, *args: Any
    ) -> Future[Any]:
        """Run something in a thread, and do not leap until it is done."""
        future = super().run_in_executor(executor, self._watched(func), *args)
        self._in_threads += 1
        future.add_done_callback(self._back_from_thread)
        return future

    def _back_from_thread(self, _: Future[Any]) -> None:
        """Note that something in a thread is done."""
        self._in_threads -= 1
