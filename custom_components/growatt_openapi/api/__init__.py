"""Growatt's OpenAPI, asked and understood; imports no Home Assistant."""

from .client import GrowattClient, Latest
from .clocks import PlantClock, zone_offset
from .endpoints import FAMILIES
from .errors import (
    REFUSALS,
    GrowattAnswerError,
    GrowattConnectionError,
    GrowattError,
    GrowattHostError,
    GrowattInputError,
    GrowattNoPlantsError,
    GrowattNotFoundError,
    GrowattPermissionError,
    GrowattRateLimitError,
    GrowattTimeoutError,
    GrowattTokenError,
)
from .models import (
    Datalogger,
    Details,
    Device,
    Family,
    Place,
    Plant,
    PlantDetails,
    SerialNumber,
)
from .questions import Listing
from .reading import (
    LAST_UPDATE,
    NETWORK,
    ONLINE,
    SOURCE,
    WIFI_SIGNAL,
    Reading,
    Source,
)
from .regions import SERVERS, Region, server_address
from .transport import Connection

__all__ = [
    "FAMILIES",
    "LAST_UPDATE",
    "NETWORK",
    "ONLINE",
    "REFUSALS",
    "SERVERS",
    "SOURCE",
    "WIFI_SIGNAL",
    "Connection",
    "Datalogger",
    "Details",
    "Device",
    "Family",
    "GrowattAnswerError",
    "GrowattClient",
    "GrowattConnectionError",
    "GrowattError",
    "GrowattHostError",
    "GrowattInputError",
    "GrowattNoPlantsError",
    "GrowattNotFoundError",
    "GrowattPermissionError",
    "GrowattRateLimitError",
    "GrowattTimeoutError",
    "GrowattTokenError",
    "Latest",
    "Listing",
    "Place",
    "Plant",
    "PlantClock",
    "PlantDetails",
    "Reading",
    "Region",
    "SerialNumber",
    "Source",
    "server_address",
    "zone_offset",
]
