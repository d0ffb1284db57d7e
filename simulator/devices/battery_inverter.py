"""Battery inverters, base of hybrids and SPA: battery, meter, backup output."""

from abc import abstractmethod
from collections.abc import Set as AbstractSet
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

DOUBLES = frozenset(
    {
        *("pac", "ppv", "ppv1", "ppv2", "pcharge1", "pdischarge1"),
        *("pacToGridR", "pacToGridTotal", "pacToUserR", "pacToUserTotal"),
        *("plocalLoadR", "plocalLoadTotal", "eacTotal", "elocalLoadTotal"),
        *("echarge1Total", "edischarge1Total", "etoUserTotal", "etogridTotal"),
        *("epv1Total", "epv2Total", "epvTotal", "acChargeEnergyTotal", "timeTotal"),
        "ppvInverter",
    }
)
"""Fields that the cloud keeps in double precision; all others are single."""

MODES = {
    "waiting": (0, "Waiting"),
    "fault": (3, "Fault"),
    "pv_battery": (5, "PV Bat Online"),
    "battery": (6, "Bat Online"),
    "bypass": (9, "Bypass"),
}
"""Codes and texts of the working modes."""

DETAIL_STATUS = {"lost": -1, "waiting": 0, "normal": 5, "fault": 3}
CELLS = range(1, 17)


class BatteryInverter(Device):
    """A storage inverter with a battery of 16 cells in series."""

    path: ClassVar[str]
    """Prefix of the texts of the details."""

    hidden: ClassVar[frozenset[str]]
    """Truths of other devices that this device does not report."""

    fault_status: ClassVar = 3

    @abstractmethod
    def mode(self, snapshot: Snapshot) -> str:
        """Return the working mode while it works."""

    @abstractmethod
    def panels(self, snapshot: Snapshot) -> Json:
        """Return the fields of the energy of the sun."""

    def _mode(self, snapshot: Snapshot) -> str:
        """Return the working mode."""
        word = self.status_word(snapshot)
        return self.mode(snapshot) if word == "normal" else word

    @override
    def truth(self) -> Truth:
        """Return the expected values, without those that are not reported."""
        if (snapshot := self.snapshot()) is None:
            return {}
        expected = super().truth() | {
            "work_mode": self._mode(snapshot),
            "backup_power_factor": 1,
        }
        return {key: value for key, value in expected.items() if key not in self.hidden}

    def _grid_side(self, snapshot: Snapshot) -> Json:
        """Return the fields of the output and of the meter."""
        power, today, total = snapshot.power, snapshot.today, snapshot.total
        voltage = round(231 + 6 * power.ac / (self.rated * 10), 1)
        return {
            "pac": watts(power.ac),
            "pac1": watts(power.ac),
            "vac1": voltage,
            "iac1": round(watts(power.ac) / voltage, 1),
            "fac": 50.01,
            "eacToday": kwh(today.ac),
            "eacTotal": kwh(total.ac),
            **dict.fromkeys(("pacToUserR", "pacToUserTotal"), watts(power.imported)),
            **dict.fromkeys(("pacToGridR", "pacToGridTotal"), watts(power.exported)),
            **dict.fromkeys(("plocalLoadR", "plocalLoadTotal"), watts(power.load)),
            "etoUserToday": kwh(today.imported),
            "etoUserTotal": kwh(total.imported),
            "etoGridToday": kwh(today.exported),
            **dict.fromkeys(("etogridTotal", "etoGridTotal"), kwh(total.exported)),
            "elocalLoadToday": kwh(today.load),
            "elocalLoadTotal": kwh(total.load),
        }

    def _battery(self, snapshot: Snapshot) -> Json:
        """Return the fields of the battery, which is never charged from the grid."""
        power, today, total = snapshot.power, snapshot.today, snapshot.total
        voltage = round(48 + snapshot.soc / 12, 1)
        current = round(watts(power.charged - power.discharged) / voltage, 1)
        return {
            "pcharge1": watts(power.charged),
            "pdischarge1": watts(power.discharged),
            "echarge1Today": kwh(today.charged),
            "echarge1Total": kwh(total.charged),
            "edischarge1Today": kwh(today.discharged),
            "edischarge1Total": kwh(total.discharged),
            # What V4 calls them for SPA.
            "edischargeToday": kwh(today.discharged),
            "edischargeTotal": kwh(total.discharged),
            "acChargeEnergyTotal": 0,
            "soc": snapshot.soc,
            "socText": f"{snapshot.soc}%",
            "bmsSOC": snapshot.soc,
            "bmsSOH": 99,
            "vbat": voltage,
            "vBatDsp": voltage,
            "bmsBatteryVolt": voltage,
            "bmsBatteryCurr": current,
            "bmsGaugeRM": round(snapshot.soc * 0.98, 2),
            **{
                f"bmsCell{cell}Volt": round(voltage / len(CELLS) + cell % 4 / 1000, 3)
                for cell in CELLS
            },
        }

    def doubles(self, recording: Json) -> AbstractSet[str]:
        """Return the fields of a recorded answer that keep double precision."""
        return DOUBLES

    def _values(self, snapshot: Snapshot) -> Json:
        """Return all fields that move, as numbers without float noise."""
        code, text = MODES[self._mode(snapshot)]
        warm = self.temperature(snapshot)
        age = snapshot.wall.date() - self.plant.site.start
        return {
            "serialNum": self.serial,
            "time": date_text(snapshot.wall),
            "status": code,
            "statusText": text,
            "uwSysWorkMode": code,
            "faultCode": self.fault_code,
            "warnCode": self.warning_code,
            "temp1": warm,
            "upsVac1": 230.2,
            "upsFac": 50,
            "upsPF": 1000,
            "temp2": round(warm - 1.4, 1),
            "temp3": round(warm - 1.4, 1),
            "timeTotal": age.total_seconds() / 2,
            **self.panels(snapshot),
            **self._grid_side(snapshot),
            **self._battery(snapshot),
        }

    @override
    def last(self, snapshot: Snapshot) -> Json:
        """Return the fields of the last data in V1."""
        recording = recorded(f"{self.kind}_last")
        server_clock = as_server_clock(snapshot.wall)
        calendar = java_calendar(recording["calendar"], server_clock)
        values = self._values(snapshot) | {"calendar": calendar}
        return filled(recording, values, doubles=DOUBLES, whole=True)

    @override
    def v4_last(self, snapshot: Snapshot) -> Json:
        """Return the fields of queryLastData."""
        values = self._values(snapshot) | {
            "calendar": epoch_ms(as_server_clock(snapshot.wall)),
            "dataLogSn": self.logger.serial,
        }
        recording = recorded(f"{self.kind}_v4_last")
        return filled(recording, values, doubles=self.doubles(recording), whole=False)

    @override
    def _master_data(self, snapshot: Snapshot) -> Json:
        """Return the fields of the details that differ between devices."""
        word = "lost" if self.lost else self.status_word(snapshot)
        return {
            "serialNum": self.serial,
            "alias": self.alias,
            "dataLogSn": self.logger.serial,
            "lost": self.lost,
            "status": DETAIL_STATUS[word],
            "statusText": f"{self.path}.status.{word}",
            "parentID": f"LIST_{self.logger.serial}_22",
            "treeID": f"ST_{self.serial}",
            "treeName": self.serial,
            "pmax": self.rated,
        }

    @override
    def v4_details(self, snapshot: Snapshot) -> Json:
        """Return the master data in V4."""
        return super().v4_details(snapshot) | {
            "portName": f"ShinePano - {self.logger.serial}"
        }
