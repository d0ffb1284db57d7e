"""PBD: ATESS converters between panels, battery and an output of direct current."""

from typing import ClassVar, override

from ..wire import Json
from .atess import METER, Atess, kilowatts, of_strings
from .base import Snapshot, Truth, kwh, watts

OUTPUT_VOLTAGE = 700


class Pbd(Atess):
    """A PBD with three strings; its output is DC, as AC is that of the others."""

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
    def truth(self) -> Truth:
        """Return the expected values; the output is DC."""
        return {
            f"dc_output_{key}" if key.startswith("energy_") else key: value
            for key, value in super().truth().items()
        }

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
