"""Catalog of the entities of each device family, as data."""

from collections.abc import Mapping
from typing import Final

from ..api import Family
from .descriptions import (
    GrowattBinarySensor,
    GrowattDescription,
    GrowattSensor,
    Offer,
    Part,
    Value,
)
from .families.account import ACCOUNT
from .families.datalogger import DATALOGGER
from .families.environment import ENVIRONMENT
from .families.groboost import GROBOOST
from .families.hps import HPS
from .families.inverter import INVERTER
from .families.max import MAX
from .families.meter import METER
from .families.min import MIN
from .families.noah import NOAH
from .families.pbd import PBD
from .families.pcs import PCS
from .families.plant import PLANT
from .families.spa import SPA
from .families.sph import SPH
from .families.sph_s import SPH_S
from .families.storage import STORAGE
from .families.unmapped import UNMAPPED
from .families.wit import WIT
from .profile import Profile
from .snapshot import DataStatus, Snapshot

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
    "DataStatus",
    "GrowattBinarySensor",
    "GrowattDescription",
    "GrowattSensor",
    "Offer",
    "Part",
    "Profile",
    "Snapshot",
    "Value",
]
