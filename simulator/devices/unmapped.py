"""Unmapped device: a type of the future, which no manual has."""

from typing import ClassVar, override

from ..wire import Json, as_server_clock, date_text, epoch_ms
from .base import Device, Snapshot, Truth, kwh, watts


class Unmapped(Device):
    """An inverter with panels, under an unknown number and name."""

    kind: ClassVar = "unmapped"
    letter: ClassVar = "X"
    v1_type: ClassVar = 99
    v4_type: ClassVar = "hes"
    check_type: ClassVar = 999
    dtc: ClassVar = 9999
    model_text: ClassVar = "A0B0D0T0PFU0M0S0"
    fault_status: ClassVar = 3

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return f"HES {self.rated}"

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return a voltage that follows the power."""
        return round(300 + tenths / 2000, 1)

    @override
    def truth(self) -> Truth:
        """Return the numbers by the names of the wire, which are all there is."""
        if (snapshot := self.snapshot()) is None:
            return {}
        return {
            "status_code": self.list_status(),
            "last_update": snapshot.uploaded,
            **self._numbers(snapshot),
        }

    def _numbers(self, snapshot: Snapshot) -> dict[str, float]:
        """Return the values that are numbers."""
        return {
            "ppv": watts(snapshot.power.pv),
            "pac": watts(snapshot.power.ac),
            "eToday": kwh(snapshot.today.ac),
            "gridOffset": -12.5,
        }

    @override
    def v4_last(self, snapshot: Snapshot) -> Json:
        """Return the fields of queryLastData."""
        return {
            "serialNum": self.serial,
            "dataLogSn": self.logger.serial,
            "time": date_text(snapshot.wall),
            "calendar": epoch_ms(as_server_clock(snapshot.wall)),
            "status": self.list_status(),
            "statusText": "Running",
            "lost": True,
            "remark": "null",
            **self._numbers(snapshot),
        }

    @override
    def _master_data(self, snapshot: Snapshot) -> Json:
        """Return nothing: no manual describes the details."""
        return {}

    @override
    def v4_details(self, snapshot: Snapshot) -> Json:
        """Return the little that all families have."""
        return {"serialNum": self.serial, "alias": self.alias, "lost": self.lost}
