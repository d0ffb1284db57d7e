"""Storage: off-grid inverters SPF, whose AC input helps when the battery is empty."""

from typing import ClassVar, override

from ..wire import (
    Json,
    as_server_clock,
    date_text,
    epoch_ms,
    filled,
    java_calendar,
    recorded,
)
from .base import Device, Snapshot, Truth, kwh, watts

STATUS = {
    "normal": (0, "Operating"),
    "charging": (1, "Charge"),
    "discharging": (2, "Discharge"),
    "fault": (3, "Fault"),
}
DETAIL_STATUS = {
    "lost": (-1, "inverter.status.lost"),
    "normal": (1, "storage.status.operating"),
    "charging": (2, "storage.status.charge"),
    "discharging": (3, "storage.status.discharge"),
    "fault": (4, "storage.status.fault"),
}
SINGLES = frozenset({"temperature", "vBat", "vpv", "vpv2"})
"""Fields that the cloud keeps in single precision; all others are double."""

OUTPUT_VOLTS = 229.8
HIDDEN = frozenset({"energy_today", "energy_total", "pv2_current"})
"""Truths of other devices that this device does not report."""

# The first of several has no number in the names of its fields.
INPUTS = {1: "", 2: "2"}


class Storage(Device):
    """An SPF with two strings and one battery."""

    kind: ClassVar = "storage"
    letter: ClassVar = "2"
    v1_type: ClassVar = 2
    v4_type: ClassVar = "storage"
    check_type: ClassVar = 96
    dtc: ClassVar = 20806
    model_text: ClassVar = "A0B0D0T0P0U0M0S0"
    fault_status: ClassVar = 3

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return f"SPF {self.rated} ES"

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return a voltage between 160 V in weak and 190 V in strong light."""
        return (
            round(160 + 30 * tenths / (self.rated * 10) - number, 1) if tenths else 0.0
        )

    @override
    def status_word(self, snapshot: Snapshot) -> str:
        """Return the state of the battery; it never waits."""
        if self.fault_code:
            return "fault"
        if snapshot.power.charged:
            return "charging"
        return "discharging" if snapshot.power.discharged else "normal"

    @override
    def list_status(self) -> int:
        """Return 0 disconnected, 1 online or 3 fault, as in device/list."""
        if self.lost:
            return 0
        return 3 if self.fault_code else 1

    @override
    def truth(self) -> Truth:
        """Return the expected values; bypassed mains counts as output."""
        if (snapshot := self.snapshot()) is None:
            return {}
        expected = {
            key: value for key, value in super().truth().items() if key not in HIDDEN
        }
        return expected | {
            "ac_power": watts(snapshot.power.load),
            "pv_energy_total": round(sum(map(kwh, snapshot.total.strings)), 1),
        }

    def _panels(self, snapshot: Snapshot) -> Json:
        """Return the fields of the PV inputs and of both together."""
        result: Json = {
            "ppvText": f"{watts(snapshot.power.strings[0])} W",
            "ipv": self.current(snapshot.power.strings[0], 1),
            "sysOut": watts(snapshot.power.pv),
            "etoday": sum(map(kwh, snapshot.today.strings)),
            "etotal": sum(map(kwh, snapshot.total.strings)),
        }
        for number, end in INPUTS.items():
            tenths = snapshot.power.strings[number - 1]
            result |= {
                f"ppv{end}": watts(tenths),
                f"vpv{end}": self.voltage(tenths, number),
                f"epvToday{end}": kwh(snapshot.today.strings[number - 1]),
                f"epvTotal{end}": kwh(snapshot.total.strings[number - 1]),
            }
        return result

    def _output(self, snapshot: Snapshot) -> Json:
        """Return the fields of output and input; nothing charges from the input.

        What is written by storage beside the grid alone keeps the numbers it has.
        """
        power, today, total = snapshot.power, snapshot.today, snapshot.total
        return {
            "outPutPower": watts(power.load),
            "outPutVolt": OUTPUT_VOLTS,
            "outPutCurrent": round(watts(power.load) / OUTPUT_VOLTS, 1),
            "loadPercent": round(power.load * 10 / self.rated, 1),
            "eopDischrToday": kwh(today.load),
            "eopDischrTotal": kwh(total.load),
            "pAcInPut": watts(power.imported),
            "eacDisChargeToday": kwh(today.imported),
            "eacDisChargeTotal": kwh(total.imported),
            "eacChargeToday": 0.0,
            "eacChargeTotal": 0.0,
        }

    def _battery(self, snapshot: Snapshot) -> Json:
        """Return the fields of the battery; those of a second battery are 0."""
        power, today, total = snapshot.power, snapshot.today, snapshot.total
        voltage = round(48 + snapshot.soc / 25, 1)
        return {
            "capacity": snapshot.soc,
            "capacityText": f"{snapshot.soc} %",
            "vBat": voltage,
            "vBatText": f"{voltage} V",
            "pBat": watts(power.discharged - power.charged),
            "chgCurr": round(watts(power.charged) / voltage, 1),
            "dischgCurr": round(watts(power.discharged) / voltage, 1),
            "eChargeToday": kwh(today.charged),
            "eChargeTotal": kwh(total.charged),
            "eBatChgToday": kwh(today.charged),
            "eBatChgTotal": kwh(total.charged),
            "eBatDisChargeToday": kwh(today.discharged),
            "eBatDisChargeTotal": kwh(total.discharged),
            **dict.fromkeys(("eChargeTotal2", "eDischargeTotal2"), 0.0),
        }

    def _values(self, snapshot: Snapshot) -> Json:
        """Return all fields that move, as numbers without float noise."""
        code, text = STATUS[self.status_word(snapshot)]
        return {
            "serialNum": self.serial,
            "time": date_text(snapshot.wall),
            "status": code,
            "statusText": text,
            "faultCode": self.fault_code,
            "warnCode": self.warning_code,
            "temperature": self.temperature(snapshot),
            **self._panels(snapshot),
            **self._output(snapshot),
            **self._battery(snapshot),
        }

    @override
    def last(self, snapshot: Snapshot) -> Json:
        """Return the fields of storage_last_data."""
        recording = recorded("storage_last")
        server_clock = as_server_clock(snapshot.wall)
        values = self._values(snapshot) | {
            "calendar": java_calendar(recording["calendar"], server_clock),
            "pCharge": watts(snapshot.power.charged),
            "pChargeText": f"{watts(snapshot.power.charged)} W",
            "pDischarge": watts(snapshot.power.discharged),
            "pDischargeText": f"{watts(snapshot.power.discharged)} W",
        }
        doubles = recording.keys() - SINGLES
        return filled(recording, values, doubles=doubles, whole=True)

    @override
    def v4_last(self, snapshot: Snapshot) -> Json:
        """Return the fields of queryLastData, where pBat alone is the battery's power.

        Those of a meter hold what no meter ever measured.
        """
        values = self._values(snapshot) | {
            "calendar": epoch_ms(as_server_clock(snapshot.wall)),
            "dataLogSn": self.logger.serial,
        }
        recording = recorded("storage_v4_last")
        doubles = recording.keys() - SINGLES
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
            "status": status,
            "statusText": text,
            "rateVA": self.rated,
            "rateWatt": self.rated,
            "sysTime": date_text(snapshot.wall),
            "parentID": f"LIST_{self.logger.serial}_96",
            "treeID": f"ST_{self.serial}",
            "treeName": self.alias,
        }
