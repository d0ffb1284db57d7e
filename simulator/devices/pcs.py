"""PCS: ATESS storage inverters, which tell the sun as one number."""

from typing import TYPE_CHECKING, ClassVar, override

from ..roofs import FLAT, SOUTH_WEST, pv_strings
from ..wire import Json
from .atess import Atess, add_commercial, kilowatts, of_strings, routes, three_phases
from .base import Device, Snapshot, kwh

if TYPE_CHECKING:
    from ..builder import Builder
    from ..model import Logger, Plant


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


ROUTES = routes(Pcs)


def add_pcs(builder: Builder, plant: Plant, *, logger: Logger | None = None) -> Device:
    """Add an ATESS PCS of 50 kW with two strings, a battery and a meter."""
    strings = pv_strings(plant.site, (SOUTH_WEST, 230, 230), (FLAT, 220, 220))
    return add_commercial(builder, Pcs, plant, logger, strings, rated=50000)
