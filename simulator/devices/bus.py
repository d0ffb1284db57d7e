"""Bus devices: devices at a data logger that have an address and no serial."""

from abc import ABC, abstractmethod
from typing import ClassVar

from ..physics.flows import Source
from ..place import Logger, Place
from ..wire import Json, date_text
from .base import Truth
from .uploads import Snapshot, Uploader


class BusDevice(Uploader, ABC):
    """A device on a bus; a family adds the format of its records."""

    listed_as: ClassVar[str]
    """Replacement of its serial in device/list, and its name on the bus."""

    def __init__(
        self,
        *,
        plant: Place,
        logger: Logger,
        source: Source,
        address: int,
        device_type: int,
    ) -> None:
        """Initialize a device of some type at its address."""
        super().__init__(plant=plant, logger=logger, source=source)
        self.address = address
        self.device_type = device_type

    @property
    def key(self) -> str:
        """Return its unique key: logger and address."""
        return f"{self.logger.serial}#{self.address}"

    def _wall_text(self) -> str:
        """Return the time of the last upload; empty before the first."""
        snapshot = self.snapshot()
        return date_text(snapshot.wall) if snapshot else ""

    def plant_row(self) -> Json:
        """Return its row of device/list, which has no id, status or model."""
        return {
            "device_sn": self.listed_as,
            "last_update_time": self._wall_text(),
            "model": "",
            "manufacturer": "Growatt",
            "device_id": "",
            "datalogger_sn": self.logger.serial,
            "type": 3,
        }

    def bus_row(self) -> Json:
        """Return its row of the list of its bus, all of it text."""
        return {
            "datalog_sn": self.logger.serial,
            "lost": str(int(self.lost)),
            "device_name": self.listed_as,
            "address": str(self.address),
            "lastUpdateTime": self._wall_text(),
            "device_type": str(self.device_type),
        }

    @abstractmethod
    def last(self, snapshot: Snapshot) -> Json:
        """Return the fields of the last record."""

    def answer(self, snapshot: Snapshot) -> Json:
        """Return the last record with its envelope."""
        return {
            "data": self.last(snapshot),
            "dataloggerSn": self.logger.serial,
            "error_msg": "",
            "error_code": 0,
        }

    @abstractmethod
    def truth(self) -> Truth:
        """Return the expected values; see Device.truth."""
