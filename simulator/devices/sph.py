"""SPH: single phase hybrids with a battery of their own, also called MIX."""

from typing import TYPE_CHECKING, ClassVar, override

from ..device_calls import DETAIL_ROOTS, batch, one_device
from ..roofs import SOUTH_EAST, SOUTH_WEST, household_of, pv_strings
from ..routing import SHORT, Route
from .base import Device, Snapshot
from .hybrid import Hybrid

if TYPE_CHECKING:
    from ..builder import Builder
    from ..model import Logger, Plant


class Sph(Hybrid):
    """An SPH with two strings."""

    kind: ClassVar = "sph"
    letter: ClassVar = "5"
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
    def mode(self, snapshot: Snapshot) -> str:
        """Return whether it works from panels or from its battery alone."""
        return "pv_battery" if snapshot.working else "battery"


def add_sph(builder: Builder, plant: Plant, *, logger: Logger | None = None) -> Device:
    """Add an SPH of 6 kW with two strings, a battery and a meter."""
    strings = pv_strings(plant.site, (SOUTH_EAST, 33, 32), (SOUTH_WEST, 30, 29))
    source = household_of(plant, strings)
    return builder.device(Sph, plant, logger, source, rated=6000, battery=True)


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
        pause=SHORT,
    ),
    Route(
        verb="POST",
        path="device/mix/mixs_data",
        answer=batch(Sph, "mixs", "data"),
        key="mixs",
        empty=10002,
        missing=10005,
        pause=SHORT,
    ),
)
