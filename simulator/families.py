"""The families the simulated cloud knows, and all endpoints it serves."""

from . import plant_calls, v4_calls
from .devices import inverter, min as min_family
from .devices.base import Device
from .devices.inverter import Inverter
from .devices.min import Min

FAMILIES: dict[str, type[Device]] = {
    family.v4_type: family for family in (Inverter, Min)
}

ROUTES = {
    route.path: route
    for table in (plant_calls, v4_calls, inverter, min_family)
    for route in table.ROUTES
}
