"""The families the simulated cloud knows, and all endpoints it serves."""

from . import plant_calls, v4_calls
from .devices import (
    environment,
    groboost,
    hps,
    inverter,
    max as max_family,
    meter,
    min as min_family,
    pbd,
    pcs,
    spa,
    sph,
    storage,
)
from .devices.base import Device
from .devices.groboost import GroBoost
from .devices.hps import Hps
from .devices.inverter import Inverter
from .devices.max import Max
from .devices.min import Min
from .devices.noah import Noah
from .devices.pbd import Pbd
from .devices.pcs import Pcs
from .devices.spa import Spa
from .devices.sph import Sph
from .devices.sph_s import SphS
from .devices.storage import Storage
from .devices.unmapped import Unmapped
from .devices.wit import Wit

FAMILIES: dict[str, type[Device]] = {
    family.kind: family
    for family in (
        GroBoost,
        Hps,
        Inverter,
        Max,
        Min,
        Noah,
        Pbd,
        Pcs,
        Spa,
        Sph,
        SphS,
        Storage,
        Unmapped,
        Wit,
    )
}

ROUTES = {
    route.path: route
    for table in (
        plant_calls,
        environment,
        groboost,
        meter,
        v4_calls,
        inverter,
        max_family,
        min_family,
        spa,
        sph,
        storage,
        hps,
        pbd,
        pcs,
    )
    for route in table.ROUTES
}
