"""Classic string inverters of device type 1, three-phase, newer firmware."""

from typing import ClassVar, override

from ..wire import (
    Json,
    as_server_clock,
    epoch_ms,
    filled,
    java_calendar,
    recorded,
)
from .base import Snapshot, kwh
from .string_inverter import StringInverter

DETAIL_STATUS = {
    "lost": (-1, "inverter.status.lost"),
    "waiting": (0, "inverter.status.waiting"),
    "normal": (1, "inverter.status.normal"),
    "fault": (3, "inverter.status.fault"),
}


class Inverter(StringInverter):
    """A TL3-S."""

    kind: ClassVar = "inv"
    letter: ClassVar = "1"
    v1_type: ClassVar = 1
    v4_type: ClassVar = "inv"
    check_type: ClassVar = 16
    dtc: ClassVar = 0
    model_text: ClassVar = "A0B0D0T0PFU1M3S4"
    fault_status: ClassVar = 3

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return f"Growatt {self.rated}TL3-S"

    def _values(self, snapshot: Snapshot) -> Json:
        """Return all fields that move, as numbers without float noise."""
        word = self.status_word(snapshot)
        warm = self.temperature(snapshot)
        hours = (snapshot.wall.date() - self.plant.site.start).days * 12.021736111111111
        return self._shared_values(snapshot) | {
            "inverterId": self.serial,
            "status": {"waiting": 0, "normal": 1, "fault": self.fault_status}[word],
            "statusText": word.capitalize(),
            "ipmTemperature": round(warm + 2.4, 1) if snapshot.working else 0,
            "timeTotal": hours,
            "timeTotalText": f"{hours:.1f}",
            "opFullwatt": self.rated,
            "rac": 6553.5 if snapshot.working else 0,
            "powerToday": kwh(snapshot.today.ac),
            "powerTotal": kwh(snapshot.total.ac),
        }

    @override
    def last(self, snapshot: Snapshot) -> Json:
        """Return the fields of last_new_data."""
        recording = recorded("inv_last")
        server_clock = as_server_clock(snapshot.wall)
        calendar = java_calendar(recording["timeCalendar"], server_clock)
        values = self._values(snapshot) | {"timeCalendar": calendar}
        return filled(recording, values, doubles={"timeTotal"}, whole=True)

    @override
    def v4_last(self, snapshot: Snapshot) -> Json:
        """Return the fields of queryLastData."""
        server_clock = as_server_clock(snapshot.wall)
        values = self._values(snapshot) | {"timeCalendar": epoch_ms(server_clock)}
        return filled(recorded("inv_v4_last"), values, doubles=None, whole=False)

    @override
    def _master_data(self, snapshot: Snapshot) -> Json:
        """Return the fields of the details that differ between devices."""
        word = "lost" if self.lost else self.status_word(snapshot)
        status, text = DETAIL_STATUS[word]
        return {
            "serialNum": self.serial,
            "alias": self.alias,
            "dataLogSn": self.logger.serial,
            "id": self.device_id,
            "lost": self.lost,
            "nominalPower": self.rated,
            "modelText": self.model_text,
            "status": status,
            "statusText": text,
            "parentID": f"LIST_{self.logger.serial}_0",
            "treeID": self.serial,
            "treeName": self.alias,
        }
