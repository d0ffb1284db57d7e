"""Growatt's OpenAPI, asked and understood; imports no Home Assistant."""

from .client import GrowattClient, Latest, Listing
from .clocks import PlantClock, zone_offset
from .endpoints import FAMILIES
from .errors import (
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
    LAST_UPDATE,
    ONLINE,
    Datalogger,
    Details,
    Device,
    Family,
    Plant,
    PlantDetails,
    Reading,
    SerialNumber,
)
from .regions import SERVERS, Region, server_address
from .transport import Connection

__all__ = [
    "FAMILIES",
    "LAST_UPDATE",
    "ONLINE",
    "SERVERS",
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
    "Plant",
    "PlantClock",
    "PlantDetails",
    "Reading",
    "Region",
    "SerialNumber",
    "server_address",
    "zone_offset",
]
