"""ATESS storage, base of PCS, HPS and PBD; V4 has none of them."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar, override

from ..wire import Json, as_server_clock, date_text, filled, java_calendar, recorded
from .base import Device, Snapshot, Truth, kwh, watts

DOUBLES = frozenset(
    {
        *("ppv", "ppv1", "ppv2", "ppv3", "pac", "eChargeToday", "eDischargeToday"),
        *("eBatChargeTotal", "eBatDischargeTotal", "epvToday", "epvTotal"),
    }
)
"""Fields that the cloud keeps in double precision; all others are single."""

STATES = {
    "lost": (-1, "Lost", "Lost"),
    "waiting": (0, "WaitState", "common_wait"),
    "normal": (2, "OnGridState", "common_normal"),
    "fault": (3, "FaultState", "common_error"),
}
"""Codes and texts of the status in live data; the details have the same codes."""

STRINGS = (1, 2, 3)
METER = frozenset(
    {
        *("grid_import_power", "grid_export_power", "load_power"),
        *(
            f"energy_{flow}_{span}"
            for flow in ("import", "export", "load")
            for span in ("today", "total")
        ),
    }
)
"""Truths about the meter of the house."""


def of_strings(*kinds: str) -> Iterable[str]:
    """Return the keys of truths about single strings."""
    return (f"pv{number}_{kind}" for number in STRINGS for kind in kinds)


def kilowatts(tenths: int) -> float:
    """Return a power in kW."""
    return tenths / 10_000


class Atess(Device):
    """A storage device with panels and a battery of high voltage."""

    hidden: ClassVar[frozenset[str]]
    """Truths of other devices that this device does not report."""

    fault_status: ClassVar = 3
    v4_type: ClassVar = None
    works_from_battery: ClassVar = True

    @abstractmethod
    def flows(self, snapshot: Snapshot) -> Json:
        """Return the fields that only this family has."""

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return f"{self.kind.upper()}{self.rated // 1000}"

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return a voltage between 610 V in weak and 680 V in strong light."""
        return (
            round(610 + 70 * tenths / (self.rated * 10) - number, 1) if tenths else 0.0
        )

    @override
    def truth(self) -> Truth:
        """Return the expected values, without those that are not reported."""
        if (snapshot := self.snapshot()) is None:
            return {}
        # The energy of the sun is one number.
        expected = super().truth() | {"pv_energy_today": kwh(snapshot.today.pv)}
        hidden = self.hidden | ({"status"} if self.lost else set())
        return {key: value for key, value in expected.items() if key not in hidden}

    def _word(self, snapshot: Snapshot) -> str:
        """Return the status; it is lost when uploads stop."""
        return "lost" if self.lost else self.status_word(snapshot)

    def strings(self, snapshot: Snapshot) -> Json:
        """Return the fields of the strings but their voltages and currents."""
        return {
            "ppv": watts(snapshot.power.pv),
            **{
                f"ppv{number}": watts(tenths)
                for number, tenths in enumerate(snapshot.power.strings, start=1)
            },
            "epvToday": kwh(snapshot.today.pv),
            "epvTotal": kwh(snapshot.total.pv),
        }

    def _battery(self, snapshot: Snapshot) -> Json:
        """Return the fields of the battery that all three have."""
        today, total = snapshot.today, snapshot.total
        return {
            "capacity": snapshot.soc,
            "eChargeToday": kwh(today.charged),
            "eDischargeToday": kwh(today.discharged),
            "eChargeTotal": kwh(total.charged),
            "eDischargeTotal": kwh(total.discharged),
        }

    @override
    def last(self, snapshot: Snapshot) -> Json:
        """Return the fields of the last data."""
        recording = recorded(f"{self.kind}_last")
        code, text, language = STATES[self._word(snapshot)]
        warm = self.temperature(snapshot)
        values = {
            "serialNum": self.serial,
            "time": date_text(snapshot.wall),
            "calendar": java_calendar(
                recording["calendar"], as_server_clock(snapshot.wall)
            ),
            "status": code,
            "statusText": text,
            "statusLang": language,
            "alarmCode1": self.fault_code,
            "temp": warm,
            "temp1": warm,
            **self.strings(snapshot),
            **self._battery(snapshot),
            **self.flows(snapshot),
        }
        return filled(recording, values, doubles=DOUBLES, whole=True)

    @override
    def _master_data(self, snapshot: Snapshot) -> Json:
        """Return the fields of the details that differ between devices."""
        record = recorded(f"{self.kind}_details")
        logger, word = self.logger.serial, self._word(snapshot)
        return {
            "serialNum": self.serial,
            "alias": self.alias,
            "dataLogSn": logger,
            "lost": self.lost,
            "normalPower": self.rated,
            "status": STATES[word][0],
            "statusText": f"{self.kind}.status.{word}",
            "parentID": record["parentID"].replace(record["dataLogSn"], logger),
            "portName": f"ShinePano-{logger}",
            "treeID": record["treeID"].replace(record["serialNum"], self.serial),
            "treeName": self.alias,
        }


def three_phases(tenths: int, *fields: str) -> Json:
    """Return equal currents of three phases at 230 V for a power."""
    return dict.fromkeys(fields, round(watts(tenths) / 3 / 230, 1))
