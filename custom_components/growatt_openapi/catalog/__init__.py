"""What each family offers, as data."""

from collections.abc import Mapping
from typing import Final

from ..api import Family
from .base import (
    GrowattBinarySensor,
    GrowattDescription,
    GrowattSensor,
    Profile,
    Value,
)
from .datalogger import DATALOGGER
from .inverter import INVERTER
from .max import MAX
from .min import MIN
from .plant import PLANT
from .spa import SPA
from .sph import SPH

PROFILES: Final[Mapping[Family, Profile]] = {
    profile.family: profile
    for profile in (PLANT, DATALOGGER, INVERTER, MAX, MIN, SPA, SPH)
}

__all__ = [
    "PROFILES",
    "GrowattBinarySensor",
    "GrowattDescription",
    "GrowattSensor",
    "Profile",
    "Value",
]
