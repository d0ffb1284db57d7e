"""HPS: ATESS hybrid inverters, whose battery reports volts and amperes alone."""

from typing import ClassVar, override

from ..wire import Json, java_calendar, recorded
from .atess import (
    Atess,
    kilowatts,
    of_strings,
    three_phases,
)
from .base import Snapshot, kwh, watts

BATTERY_VOLTAGE = 500


class Hps(Atess):
    """An HPS with two strings."""

    kind: ClassVar = "hps"
    letter: ClassVar = "9"
    v1_type: ClassVar = 9
    check_type: ClassVar = 82
    dtc: ClassVar = 8201
    model_text: ClassVar = "A0B0D0T0P0U0M0S0"
    hidden: ClassVar = frozenset(
        {"energy_today", "energy_total", *of_strings("energy_today", "energy_total")}
    )

    @override
    def flows(self, snapshot: Snapshot) -> Json:
        """Return the fields of inputs, output, load, grid and battery."""
        power, today, total = snapshot.power, snapshot.today, snapshot.total
        first, second = power.strings
        return {
            # The first input has no number here.
            "vpv": self.voltage(first, 1),
            "ipv": self.current(first, 1),
            "vpv2": self.voltage(second, 2),
            "ipv2": self.current(second, 2),
            "pac": watts(power.ac),
            **three_phases(power.ac, "ipvu", "ipvv", "ipvw"),
            "loadActivePower": kilowatts(power.load),
            **three_phases(power.load, "loadIa", "loadIb", "loadIc"),
            "bActivePower": kilowatts(power.imported - power.exported),
            "vbat": BATTERY_VOLTAGE,
            "ibat": round(watts(power.charged - power.discharged) / BATTERY_VOLTAGE, 4),
            "eBatChargeTotal": kwh(total.charged),
            "eBatDischargeTotal": kwh(total.discharged),
            "eGridToday": kwh(today.imported),
            "eGridTotal": kwh(total.imported),
            "eToGridToday": kwh(today.exported),
            "eToGridTotal": kwh(total.exported),
            "eLoadToday": kwh(today.load),
            "eLoadTotal": kwh(total.load),
        }

    @override
    def details(self, snapshot: Snapshot) -> Json:
        """Return the master data, with a Calendar instead of a Date."""
        recording = recorded("hps_details")["lastUpdateTime"]
        return super().details(snapshot) | {
            "lastUpdateTime": java_calendar(recording, snapshot.uploaded)
        }
