"""What hangs on the bus of a data logger: it has no serial, but an address."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from ..energy import Source
from ..wire import Json, date_text
from .base import Truth
from .uploads import Snapshot, Uploader

if TYPE_CHECKING:
    from ..model import Logger, Plant


class BusDevice(Uploader, ABC):
    """A thing on a bus; a family adds how it writes a record."""

    listed_as: ClassVar[str]
    """What stands for its serial in device/list, and for its name on the bus."""

    def __init__(
        self,
        *,
        plant: Plant,
        logger: Logger,
        source: Source,
        address: int,
        device_type: int,
    ) -> None:
        """Initialize a thing of some type at its address."""
        super().__init__(plant=plant, logger=logger, source=source)
        self.address = address
        self.device_type = device_type

    @property
    def key(self) -> str:
        """Return what tells it from everything else: its logger and its address."""
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
        """Return its row of the list of its bus, where everything is text."""
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
        """Return what a client must find; see Device.truth."""
