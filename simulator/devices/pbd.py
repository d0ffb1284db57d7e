"""PBD: ATESS converters between panels, battery and an output of direct current."""

from typing import ClassVar, override

from ..wire import Json
from .atess import METER, SHORT, Atess, kilowatts, of_strings, routes
from .base import Snapshot, kwh, watts

OUTPUT_VOLTAGE = 700


class Pbd(Atess):
    """A PBD with three strings; what others give as AC leaves it as DC."""

    kind: ClassVar = "pbd"
    letter: ClassVar = "P"
    v1_type: ClassVar = 10
    check_type: ClassVar = 83
    dtc: ClassVar = 8301
    model_text: ClassVar = "A0B0D0T0P0U0M0S1"
    hidden: ClassVar = frozenset(
        {"ac_power", *METER, *of_strings("energy_today", "energy_total")}
    )

    @override
    def flows(self, snapshot: Snapshot) -> Json:
        """Return the fields of inputs, output and battery power."""
        power = snapshot.power
        return {
            **{
                field: value
                for number, tenths in enumerate(power.strings, start=1)
                for field, value in (
                    (f"vpv{number}", self.voltage(tenths, number)),
                    (f"ipv{number}", self.current(tenths, number)),
                )
            },
            "bvout": OUTPUT_VOLTAGE,
            "biout": round(watts(power.ac) / OUTPUT_VOLTAGE, 1),
            "pbdBatPower": kilowatts(power.charged - power.discharged),
            "eOutToday": kwh(snapshot.today.ac),
            "eOutTotal": kwh(snapshot.total.ac),
        }


ROUTES = routes(Pbd, details_pause=SHORT)
