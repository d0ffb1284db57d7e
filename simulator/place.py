"""Place: location and wall clock of a plant, and the data loggers in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from zlib import crc32

from .physics.sky import Site

type Clock = Callable[[], datetime]

LOST_AFTER = timedelta(minutes=15)
"""Time without an upload after which the cloud calls a logger or device lost."""


@dataclass(kw_only=True, eq=False)
class Logger:
    """A data logger: uploads its devices every five minutes, at its own phase."""

    serial: str
    model: str = "ShineWiFi-X"
    network: str = "WIFI"
    offline_since: datetime | None = None
    online_since: datetime | None = None
    """Time of its first upload after its registration; None if always online."""

    @property
    def check_code(self) -> str:
        """Return the five digits that are printed beside the serial."""
        return f"{crc32(self.serial.encode()) % 100_000:05d}"

    def was_online(self, moment: datetime) -> bool:
        """Return whether it was registered and online at an aware moment."""
        return self.online_since is None or self.online_since <= moment

    @property
    def signal(self) -> int:
        """Return the signal of the Wi-Fi in dBm, -40 to -79."""
        return -40 - crc32(self.serial[::-1].encode()) % 40

    @cached_property
    def phase(self) -> timedelta:
        """Return the delay from a slot's end to this logger's upload, 5 to 290 s."""
        return timedelta(seconds=5 + crc32(self.serial.encode()) % 286)


@dataclass(kw_only=True, eq=False)
class Place:
    """A place with a name, a site under the sun and one wall clock."""

    name: str
    site: Site
    zone: float
    """Hours ahead of UTC."""

    clock: Clock
    summer_time: bool = False
    """Whether the wall clock is an hour ahead of the zone that the cloud names."""

    @property
    def tz(self) -> timezone:
        """Return the offset of the wall clock."""
        return timezone(timedelta(hours=self.zone + self.summer_time))

    def wall_clock(self, moment: datetime) -> datetime:
        """Return the naive local time of an aware moment."""
        return moment.astimezone(self.tz).replace(tzinfo=None)

    def today(self) -> date:
        """Return the local date."""
        return self.wall_clock(self.clock()).date()

    def is_lost(self, uploaded: datetime | None) -> bool:
        """Return whether the cloud calls a device lost, by its last upload."""
        return uploaded is None or self.clock() - uploaded > LOST_AFTER
