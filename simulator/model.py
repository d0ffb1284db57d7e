"""Model: plants with their devices, bus devices and data loggers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from .devices.base import Device
from .devices.bus import BusDevice
from .devices.uploads import Uploader
from .place import Logger, Place


@dataclass(frozen=True, kw_only=True)
class Address:
    """The address of a plant in words; all invented."""

    country: str = "Germany"
    city: str = "Musterstadt"
    street: str = "Example Street 1"


@dataclass(kw_only=True, eq=False)
class Plant(Place):
    """A plant: devices and loggers in one place."""

    plant_id: int
    peak_kw: float
    address: Address = field(default_factory=Address)
    plant_type: int = 0
    currency: str = "EUR"
    position: tuple[str, str] | None = None
    """Latitude and longitude that were entered, as texts; None for those of the site.

    The sun shines as at the site all the same.
    """

    entered_date: date | None = None
    """Entered date of construction; None for the first day of its records."""

    devices: list[Device] = field(default_factory=list)
    bus: list[BusDevice] = field(default_factory=list)
    """Devices on the buses of the loggers."""

    loggers: list[Logger] = field(default_factory=list)

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
        """Return the date of construction as the cloud shows it."""
        return self.entered_date or self.site.start

    def remove(self, serial: str) -> None:
        """Remove a device by its serial or key, or a logger with all behind it."""
        self.devices = [
            device
            for device in self.devices
            if serial not in {device.serial, device.logger.serial}
        ]
        self.bus = [
            device
            for device in self.bus
            if serial not in {device.key, device.logger.serial}
        ]
        self.loggers = [logger for logger in self.loggers if logger.serial != serial]

    def replace_logger(self, old: Logger, new: Logger) -> None:
        """Remove a logger, and connect its devices to another logger of the plant."""
        self.loggers.remove(old)
        for device in (*self.devices, *self.bus):
            if device.logger is old:
                device.logger = new

    @staticmethod
    def last_upload(devices: Iterable[Uploader]) -> datetime | None:
        """Return the time of the last upload of some devices, aware; None if never."""
        snapshots = (device.snapshot() for device in devices)
        uploads = [snapshot.uploaded for snapshot in snapshots if snapshot]
        return max(uploads, default=None)
