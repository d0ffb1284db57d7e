"""Who owns what in the simulated cloud: accounts, plants and data loggers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

from .devices.base import Device
from .devices.bus import BusDevice
from .devices.inverter import add_inverter
from .devices.min import add_min
from .devices.uploads import Uploader
from .sky import Site

if TYPE_CHECKING:
    from .builder import Builder

type Clock = Callable[[], datetime]

UPLOAD_SECONDS = 300
"""How often a data logger uploads."""

LOST_AFTER = timedelta(minutes=15)
"""Silence after which the cloud calls a logger or device lost."""


@dataclass(kw_only=True, eq=False)
class Logger:
    """A data logger: uploads its devices every five minutes, at its own phase."""

    serial: str
    model: str = "ShineWiFi-X"
    network: str = "WIFI"
    offline_since: datetime | None = None
    online_since: datetime | None = None
    """When it was first heard after its registration; None if always."""

    @property
    def check_code(self) -> str:
        """Return the five digits that are printed beside the serial."""
        return f"{crc32(self.serial.encode()) % 100_000:05d}"

    def was_online(self, moment: datetime) -> bool:
        """Return whether it had been registered and heard at an aware moment."""
        return self.online_since is None or self.online_since <= moment

    @property
    def signal(self) -> int:
        """Return the signal of the Wi-Fi in dBm, -40 to -79."""
        return -40 - crc32(self.serial[::-1].encode()) % 40

    @cached_property
    def phase(self) -> timedelta:
        """Return how long after a slot's end this logger uploads, 5 to 290 s."""
        return timedelta(seconds=5 + crc32(self.serial.encode()) % 286)


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a plant stands, in words; all invented."""

    country: str = "Germany"
    city: str = "Musterstadt"
    street: str = "Example Street 1"


@dataclass(kw_only=True, eq=False)
class Plant:
    """A plant: devices and loggers in one place with one wall clock."""

    plant_id: int
    name: str
    site: Site
    zone: float
    peak_kw: float
    clock: Clock
    builder: Builder
    address: Address = field(default_factory=Address)
    plant_type: int = 0
    currency: str = "EUR"
    position: tuple[str, str] | None = None
    """Latitude and longitude that were entered, as texts; None for those of the site.

    The sun shines as at the site all the same.
    """

    entered_date: date | None = None
    """When its owner says it was built; None for the first day of its records."""

    summer_time: bool = False
    """Whether the wall clock is an hour ahead of the zone that the cloud names."""

    devices: list[Device] = field(default_factory=list)
    bus: list[BusDevice] = field(default_factory=list)
    """What hangs on the buses of the loggers."""

    loggers: list[Logger] = field(default_factory=list)

    @property
    def tz(self) -> timezone:
        """Return the offset of the plant's wall clock."""
        return timezone(timedelta(hours=self.zone + self.summer_time))

    @property
    def longitude(self) -> float:
        """Return a longitude in degrees that fits the zone."""
        return round(15 * self.zone - 4.87655, 5)

    @property
    def shown_position(self) -> tuple[str, str]:
        """Return latitude and longitude as the cloud shows them."""
        return self.position or (str(self.site.latitude), str(self.longitude))

    @property
    def created(self) -> date:
        """Return when it was built, as the cloud shows it."""
        return self.entered_date or self.site.start

    def wall_clock(self, moment: datetime) -> datetime:
        """Return the plant's naive local time of an aware moment."""
        return moment.astimezone(self.tz).replace(tzinfo=None)

    def today(self) -> date:
        """Return the plant-local date."""
        return self.wall_clock(self.clock()).date()

    def add_min(self, *, logger: Logger | None = None, battery: bool = False) -> Device:
        """Add a MIN, behind a new logger unless one of the plant's is given."""
        return add_min(self.builder, self, logger=logger, battery=battery)

    def add_inverter(self, *, logger: Logger | None = None) -> Device:
        """Add a classic three-phase inverter."""
        return add_inverter(self.builder, self, logger=logger)

    def remove(self, serial: str) -> None:
        """Take a thing by its serial or key, or a logger with all behind it, out."""
        self.devices = [
            device
            for device in self.devices
            if serial not in {device.serial, device.logger.serial}
        ]
        self.bus = [
            thing
            for thing in self.bus
            if serial not in {thing.key, thing.logger.serial}
        ]
        self.loggers = [logger for logger in self.loggers if logger.serial != serial]

    def replace_logger(self, old: Logger) -> Logger:
        """Put a new logger in the place of an old one, with all that hangs on it."""
        new = self.builder.logger(self)
        self.loggers.remove(old)
        for thing in (*self.devices, *self.bus):
            if thing.logger is old:
                thing.logger = new
        return new

    def last_upload(self, devices: Iterable[Uploader]) -> datetime | None:
        """Return when any of some devices last uploaded, aware; None if never."""
        snapshots = (device.snapshot() for device in devices)
        uploads = [snapshot.uploaded for snapshot in snapshots if snapshot]
        return max(uploads, default=None)

    def is_lost(self, uploaded: datetime | None) -> bool:
        """Return whether the cloud calls lost what uploaded last at a moment."""
        return uploaded is None or self.clock() - uploaded > LOST_AFTER


@dataclass(kw_only=True, eq=False)
class Account:
    """An owner, or a merchant with customers: tokens that open it, and plants."""

    user_id: int
    name: str
    tokens: list[str]
    builder: Builder
    email: str = "owner@example.org"
    phone: str = ""
    registered: str = "2024-03-02 09:46:50"
    plants: list[Plant] = field(default_factory=list)
    is_merchant: bool = False
    """Whether its token may register customers."""

    customers: list[Account] = field(default_factory=list)
    revision: int = 0

    @property
    def token(self) -> str:
        """Return the newest token."""
        return self.tokens[-1]

    def _next_token(self) -> str:
        """Return a token that was never used before."""
        self.revision += 1
        return f"{self.tokens[0][:28]}{self.revision:04d}"

    def add_token(self) -> str:
        """Return a further token; the older ones stay valid."""
        self.tokens.append(self._next_token())
        return self.token

    def renew_token(self) -> str:
        """Return a new token; the older ones are refused from now on."""
        self.tokens[:] = [self._next_token()]
        return self.token
