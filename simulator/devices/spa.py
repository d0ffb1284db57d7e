"""SPA: storage beside another inverter, whose power it measures."""

from typing import ClassVar, override

from ..wire import Json
from .base import Snapshot, Truth, kwh, watts
from .battery_inverter import BatteryInverter


class Spa(BatteryInverter):
    """An SPA; its AC output is the discharge of its battery."""

    kind: ClassVar = "spa"
    letter: ClassVar = "6"
    v1_type: ClassVar = 6
    v4_type: ClassVar = "spa"
    path: ClassVar = "spa"
    check_type: ClassVar = 19
    dtc: ClassVar = 3701
    model_text: ClassVar = "A0B1D1T4PFU2M3S8"
    hidden: ClassVar = frozenset(
        {
            f"pv{number}_{kind}"
            for number in (1, 2)
            for kind in ("power", "voltage", "current", "energy_today", "energy_total")
        }
        | {"loss_power"}
    )

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return f"SPA {self.rated}TL BL"

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return 0: it has no inputs."""
        return 0.0

    @override
    def current(self, tenths: int, number: int) -> float:
        """Return 0: it has no inputs."""
        return 0.0

    @override
    def status_word(self, snapshot: Snapshot) -> str:
        """Return normal or fault; it also works while its battery rests."""
        return "fault" if self.fault_code else "normal"

    @override
    def mode(self, snapshot: Snapshot) -> str:
        """Return whether its battery works."""
        moving = snapshot.power.charged or snapshot.power.discharged
        return "battery" if moving else "bypass"

    @override
    def truth(self) -> Truth:
        """Return the expected values; the energy of the sun is one number."""
        if (snapshot := self.snapshot()) is None:
            return {}
        return super().truth() | {"pv_energy_today": kwh(snapshot.today.pv)}

    @override
    def panels(self, snapshot: Snapshot) -> Json:
        """Return the fields of the other inverter."""
        return {
            "ppvInverter": watts(snapshot.power.pv),
            "epvInverterToday": kwh(snapshot.today.pv),
            "epvInverterTotal": kwh(snapshot.total.pv),
        }
