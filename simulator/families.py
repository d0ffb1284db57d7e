"""The families the simulated cloud knows, and all endpoints it serves."""

from . import plant_calls, v4_calls
from .devices import inverter, max as max_family, min as min_family, spa, sph
from .devices.base import Device
from .devices.inverter import Inverter
from .devices.max import Max
from .devices.min import Min
from .devices.spa import Spa
from .devices.sph import Sph

FAMILIES: dict[str, type[Device]] = {
    family.v4_type: family for family in (Inverter, Max, Min, Spa, Sph)
}

ROUTES = {
    route.path: route
    for table in (plant_calls, v4_calls, inverter, max_family, min_family, spa, sph)
    for route in table.ROUTES
}
