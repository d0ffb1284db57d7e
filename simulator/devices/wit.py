"""WIT: commercial hybrids for three phases, which V1 does not list."""

from collections.abc import Set as AbstractSet
from typing import ClassVar, override

from ..wire import Json
from .base import Snapshot, Truth, kwh, watts
from .hybrid import Hybrid

STATUS = {
    "waiting": (0, "Waiting"),
    "normal": (1, "Operating"),
    "fault": (3, "Fault"),
}
SINGLES = frozenset(
    {
        *("acChargeEnergyTotal", "epvToday", "esystemtoday", "esystemtotal"),
        *("eselftoday", "eselftotal"),
        *(f"epv{number}Today" for number in range(1, 11)),
        *(f"epv{number}Total" for number in range(1, 11)),
    }
)
"""Fields with the noise of single precision; all others are double."""

PHASES = (1.4, 0.0, -1.1)
"""Volts above 230 V of each phase."""

BATTERIES = {1: "", 2: "2"}
"""The batteries, and the endings of their fields; both have the same power."""

DETAILS = {
    "lost": (-1, "lost"),
    "waiting": (0, "waiting"),
    "normal": (0, "operating"),
    "fault": (3, "fault"),
}


def half(sums: int, number: int) -> int:
    """Return the share of the first or the second battery."""
    return sums - sums // 2 if number == 1 else sums // 2


class Wit(Hybrid):
    """A WIT with two strings of panels at each input, and two batteries."""

    kind: ClassVar = "wit"
    letter: ClassVar = "W"
    v4_type: ClassVar = "wit"
    path: ClassVar = "wit"
    check_type: ClassVar = 218
    dtc: ClassVar = 5600
    model_text: ClassVar = "S21B01D00T32P0FU01M03E8"
    hidden: ClassVar = frozenset({"work_mode", "backup_power_factor"})

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return f"WIT {self.rated // 1000}K-HU"

    @override
    def mode(self, snapshot: Snapshot) -> str:
        """Return "battery"; no field reports the working mode."""
        return "battery"

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return a voltage between 570 V in weak and 620 V in strong light."""
        return (
            round(570 + 50 * tenths / (self.rated * 10) - number, 1) if tenths else 0.0
        )

    @override
    def doubles(self, recording: Json) -> AbstractSet[str]:
        """Return the fields of a recorded answer that keep double precision."""
        return recording.keys() - SINGLES

    @override
    def truth(self) -> Truth:
        """Return the expected values; energies are the sums of the shown ones."""
        result = super().truth()
        if (snapshot := self.snapshot()) is None:
            return result
        for number in BATTERIES:
            key = f"battery{number}"
            result |= {
                f"{key}_soc": snapshot.soc,
                f"{key}_charge_power": watts(half(snapshot.power.charged, number)),
                f"{key}_discharge_power": watts(
                    half(snapshot.power.discharged, number)
                ),
            }
        for span, flows in (("today", snapshot.today), ("total", snapshot.total)):
            for way, sums in (
                ("charge", flows.charged),
                ("discharge", flows.discharged),
            ):
                shown = {number: kwh(half(sums, number)) for number in BATTERIES}
                quantity = f"{way}_energy_{span}"
                result[f"battery_{quantity}"] = round(sum(shown.values()), 1)
                result |= {
                    f"battery{number}_{quantity}": energy
                    for number, energy in shown.items()
                }
        return result

    def _batteries(self, snapshot: Snapshot) -> Json:
        """Return the fields of both batteries, into which power is positive."""
        result: Json = {}
        voltage = round(640 + snapshot.soc / 2, 1)
        for number, end in BATTERIES.items():
            gained = half(snapshot.power.charged, number)
            spent = half(snapshot.power.discharged, number)
            result |= {
                f"batPower{end}": watts(gained - spent),
                f"soc{end}": snapshot.soc,
                f"soh{end}": 100,
                f"vbat{end}": voltage,
                f"bmsBatVol{end}" if end else "bmsBatteryVolt": voltage,
            }
            for span, flows in (("Today", snapshot.today), ("Total", snapshot.total)):
                result |= {
                    f"echarge{number}{span}": kwh(half(flows.charged, number)),
                    f"edischarge{number}{span}": kwh(half(flows.discharged, number)),
                }
        cells = {"bmsMaxTemp2": 27.5, "bmsMinTemp2": 26.0}
        return result | cells | {"bmsSellMaxVol2": 3.331, "bmsSellMinVol2": 3.318}

    def _strings(self, snapshot: Snapshot) -> Json:
        """Return the fields of the strings, two at each input."""
        result: Json = {}
        for number, tenths in enumerate(snapshot.power.strings, start=1):
            for string in (2 * number - 1, 2 * number):
                result[f"vString{string}"] = self.voltage(tenths, number)
                result[f"currentString{string}"] = round(
                    self.current(tenths, number) / 2, 1
                )
        return result

    def _phases(self, snapshot: Snapshot) -> Json:
        """Return the fields of the three phases, whose powers add up to pac."""
        third = snapshot.power.ac // 3
        powers = (snapshot.power.ac - 2 * third, third, third)
        result: Json = {}
        for number, (tenths, more) in enumerate(zip(powers, PHASES, strict=True), 1):
            result |= {
                f"pac{number}": watts(tenths),
                f"vac{number}": round(230 + more, 1),
                f"iac{number}": round(watts(tenths) / (230 + more), 1),
            }
        drawn = round(watts(snapshot.power.load) / 690, 1)
        return result | {
            **dict.fromkeys(("iacLoad", "iacsLoad", "iactLoad"), drawn),
            **dict.fromkeys(("vacRs", "vacSt", "vacTr"), 398.6),
            "vac": 231.4,
            "vacs": 230.0,
            "vact": 228.9,
        }

    @override
    def _values(self, snapshot: Snapshot) -> Json:
        """Return all fields that move, as numbers without float noise."""
        status, text = STATUS[self.status_word(snapshot)]
        return super()._values(snapshot) | {
            "status": status,
            "statusText": text,
            "realOPPercent": round(10 * snapshot.power.ac / self.rated),
            "vBatDsp": round(640 + snapshot.soc / 2),
            **self._batteries(snapshot),
            **self._strings(snapshot),
            **self._phases(snapshot),
        }

    @override
    def _master_data(self, snapshot: Snapshot) -> Json:
        """Return the fields of the details that differ between devices."""
        status, text = DETAILS["lost" if self.lost else self.status_word(snapshot)]
        return super()._master_data(snapshot) | {
            "status": status,
            "statusText": f"{self.path}.status.{text}",
            "parentID": f"LIST_{self.logger.serial}_{self.check_type}",
        }
