"""SPH: single phase hybrids with a battery of their own, also called MIX."""

from typing import ClassVar, override

from .base import Snapshot
from .hybrid import Hybrid


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
