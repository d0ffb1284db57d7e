"""What each family offers, as data."""

from collections.abc import Mapping
from typing import Final

from ..api import Family
from .account import ACCOUNT
from .base import (
    GrowattBinarySensor,
    GrowattDescription,
    GrowattSensor,
    Part,
    Profile,
    Value,
)
from .datalogger import DATALOGGER
from .environment import ENVIRONMENT
from .groboost import GROBOOST
from .hps import HPS
from .inverter import INVERTER
from .max import MAX
from .meter import METER
from .min import MIN
from .noah import NOAH
from .pbd import PBD
from .pcs import PCS
from .plant import PLANT
from .spa import SPA
from .sph import SPH
from .sph_s import SPH_S
from .storage import STORAGE
from .unmapped import UNMAPPED
from .wit import WIT

PROFILES: Final[Mapping[Family, Profile]] = {
    profile.family: profile
    for profile in (
        ACCOUNT,
        PLANT,
        DATALOGGER,
        INVERTER,
        STORAGE,
        MAX,
        SPH,
        SPA,
        MIN,
        PCS,
        HPS,
        PBD,
        GROBOOST,
        METER,
        ENVIRONMENT,
        WIT,
        SPH_S,
        NOAH,
        UNMAPPED,
    )
}

__all__ = [
    "PROFILES",
    "GrowattBinarySensor",
    "GrowattDescription",
    "GrowattSensor",
    "Part",
    "Profile",
    "Value",
]
