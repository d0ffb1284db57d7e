"""Names that more than one module needs."""

from logging import Logger, getLogger
from typing import Final

DOMAIN: Final = "growatt_openapi"
LOGGER: Final[Logger] = getLogger(__package__)

CONF_EXCLUDED_PLANTS: Final = "excluded_plants"
"""Option: the ids of plants that are left out, as texts."""

MANUFACTURER: Final = "Growatt"
