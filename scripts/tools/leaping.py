"""An event loop on which time leaps to what is due next, once nothing is going on."""

from abc import ABC, abstractmethod
from asyncio import Future, SelectorEventLoop
from collections.abc import Callable
from concurrent.futures import Executor
from selectors import DefaultSelector, SelectorKey
from typing import Any, Final, override

SHORTEST_LEAP: Final = 0.001
"""Seconds."""


class LeapingSelector(DefaultSelector):
    """Waits for sockets only as long as something may come."""

    def __init__(self, loop: LeapingLoop) -> None:
        """Initialize with the loop that waits, and can leap."""
        super().__init__()
        self._loop = loop

    @override
    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Return what is ready; let time leap where nothing is going on."""
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
    """An event loop whose time can leap; a kind of it says what its time is."""

    leaps = True
    """Whether it leaps at all; without, it waits."""
    jobs = 0
    """How many threads are at work for it."""
    patience: float | None = None
    """Real seconds of waiting after which time leaps all the same; None for never."""

    def __init__(self) -> None:
        """Initialize the loop."""
        super().__init__(LeapingSelector(self))

    @property
    def is_expecting(self) -> bool:
        """Return whether something may come that the loop cannot see."""
        return not self.leaps or self.jobs > 0

    @abstractmethod
    def leap(self, seconds: float) -> None:
        """Let time leap."""

    @override
    def run_in_executor[*ArgumentsT, ResultT](
        self,
        executor: Executor | None,
        func: Callable[[*ArgumentsT], ResultT],
        *args: *ArgumentsT,
    ) -> Future[ResultT]:
        """Run something in a thread, and do not leap until it is done."""
        job = super().run_in_executor(executor, func, *args)
        self.jobs += 1
        job.add_done_callback(self._end_job)
        return job

    def _end_job(self, _: Future[Any]) -> None:
        """Note that a thread has done its job."""
        self.jobs -= 1
