"""A loop on which time leaps to the next thing that is due, once all is quiet."""

from asyncio import Future, SelectorEventLoop
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import datetime, timedelta
from selectors import DefaultSelector, SelectorKey
from typing import Any, Final, cast, override

from freezegun import api as frozen, freeze_time
from freezegun.api import FrozenDateTimeFactory

# It has to come before anything that takes its time from Home Assistant.
from pytest_homeassistant_custom_component import patch_time

PATIENCE: Final = 0.25
"""Real seconds without a sign of life after which no thread is at work."""
MOMENT: Final = 0.000001
"""Seconds between two looks at the clock."""
SHORTEST_LEAP: Final = 0.001
STEP: Final = 0.00001
"""Seconds that everything the loop does takes, so that no two things coincide."""


class LeapingSelector(DefaultSelector):
    """Waits for sockets only as long as threads may still bring something."""

    def __init__(
        self, leaps: Callable[[float | None], bool], passed: Callable[[float], None]
    ) -> None:
        """Initialize with who lets time leap if it may, and who moves it anyway."""
        super().__init__()
        self._leaps = leaps
        self._passed = passed

    @override
    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Return what is ready; let time leap where nothing is going on."""
        ready = super().select(0)
        self._passed(STEP)
        if ready or timeout == 0 or self._leaps(timeout):
            return ready
        ready = super().select(PATIENCE)
        if not ready and timeout is not None:
            self._passed(timeout)
        return ready


class Timelapse(SelectorEventLoop):
    """An event loop whose time leaps, and that of everybody else with it."""

    def __init__(self, clock: FrozenDateTimeFactory) -> None:
        """Initialize the loop with the clock that all others look at."""
        self._clock = clock
        self._now = 0.0
        self._jobs = 0
        self._patient = 0
        super().__init__(LeapingSelector(self._leaps, self._move))

    @override
    def time(self) -> float:
        """Return the seconds since the start."""
        return self._now

    @contextmanager
    def patient(self) -> Iterator[None]:
        """Let time stand still while threads may do what the loop cannot see."""
        self._patient += 1
        try:
            yield
        finally:
            self._patient -= 1

    @override
    def run_in_executor[*GivenT, ResultT](
        self,
        executor: Executor | None,
        func: Callable[[*GivenT], ResultT],
        *args: *GivenT,
    ) -> Future[ResultT]:
        """Count the jobs of threads; time stands still for them."""
        job = super().run_in_executor(executor, func, *args)
        self._jobs += 1
        job.add_done_callback(self._end_job)
        return job

    def _end_job(self, job: Future[Any]) -> None:
        """Note that a thread has done its job."""
        self._jobs -= 1

    def _leaps(self, timeout: float | None) -> bool:
        """Leap to the next timer, unless threads are at work; return whether it did."""
        if self._jobs or self._patient or timeout is None:
            return False
        self._move(max(timeout, SHORTEST_LEAP))
        return True

    def _move(self, seconds: float) -> None:
        """Move the time of the loop, and the clock with it."""
        self._now += seconds
        self._clock.tick(timedelta(seconds=seconds))


@contextmanager
def stopped_clock(start: datetime) -> Iterator[FrozenDateTimeFactory]:
    """Stop the clock of this process at a moment; whoever has it can move it."""
    # The two hours of an autumn night that are called the same are told apart.
    for name, replacement in (
        ("FakeDatetime", patch_time.HAFakeDatetime),
        ("FakeDate", patch_time.HAFakeDate),
        ("datetime_to_fakedatetime", patch_time.ha_datetime_to_fakedatetime),
    ):
        setattr(frozen, name, replacement)
    # As in life, it is never twice the same moment.
    with freeze_time(
        start, ignore=[__name__], real_asyncio=True, auto_tick_seconds=MOMENT
    ) as clock:
        yield cast("FrozenDateTimeFactory", clock)


def told[ResultT](
    clock: FrozenDateTimeFactory,
    story: Callable[[Timelapse], Coroutine[Any, Any, ResultT]],
) -> ResultT:
    """Return what comes of a story that begins now; nothing of it goes on after."""
    loop = Timelapse(clock)
    try:
        return loop.run_until_complete(story(loop))
    finally:
        with loop.patient():
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
