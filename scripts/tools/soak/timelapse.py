"""Time lapse: a frozen clock, and an event loop that skips to the next timer."""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final, override

from freezegun import api as frozen, freeze_time
from freezegun.api import FrozenDateTimeFactory

# It has to come before anything that takes its time from Home Assistant.
from pytest_homeassistant_custom_component import patch_time

from ..fast_loop import FastLoop

MICROSECOND: Final = timedelta(microseconds=1)


class Clock(FrozenDateTimeFactory):
    """A frozen clock that moves on command, and a microsecond at each reading.

    So no two events have the same time, which a recorder could not order.
    """

    def __init__(self, start: datetime) -> None:
        """Initialize the clock at a moment in UTC."""
        super().__init__(start.replace(tzinfo=None))
        self._readings = count()

    @override
    def __call__(self) -> datetime:
        """Return the moment it is in UTC, without a zone."""
        return super().__call__() + next(self._readings) * MICROSECOND


class TimelapseLoop(FastLoop):
    """An event loop whose time is frozen or skips, together with the clock."""

    patience = 0.25
    """Real seconds without an event after which no thread is at work."""

    def __init__(self, clock: Clock) -> None:
        """Initialize the loop with the clock of the process."""
        self._clock = clock
        self._start = clock()
        self._now = 0.0
        super().__init__()

    @override
    def time(self) -> float:
        """Return the seconds since the start."""
        return self._now

    @override
    def skip(self, seconds: float) -> None:
        """Move the time of the loop, and the clock with it."""
        self._now += seconds
        self._clock.move_to(self._start + timedelta(seconds=self._now))

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Skip no time while threads may work without the loop's knowledge."""
        self.skips = False
        try:
            yield
        finally:
            self.skips = True


@contextmanager
def frozen_clock(start: datetime) -> Iterator[Clock]:
    """Freeze the clock of this process at a moment, and yield it."""
    # These keep the two hours of an autumn night with the same name apart.
    for name, replacement in (
        ("FakeDatetime", patch_time.HAFakeDatetime),
        ("FakeDate", patch_time.HAFakeDate),
        ("datetime_to_fakedatetime", patch_time.ha_datetime_to_fakedatetime),
    ):
        setattr(frozen, name, replacement)
    clock = Clock(start)
    with freeze_time(start, real_asyncio=True):
        frozen.freeze_factories[-1] = clock
        yield clock


def run_until_complete[ResultT](
    clock: Clock,
    main: Callable[[TimelapseLoop], Coroutine[Any, Any, ResultT]],
) -> ResultT:
    """Run a coroutine on a loop of its own, and return its result."""
    loop = TimelapseLoop(clock)
    try:
        return loop.run_until_complete(main(loop))
    finally:
        with loop.waiting():
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
