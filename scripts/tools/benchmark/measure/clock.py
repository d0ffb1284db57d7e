"""Clock and event loop of a benchmark, which skip idle time."""

from collections.abc import Callable, Generator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from time import monotonic, time
from typing import Any, override
from unittest.mock import patch

from ...fast_loop import FastLoop

type Job = Callable[..., Any]


class Clock:
    """The clock of the machine, set to another moment, with skipped time."""

    def __init__(self, start: datetime) -> None:
        """Initialize the clock at an aware moment."""
        self._ahead = start.timestamp() - time()
        self.skipped = 0.0
        """Skipped seconds."""

    def seconds(self) -> float:
        """Return the seconds since 1970."""
        return time() + self._ahead + self.skipped

    def now(self, zone: tzinfo | None = None) -> datetime:
        """Return the time, by default in Home Assistant's time zone."""
        return datetime.fromtimestamp(self.seconds(), zone or self.zone)

    zone: tzinfo = UTC
    """Zone of Home Assistant."""

    @contextmanager
    def everywhere(self) -> Generator[None]:
        """Let Home Assistant and all later imports use this clock."""
        with patch("time.time", self.seconds):
            from homeassistant.util import dt as dt_util  # noqa: PLC0415 - only now

            with patch.multiple(dt_util, utcnow=lambda: self.now(UTC), now=self.now):
                yield


class MeasuredLoop(FastLoop):
    """An event loop that skips time while it awaits no answer and no thread."""

    def __init__(
        self,
        clock: Clock,
        *,
        is_asking: Callable[[], bool],
        on_skip: Callable[[float], None],
        watched: Callable[[Job], Job],
    ) -> None:
        """Initialize with callbacks: pending requests, skipped time, measured jobs."""
        self._clock = clock
        self._is_asking = is_asking
        self._on_skip = on_skip
        self._watched = watched
        super().__init__()

    @property
    @override
    def is_waiting(self) -> bool:
        """Return whether an answer or a job in a thread is pending."""
        return super().is_waiting or self._is_asking()

    @override
    def time(self) -> float:
        """Return the seconds of this loop."""
        return monotonic() + self._clock.skipped

    @override
    def skip(self, seconds: float) -> None:
        """Skip some seconds on the clock, and call on_skip."""
        self._clock.skipped += seconds
        self._on_skip(seconds)

    @override
    def run_in_executor(  # type: ignore[override]  # as loose as its callers
        self, executor: Executor | None, func: Job, *args: Any
    ) -> Any:
        """Run a function in a thread, and measure its costs."""
        return super().run_in_executor(executor, self._watched(func), *args)
