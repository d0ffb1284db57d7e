"""SPA: storage beside another inverter, whose power it measures."""

from typing import TYPE_CHECKING, ClassVar, override

from ..device_calls import DETAIL_ROOTS, batch, one_device
from ..energy import Battery, BatteryAlone, home
from ..roofs import TEN_KW, pv_strings
from ..routing import SHORT, Route
from ..wire import Json
from .base import Device, Snapshot, Truth, kwh, watts
from .mix import Mix

if TYPE_CHECKING:
    from ..builder import Builder
    from ..model import Plant


class Spa(Mix):
    """An SPA; its alternating current is what its battery gives."""

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
        """Return what a client must find; the energy of the sun is one number."""
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


def add_spa(builder: Builder, plant: Plant, beside: Device) -> Device:
    """Add an SPA of 3 kW, a battery and a meter beside an inverter of 10 kW."""
    # It sees the sun that the inverter sees, where the inverter gives it.
    seen = ((slope, given, given) for slope, _, given in TEN_KW)
    strings = pv_strings(plant.site, *seen)
    house = home(strings, Battery(), plant.name, plant.site.start, efficiency=100)
    return builder.device(
        Spa, plant, beside.logger, BatteryAlone(house), rated=3000, battery=True
    )


ROUTES = (
    Route(
        verb="GET",
        path="device/spa/spa_data_info",
        answer=one_device(Spa, Spa.details, *DETAIL_ROOTS),
        key="device_sn",
        empty=10003,
        missing=10002,
    ),
    Route(
        verb="POST",
        path="device/spa/spa_last_data",
        answer=one_device(Spa, Spa.last, "dataloggerSn", "data", "spa_sn"),
        key="spa_sn",
        empty=10003,
        missing=10002,
        pause=SHORT,
    ),
    Route(
        verb="POST",
        path="device/spa/spas_data",
        answer=batch(Spa, "data", "spas"),
        key="spas",
        empty=10002,
        missing=10005,
        pause=SHORT,
    ),
)
