"""Upload schedule of data loggers, and the times of requests."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from statistics import mean

from hypothesis import given, strategies as st
import pytest

from custom_components.growatt_openapi.coordinator.upload_schedule import (
    UploadSchedule,
    next_poll_delay,
)

pytestmark = pytest.mark.pace

EVERY = 300
SHORTEST = timedelta(seconds=EVERY + 1)
START = datetime(2026, 6, 15, 10, 30, tzinfo=UTC)
DAY = timedelta(days=1)
TRIP = timedelta(seconds=0.15)


class Uploads:
    """A device that uploads every five minutes, and the schedule learned from it."""

    def __init__(
        self,
        phase: float,
        *,
        visible: float = 0,
        ahead: float = 0,
        silent: Iterable[int] = (),
    ) -> None:
        """Initialize with the second of an upload, and what makes it hard to learn."""
        self.phase, self.visible, self.ahead = phase, visible, ahead
        self.silent = set(silent)
        self.schedule = UploadSchedule(EVERY)

    def newest(self, now: datetime) -> datetime:
        """Return when the newest upload was made that the cloud shows."""
        number = int((now.timestamp() - self.phase - self.visible) // EVERY)
        while number % (DAY.total_seconds() // EVERY) in self.silent:
            number -= 1
        return datetime.fromtimestamp(number * EVERY + self.phase, UTC)

    def observe(self, now: datetime) -> datetime:
        """Look at the newest upload as the coordinator does, and return it."""
        made = self.newest(now)
        told = made + timedelta(seconds=self.ahead)
        self.schedule.observe(told.replace(tzinfo=None), told, now)
        return made


def a_day(*devices: Uploads) -> tuple[list[float], int]:
    """Return how old each upload was when it was first seen, and the requests."""
    now, requests, ages = START, 0, []
    seen: dict[Uploads, datetime] = {}
    while now < START + DAY:
        requests += 1
        for device in devices:
            made = device.observe(now)
            if seen.get(device, made) != made and now > START + DAY / 2:
                ages.append((now - made).total_seconds() - device.visible)
            seen[device] = made
        now += TRIP
        schedules = [device.schedule for device in devices]
        now += next_poll_delay(SHORTEST, schedules, EVERY, now)
    return ages, requests


@pytest.mark.parametrize(
    "device",
    [
        Uploads(0),
        Uploads(17),
        Uploads(299),
        Uploads(100, visible=20),
        Uploads(100, visible=60),
        Uploads(100, ahead=80),
        Uploads(100, ahead=3600),
        Uploads(100, ahead=-5400),
        Uploads(100, ahead=-40),
        Uploads(100, silent=range(100, 180)),
    ],
    ids=lambda device: f"{device.phase} {device.visible} {device.ahead}",
)
def test_one_device(device: Uploads) -> None:
    """Test that values are fresh, with no more requests than by asking at once."""
    ages, requests = a_day(device)
    assert mean(ages) < 40
    assert requests <= DAY / SHORTEST + 1


def test_two_devices() -> None:
    """Test that two devices are asked for just after the one that uploads later."""
    ages, _ = a_day(Uploads(10), Uploads(40))
    assert mean(ages) < 60


def test_many_devices() -> None:
    """Test that nothing gets worse where there is always somebody uploading."""
    devices = [Uploads(phase) for phase in range(0, EVERY, 10)]
    ages, requests = a_day(*devices)
    assert mean(ages) < EVERY / 2 + 15
    assert requests >= 0.9 * DAY / SHORTEST


@given(
    phases=st.lists(st.floats(0, EVERY - 1), max_size=6),
    second=st.floats(0, EVERY, exclude_max=True),
)
def test_pause_is_never_too_short_or_too_long(
    phases: list[float], second: float
) -> None:
    """Test that a pause is what Growatt wants, and at most one upload more."""
    now = START + timedelta(seconds=second)
    devices = [Uploads(phase) for phase in phases]
    for device in devices:
        device.observe(now)
    pause = next_poll_delay(SHORTEST, [one.schedule for one in devices], EVERY, now)
    assert SHORTEST <= pause < SHORTEST + timedelta(seconds=EVERY)


def test_device_that_never_uploads() -> None:
    """Test that a device that was offline from the start is waited for no longer."""
    dead = UploadSchedule(EVERY)
    told = START - DAY + timedelta(seconds=100)
    ages, now = [], START
    seen = (alive := Uploads(20)).observe(now)
    while now < START + DAY / 4:
        made = alive.observe(now)
        dead.observe(told.replace(tzinfo=None), told, now)
        if made != seen and now > START + DAY / 12:
            ages.append((now - made).total_seconds())
        seen = made
        now += TRIP + next_poll_delay(SHORTEST, [alive.schedule, dead], EVERY, now)
    assert mean(ages) < 40


def test_nothing_known() -> None:
    """Test that without a time of an upload it is asked as soon as possible."""
    schedule = UploadSchedule(EVERY)
    schedule.observe(None, None, START)
    assert next_poll_delay(SHORTEST, [schedule], EVERY, START) == SHORTEST
