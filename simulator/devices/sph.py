"""SPH: single phase hybrids with a battery of their own, also called MIX."""

from typing import ClassVar, override

from ..device_calls import DETAIL_ROOTS, batch, one_device
from ..routing import Route
from ..wire import Json
from .base import Snapshot, kwh, watts
from .mix import Mix


class Sph(Mix):
    """An SPH with two strings."""

    v1_type: ClassVar = 5
    v4_type: ClassVar = "sph"
    path: ClassVar = "mix"
    check_type: ClassVar = 17
    dtc: ClassVar = 3501
    model_text: ClassVar = "A0B0DBT0PFU2M4S0"
    hidden: ClassVar = frozenset({"pv1_current", "pv2_current"})

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return f"SPH {self.rated}TL BL-UP"

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return a voltage between 270 V in weak and 320 V in strong light."""
        return (
            round(270 + 50 * tenths / (self.rated * 10) - number, 1) if tenths else 0.0
        )

    @override
    def status_word(self, snapshot: Snapshot) -> str:
        """Return waiting, normal or fault; it also works from its battery alone."""
        if self.fault_code:
            return "fault"
        working = snapshot.working or snapshot.power.discharged
        return "normal" if working else "waiting"

    @override
    def mode(self, snapshot: Snapshot) -> str:
        """Return whether it works from panels or from its battery alone."""
        return "pv_battery" if snapshot.working else "battery"

    @override
    def panels(self, snapshot: Snapshot) -> Json:
        """Return the fields of the PV inputs and of both together."""
        today = [kwh(sums) for sums in snapshot.today.strings]
        result: Json = {
            "ppv": watts(snapshot.power.pv),
            "ppvText": f"{watts(snapshot.power.pv)} W",
            "epvtoday": round(sum(today), 1),
            "epvTotal": kwh(snapshot.total.pv),
        }
        for number, tenths in enumerate(snapshot.power.strings, start=1):
            result |= {
                f"ppv{number}": watts(tenths),
                f"vpv{number}": self.voltage(tenths, number),
                f"epv{number}Today": today[number - 1],
                f"epv{number}Total": kwh(snapshot.total.strings[number - 1]),
            }
        return result


ROUTES = (
    Route(
        verb="GET",
        path="device/mix/mix_data_info",
        answer=one_device(Sph, Sph.details, *DETAIL_ROOTS),
        key="device_sn",
        empty=10003,
        missing=10002,
    ),
    Route(
        verb="POST",
        path="device/mix/mix_last_data",
        answer=one_device(Sph, Sph.last, "dataloggerSn", "data", "mix_sn"),
        key="mix_sn",
        empty=10003,
        missing=10002,
    ),
    Route(
        verb="POST",
        path="device/mix/mixs_data",
        answer=batch(Sph, "mixs", "data"),
        key="mixs",
        empty=10002,
        missing=10005,
    ),
)
