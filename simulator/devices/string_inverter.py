"""String inverters, base of classic inverters and MAX: three phases, no battery."""

from typing import override

from ..wire import Json, date_text
from .base import Device, Snapshot, kwh, watts

PHASES = (("r", 236.5), ("s", 234.5), ("t", 235.3))
"""Phases with their voltages."""


class StringInverter(Device):
    """A three-phase inverter; every input has two strings of panels in parallel."""

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return a voltage between 570 V in weak and 620 V in strong light."""
        return (
            round(570 + 50 * tenths / (self.rated * 10) - number, 1) if tenths else 0.0
        )

    def _inputs(self, snapshot: Snapshot) -> Json:
        """Return the fields of the PV inputs and of the strings behind them."""
        result: Json = {}
        for number, tenths in enumerate(snapshot.power.strings, start=1):
            voltage, current = (
                self.voltage(tenths, number),
                self.current(tenths, number),
            )
            result |= {
                f"ppv{number}": watts(tenths),
                f"vpv{number}": voltage,
                f"ipv{number}": current,
                f"epv{number}Today": kwh(snapshot.today.strings[number - 1]),
                f"epv{number}Total": kwh(snapshot.total.strings[number - 1]),
            }
            for string in (2 * number - 1, 2 * number):
                result[f"vString{string}"] = voltage
                result[f"currentString{string}"] = round(current / 2, 1)
        return result

    def _phases(self, snapshot: Snapshot) -> Json:
        """Return the fields of the three phases, whose powers add up to pac."""
        third = snapshot.power.ac // 3
        powers = (snapshot.power.ac - 2 * third, third, third)
        result: Json = {}
        for (phase, voltage), tenths in zip(PHASES, powers, strict=True):
            result |= {
                f"pac{phase}": watts(tenths),
                f"vac{phase}": voltage,
                f"iac{phase}": round(watts(tenths) / voltage, 1),
            }
        return result

    def _shared_values(self, snapshot: Snapshot) -> Json:
        """Return the moving fields of both families, without float noise."""
        return {
            "time": date_text(snapshot.wall),
            "faultType": self.fault_code,
            "temperature": self.temperature(snapshot),
            "realOPPercent": round(10 * snapshot.power.ac / self.rated),
            "fac": 50.02,
            "pac": watts(snapshot.power.ac),
            "ppv": watts(snapshot.power.pv),
            "epvTotal": kwh(snapshot.total.pv),
            **self._inputs(snapshot),
            **self._phases(snapshot),
        }
