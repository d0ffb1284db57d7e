"""Clock of the simulated cloud: follows a source of time at any speed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

type TimeSource = Callable[[], datetime]


def system_time() -> datetime:
    """Return the time of the machine, aware, in UTC."""
    return datetime.now(UTC)


class SimulatedClock:
    """Time that can run at any speed and be moved, read as aware UTC."""

    def __init__(
        self,
        now: datetime | TimeSource | None = None,
        *,
        source: TimeSource = system_time,
        speed: float = 1.0,
    ) -> None:
        """Initialize the clock at a moment, or as the follower of a source of time."""
        moment, self._source = (None, now) if callable(now) else (now, source)
        self._anchor = self._source()
        self._base = (moment or self._anchor).astimezone(UTC)
        self._speed = speed

    @property
    def speed(self) -> float:
        """Return simulated seconds per second of the source; 0 stands still."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        """Run at another speed from this moment on."""
        self.set(self.now())
        self._speed = speed

    def now(self) -> datetime:
        """Return the simulated moment, aware, in UTC."""
        return self._base + (self._source() - self._anchor) * self._speed

    def set(self, moment: datetime) -> None:
        """Move to an aware moment and go on from there."""
        self._base = moment.astimezone(UTC)
        self._anchor = self._source()

    def shift(self, step: timedelta) -> None:
        """Move forward, or backward with a negative step."""
        self.set(self.now() + step)
