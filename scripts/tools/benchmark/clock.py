"""Accelerated clock and event loop: time runs, and skips idle periods."""

from collections.abc import Callable, Generator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from time import monotonic, time
from typing import Any, override
from unittest.mock import patch

from ..leaping import LeapingLoop

type Job = Callable[..., Any]


class Clock:
    """The clock of the machine, set to another time, with skipped periods."""

    def __init__(self, start: datetime) -> None:
        """Initialize the clock at an aware moment."""
        self._ahead = start.timestamp() - time()
        self.leapt = 0.0
        """Skipped seconds."""

    def seconds(self) -> float:
        """Return the seconds since 1970."""
        return time() + self._ahead + self.leapt

    def now(self, zone: tzinfo | None = None) -> datetime:
        """Return the time, by default in Home Assistant's time zone."""
        return datetime.fromtimestamp(self.seconds(), zone or self.zone)

    zone: tzinfo = UTC
    """Where Home Assistant is."""

    @contextmanager
    def everywhere(self) -> Generator[None]:
        """Use this clock in Home Assistant and in everything imported later."""
        with patch("time.time", self.seconds):
            from homeassistant.util import dt as dt_util  # noqa: PLC0415 - only now

            with patch.multiple(dt_util, utcnow=lambda: self.now(UTC), now=self.now):
                yield


class MeasuredLoop(LeapingLoop):
    """An event loop whose clock skips time while no response or thread is awaited."""

    def __init__(
        self,
        clock: Clock,
        *,
        is_asking: Callable[[], bool],
        on_leap: Callable[[float], None],
        watched: Callable[[Job], Job],
    ) -> None:
        """Initialize with callbacks for pending responses and for threads."""
        self._clock = clock
        self._is_asking = is_asking
        self._on_leap = on_leap
        self._watched = watched
        super().__init__()

    @property
    @override
    def is_expecting(self) -> bool:
        """Return whether a response or a thread is awaited."""
        return super().is_expecting or self._is_asking()

    @override
    def time(self) -> float:
        """Return the seconds of this loop."""
        return monotonic() + self._clock.leapt

    @override
    def leap(self, seconds: float) -> None:
        """Skip time, and notify the clocks that follow."""
        self._clock.leapt += seconds
        self._on_leap(seconds)

    @override
    def run_in_executor(  # type: ignore[override]  # as loose as its callers
        self, executor: Executor | None, func: Job, *args: Any
    ) -> Any:
        """Run a function in a thread, and measure its cost."""
        return super().run_in_executor(executor, self._watched(func), *args)
