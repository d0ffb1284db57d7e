"""PBD: ATESS converters between panels, battery and an output of direct current."""

from typing import TYPE_CHECKING, ClassVar, override

from ..roofs import FLAT, SOUTH_EAST, SOUTH_WEST, pv_strings
from ..routing import SHORT
from ..wire import Json
from .atess import METER, Atess, add_commercial, kilowatts, of_strings, routes
from .base import Device, Snapshot, Truth, kwh, watts

if TYPE_CHECKING:
    from ..builder import Builder
    from ..model import Logger, Plant

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
    def truth(self) -> Truth:
        """Return what a client must find; the output is not the AC of the others."""
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


ROUTES = routes(Pbd, details_pause=SHORT)


def add_pbd(builder: Builder, plant: Plant, *, logger: Logger | None = None) -> Device:
    """Add an ATESS PBD of 250 kW with three strings and a battery."""
    strings = pv_strings(
        plant.site, (SOUTH_EAST, 410, 410), (SOUTH_WEST, 400, 400), (FLAT, 390, 390)
    )
    return add_commercial(builder, Pbd, plant, logger, strings, rated=250000)
