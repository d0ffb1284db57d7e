"""SPH-S: hybrids with a 48 V battery, which V1 does not list."""

from collections.abc import Set as AbstractSet
from typing import ClassVar, override

from ..wire import Json
from .base import Snapshot, Truth, kwh, watts
from .hybrid import Hybrid

STATUS = {"waiting": 0, "battery": 3, "fault": 6}
"""The status by working mode: not the code that the text beside it stands for."""

SINGLES = frozenset(
    {
        *(f"epv{number}{span}" for number in (1, 2, 3) for span in ("Today", "Total")),
        *("eselftoday", "eselftotal", "esystemtoday", "esystemtotal", "upsVac1"),
    }
)
"""Fields with the noise of single precision; all others are double."""

COUNTED = {
    "pv": ("epv", "pv_energy"),
    "imported": ("eToUser", "energy_import"),
    "exported": ("eToGrid", "energy_export"),
    "load": ("elocalLoad", "energy_load"),
}
"""Flows with counters by month and year too: their fields and truths."""

DETAILS = {
    "lost": (-1, "lost"),
    "waiting": (2, "standby"),
    "normal": (1, "online"),
    "fault": (3, "fault"),
}


class SphS(Hybrid):
    """An SPH-S with three strings, whose battery does not report its health."""

    kind: ClassVar = "sph_s"
    letter: ClassVar = "S"
    v4_type: ClassVar = "sph-s"
    path: ClassVar = "sph"
    check_type: ClassVar = 260
    dtc: ClassVar = 21200
    model_text: ClassVar = "S00B00D00T00P00U00M0000"
    hidden: ClassVar = frozenset({"backup_power_factor"})

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return f"SPH {self.rated}TL-HU"

    @override
    def truth(self) -> Truth:
        """Return the expected values, with the energies of month and year."""
        if (snapshot := self.snapshot()) is None:
            return {}
        periods = {
            f"{COUNTED[flow][1]}_{period}": energy
            for (flow, period), energy in self._periods(snapshot).items()
        }
        return super().truth() | periods

    def _periods(self, snapshot: Snapshot) -> dict[tuple[str, str], float]:
        """Return the energy of each flow since the month and the year began, in kWh."""
        today = snapshot.wall.date()
        begun = {"month": today.replace(day=1), "year": today.replace(month=1, day=1)}
        return {
            (flow, period): kwh(
                getattr(snapshot.total, flow) - getattr(self.source.before(first), flow)
            )
            for flow in COUNTED
            for period, first in begun.items()
        }

    @override
    def mode(self, snapshot: Snapshot) -> str:
        """Return "battery", which it says even with panels at work."""
        return "battery"

    @override
    def doubles(self, recording: Json) -> AbstractSet[str]:
        """Return the fields of a recorded answer that keep double precision."""
        return recording.keys() - SINGLES

    @override
    def _values(self, snapshot: Snapshot) -> Json:
        """Return all fields that move; the battery reports a tenth of its voltage."""
        values = super()._values(snapshot)
        power = snapshot.power
        changed = {
            "status": STATUS[self._mode(snapshot)],
            "sysStatus": values["uwSysWorkMode"],
            "invTemp": self.temperature(snapshot),
            "dcTemp": round(self.temperature(snapshot) + 10.7, 1),
            "bmsBatteryVolt": round(values["vbat"] / 10, 2),
            "bmsBatteryTemp": 31.7,
            "bmsBatteryCurr": 0.0,
            "ibat": values["bmsBatteryCurr"],
            "vbat1": round(values["vbat"] - 0.1, 1),
            "rLocalEnergy": kwh(snapshot.total.load),
            "epsIac1": round(watts(power.load) / 230.2, 1),
            **{
                f"{COUNTED[flow][0]}{period.title()}": energy
                for (flow, period), energy in self._periods(snapshot).items()
            },
            **dict.fromkeys(("pex", "pself", "psystem"), watts(power.ac)),
            **dict.fromkeys(("upsPac1", "loadPower1"), watts(power.load)),
        }
        # Temperatures have other fields, and its health has none.
        unused = {"temp1", "temp2", "temp3", "timeTotal", "bmsSOH"}
        return {key: values[key] for key in values.keys() - unused} | changed

    @override
    def _master_data(self, snapshot: Snapshot) -> Json:
        """Return the fields of the details that differ between devices."""
        status, text = DETAILS["lost" if self.lost else self.status_word(snapshot)]
        return super()._master_data(snapshot) | {
            "status": status,
            "statusText": f"{self.path}.status.{text}",
            "parentID": f"LIST_{self.logger.serial}_{self.check_type}",
            "treeID": "",
        }
