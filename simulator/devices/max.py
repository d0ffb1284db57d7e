"""MAX, MID and MAC: large three-phase inverters of device type 4."""

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

DOUBLES = frozenset(
    {
        *("pac", "pacr", "pacs", "pact", "ppv", "ppv1", "ppv2", "ppv3"),
        *("eacTotal", "epvTotal", "epv1Total", "epv2Total", "epv3Total", "timeTotal"),
    }
)
"""Fields that V1 keeps in double precision; all others are single."""

V4_SINGLES = frozenset({"epv1Today", "epv2Today", "epv3Today"})
"""Fields that V4 shows with the noise of single precision."""

DETAIL_STATUS = {
    "lost": (0, "max.status.lost"),
    "waiting": (2, "max.status.waiting"),
    "normal": (1, "max.status.normal"),
    "fault": (3, "max.status.error"),
}


class Max(StringInverter):
    """A MID; it counts its output in eacToday and eacTotal, not in power*."""

    kind: ClassVar = "max"
    letter: ClassVar = "4"
    v1_type: ClassVar = 4
    v4_type: ClassVar = "max"
    check_type: ClassVar = 18
    dtc: ClassVar = 5001
    model_text: ClassVar = "S0AB00D00T00P0FU01M00FA"
    fault_status: ClassVar = 3

    @property
    @override
    def listed_types(self) -> tuple[int, ...]:
        """Return the types of its two rows."""
        return 1, 4

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return f"MID {self.rated // 1000}KTL3-X"

    def _values(self, snapshot: Snapshot) -> Json:
        """Return all fields that move, as numbers without float noise."""
        word = self.status_word(snapshot)
        status, text = {
            "waiting": (0, "Standby"),
            "normal": (1, "Normal"),
            "fault": (self.fault_status, "Fault"),
        }[word]
        return self._shared_values(snapshot) | {
            "serialNum": self.serial,
            "status": status,
            "statusText": text,
            "eacToday": kwh(snapshot.today.ac),
            "eacTotal": kwh(snapshot.total.ac),
            "opFullwatt": self.rated * 1.1,
        }

    @override
    def last(self, snapshot: Snapshot) -> Json:
        """Return the fields of max_last_data of older firmware: 8 inputs."""
        recording = recorded("max_last")
        server_clock = as_server_clock(snapshot.wall)
        calendar = java_calendar(recording["calendar"], server_clock)
        values = self._values(snapshot) | {"calendar": calendar}
        return filled(recording, values, doubles=DOUBLES, whole=True)

    @override
    def v4_last(self, snapshot: Snapshot) -> Json:
        """Return the fields of queryLastData of newer firmware: 16 inputs."""
        recording = recorded("max_v4_last")
        instant = epoch_ms(as_server_clock(snapshot.wall))
        values = self._values(snapshot) | {
            "calendar": instant,
            "timeCalendar": instant,
            "dataLogSn": self.logger.serial,
        }
        doubles = recording.keys() - V4_SINGLES
        return filled(recording, values, doubles=doubles, whole=False)

    @override
    def _master_data(self, snapshot: Snapshot) -> Json:
        """Return the fields of the details that differ between devices."""
        word = "lost" if self.lost else self.status_word(snapshot)
        status, text = DETAIL_STATUS[word]
        return {
            "serialNum": self.serial,
            "alias": self.alias,
            "dataLogSn": self.logger.serial,
            "lost": self.lost,
            "normalPower": self.rated,
            "portName": f"ShinePano - {self.logger.serial}",
            "status": status,
            "statusText": text,
            "parentID": f"LIST_{self.logger.serial}_3",
            "treeID": self.serial,
            "treeName": self.alias,
        }
