"""Accelerated clock: time stands still, and skips to the next timer."""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final, override

from freezegun import api as frozen, freeze_time
from freezegun.api import FrozenDateTimeFactory

# It has to come before anything that takes its time from Home Assistant.
from pytest_homeassistant_custom_component import patch_time

from ..leaping import LeapingLoop

MICROSECOND: Final = timedelta(microseconds=1)


class Clock(FrozenDateTimeFactory):
    """A clock that is moved explicitly, and a little with each reading.

    No two events have the same time, which the recorder couldn't distinguish.
    """

    def __init__(self, start: datetime) -> None:
        """Initialize the clock at a moment in UTC."""
        super().__init__(start.replace(tzinfo=None))
        self._looks = count()

    @override
    def __call__(self) -> datetime:
        """Return the time in UTC, without a zone."""
        return super().__call__() + next(self._looks) * MICROSECOND


class Timelapse(LeapingLoop):
    """An event loop whose time stands still or skips, with all other clocks."""

    patience = 0.25
    """Real seconds of inactivity after which no thread is considered to be working."""

    def __init__(self, clock: Clock) -> None:
        """Initialize the loop with the shared clock."""
        self._clock = clock
        self._start = clock()
        self._now = 0.0
        super().__init__()

    @override
    def time(self) -> float:
        """Return the seconds since the start."""
        return self._now

    @override
    def leap(self, seconds: float) -> None:
        """Move the time of the loop, and the clock with it."""
        self._now += seconds
        self._clock.move_to(self._start + timedelta(seconds=self._now))

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Stop time while threads may work unseen by the loop."""
        self.leaps = False
        try:
            yield
        finally:
            self.leaps = True


@contextmanager
def stopped_clock(start: datetime) -> Iterator[Clock]:
    """Stop the clock of this process, and yield it to be moved."""
    # The two hours of an autumn night that are called the same are told apart.
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


def told[ResultT](
    clock: Clock,
    story: Callable[[Timelapse], Coroutine[Any, Any, ResultT]],
) -> ResultT:
    """Run a coroutine from now on, and return its result; nothing runs on after it."""
    loop = Timelapse(clock)
    try:
        return loop.run_until_complete(story(loop))
    finally:
        with loop.patient():
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
