"""Hybrids, base of SPH, SPH-S and WIT: battery inverters with panels."""

from typing import ClassVar, override

from ..wire import Json
from .base import Snapshot, kwh, watts
from .battery_inverter import BatteryInverter


class Hybrid(BatteryInverter):
    """A storage inverter with strings of panels."""

    works_from_battery: ClassVar = True

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return a voltage between 270 V in weak and 320 V in strong light."""
        return (
            round(270 + 50 * tenths / (self.rated * 10) - number, 1) if tenths else 0.0
        )

    @override
    def panels(self, snapshot: Snapshot) -> Json:
        """Return the fields of the PV inputs and of both together."""
        today = [kwh(sums) for sums in snapshot.today.strings]
        result: Json = {
            "ppv": watts(snapshot.power.pv),
            "ppvText": f"{watts(snapshot.power.pv)} W",
            **dict.fromkeys(("epvtoday", "epvToday"), round(sum(today), 1)),
            "epvTotal": kwh(snapshot.total.pv),
        }
        for number, tenths in enumerate(snapshot.power.strings, start=1):
            result |= {
                f"ppv{number}": watts(tenths),
                f"vpv{number}": self.voltage(tenths, number),
                f"ipv{number}": self.current(tenths, number),
                f"epv{number}Today": today[number - 1],
                f"epv{number}Total": kwh(snapshot.total.strings[number - 1]),
            }
        return result
