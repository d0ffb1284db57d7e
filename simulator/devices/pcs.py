"""PCS: ATESS storage inverters, which report the sun as one number."""

from typing import ClassVar, override

from ..wire import Json
from .atess import Atess, kilowatts, of_strings, three_phases
from .base import Snapshot, kwh


class Pcs(Atess):
    """A PCS; its powers are in kW, but that of the sun."""

    kind: ClassVar = "pcs"
    letter: ClassVar = "8"
    v1_type: ClassVar = 8
    check_type: ClassVar = 81
    dtc: ClassVar = 8101
    model_text: ClassVar = "A0B0D0T0P0U0M0S0"
    hidden: ClassVar = frozenset(
        {
            *("energy_today", "energy_total", "pv_energy_today", "pv_energy_total"),
            *of_strings("power", "voltage", "current", "energy_today", "energy_total"),
        }
    )

    @override
    def flows(self, snapshot: Snapshot) -> Json:
        """Return the fields of output, load, grid and battery power."""
        power, today, total = snapshot.power, snapshot.today, snapshot.total
        return {
            **dict.fromkeys(
                ("pcsActivePower", "outApparentPower"), kilowatts(power.ac)
            ),
            **three_phases(power.ac, "i1A", "i1B", "i1C"),
            **dict.fromkeys(
                ("loadActivePower", "loadApparentPower"), kilowatts(power.load)
            ),
            **three_phases(power.load, "loadIa", "loadIb", "loadIc"),
            "powerGird": kilowatts(power.imported),
            **dict.fromkeys(("toPowerGird", "pacToGrid"), kilowatts(power.exported)),
            "bActivePower": kilowatts(power.imported - power.exported),
            "bApparentPower": kilowatts(power.imported + power.exported),
            **three_phases(power.imported + power.exported, "bipvu", "bipvv", "bipvw"),
            "pacToBattery": kilowatts(power.charged - power.discharged),
            "gridToday": kwh(today.imported),
            "gridTotal": kwh(total.imported),
            "toGridToday": kwh(today.exported),
            "toGridTotal": kwh(total.exported),
            "loadToday": kwh(today.load),
            "loadTotal": kwh(total.load),
        }
