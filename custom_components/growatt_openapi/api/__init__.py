"""Growatt's OpenAPI, asked and understood; imports no Home Assistant."""

from .client import GrowattClient, Latest
from .clocks import PlantClock, zone_offset
from .countries import COUNTRIES, country_of
from .endpoints.families import FAMILIES
from .errors import (
    REFUSALS,
    GrowattAnswerError,
    GrowattCheckCodeError,
    GrowattConnectionError,
    GrowattError,
    GrowattHostError,
    GrowattInputError,
    GrowattInstallerCodeError,
    GrowattNoPlantsError,
    GrowattNotFoundError,
    GrowattPeriodError,
    GrowattPermissionError,
    GrowattRateLimitError,
    GrowattTakenError,
    GrowattTimeoutError,
    GrowattTokenError,
    GrowattUncertainError,
    GrowattUnreachableError,
)
from .management import Management
from .models.inventory import (
    Datalogger,
    Details,
    Device,
    Family,
    Place,
    Plant,
    SerialNumber,
)
from .models.management import (
    Creation,
    Energy,
    NewPlant,
    NewUser,
    PlantChange,
    PlantType,
    Power,
    Unit,
    User,
)
from .models.plant_details import Part, PlantDetails
from .models.reading import (
    Reading,
)
from .regions import SERVERS, Region, server_address
from .requests.session import Listing
from .requests.transport import Connection

__all__ = [
    "COUNTRIES",
    "FAMILIES",
    "REFUSALS",
    "SERVERS",
    "Connection",
    "Creation",
    "Datalogger",
    "Details",
    "Device",
    "Energy",
    "Family",
    "GrowattAnswerError",
    "GrowattCheckCodeError",
    "GrowattClient",
    "GrowattConnectionError",
    "GrowattError",
    "GrowattHostError",
    "GrowattInputError",
    "GrowattInstallerCodeError",
    "GrowattNoPlantsError",
    "GrowattNotFoundError",
    "GrowattPeriodError",
    "GrowattPermissionError",
    "GrowattRateLimitError",
    "GrowattTakenError",
    "GrowattTimeoutError",
    "GrowattTokenError",
    "GrowattUncertainError",
    "GrowattUnreachableError",
    "Latest",
    "Listing",
    "Management",
    "NewPlant",
    "NewUser",
    "Part",
    "Place",
    "Plant",
    "PlantChange",
    "PlantClock",
    "PlantDetails",
    "PlantType",
    "Power",
    "Reading",
    "Region",
    "SerialNumber",
    "Unit",
    "User",
    "country_of",
    "server_address",
    "zone_offset",
]
