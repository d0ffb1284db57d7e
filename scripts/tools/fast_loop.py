"""Fast event loop: skips idle time up to the next timer."""

from abc import ABC, abstractmethod
from asyncio import Future, SelectorEventLoop
from collections.abc import Callable
from concurrent.futures import Executor
from selectors import DefaultSelector, SelectorKey
from typing import Any, Final, override

SHORTEST_SKIP: Final = 0.001
"""Seconds."""


class FastSelector(DefaultSelector):
    """Selector that waits for sockets only while something can arrive."""

    def __init__(self, loop: FastLoop) -> None:
        """Initialize with the loop that uses it."""
        super().__init__()
        self._loop = loop

    @override
    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Return the ready sockets; skip the time of an idle loop."""
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None or self._loop.is_waiting:
            ready = super().select(self._loop.patience or timeout)
            if ready or timeout is None or not self._loop.patience:
                return ready
        self._loop.skip(max(timeout, SHORTEST_SKIP))
        return ready


class FastLoop(SelectorEventLoop, ABC):
    """An event loop that skips idle time; subclasses define its clock."""

    skips = True
    """Whether it skips idle time; otherwise it waits."""
    jobs = 0
    """Number of running jobs in threads."""
    patience: float | None = None
    """Real seconds without an event after which time is skipped; None for never."""

    def __init__(self) -> None:
        """Initialize the loop."""
        super().__init__(FastSelector(self))

    @property
    def is_waiting(self) -> bool:
        """Return whether something outside of the loop can wake it."""
        return not self.skips or self.jobs > 0

    @abstractmethod
    def skip(self, seconds: float) -> None:
        """Skip some seconds."""

    @override
    def run_in_executor[*ArgumentsT, ResultT](
        self,
        executor: Executor | None,
        func: Callable[[*ArgumentsT], ResultT],
        *args: *ArgumentsT,
    ) -> Future[ResultT]:
        """Run a function in a thread, and skip no time until it is done."""
        job = super().run_in_executor(executor, func, *args)
        self.jobs += 1
        job.add_done_callback(self._end_job)
        return job

    def _end_job(self, _: Future[Any]) -> None:
        """Count a finished job."""
        self.jobs -= 1
