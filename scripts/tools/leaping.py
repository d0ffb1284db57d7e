"""Event loop that skips the time until the next timer while nothing is going on."""

from abc import ABC, abstractmethod
from asyncio import Future, SelectorEventLoop
from collections.abc import Callable
from concurrent.futures import Executor
from selectors import DefaultSelector, SelectorKey
from typing import Any, Final, override

SHORTEST_LEAP: Final = 0.001
"""Seconds."""


class LeapingSelector(DefaultSelector):
    """Selector that waits for sockets only while a response may arrive."""

    def __init__(self, loop: LeapingLoop) -> None:
        """Initialize with the loop that waits and can skip time."""
        super().__init__()
        self._loop = loop

    @override
    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Return the sockets that are ready; skip time while nothing is going on."""
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None or self._loop.is_expecting:
            ready = super().select(self._loop.patience or timeout)
            if ready or timeout is None or not self._loop.patience:
                return ready
        self._loop.leap(max(timeout, SHORTEST_LEAP))
        return ready


class LeapingLoop(SelectorEventLoop, ABC):
    """Event loop that can skip time; subclasses define its clock."""

    leaps = True
    """Whether the loop skips time; otherwise, it waits."""
    jobs = 0
    """Number of threads that work for the loop."""
    patience: float | None = None
    """Real seconds of waiting after which time is skipped anyway; None for never."""

    def __init__(self) -> None:
        """Initialize the loop."""
        super().__init__(LeapingSelector(self))

    @property
    def is_expecting(self) -> bool:
        """Return whether a response may arrive that the loop can't see."""
        return not self.leaps or self.jobs > 0

    @abstractmethod
    def leap(self, seconds: float) -> None:
        """Skip time."""

    @override
    def run_in_executor[*ArgumentsT, ResultT](
        self,
        executor: Executor | None,
        func: Callable[[*ArgumentsT], ResultT],
        *args: *ArgumentsT,
    ) -> Future[ResultT]:
        """Run a function in a thread, without skipping time until it's done."""
        job = super().run_in_executor(executor, func, *args)
        self.jobs += 1
        job.add_done_callback(self._end_job)
        return job

    def _end_job(self, _: Future[Any]) -> None:
        """Note that a thread has finished."""
        self.jobs -= 1
