"""Endpoints of plants, data loggers and devices: the lists, and facts of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..errors import (
    GrowattInputError,
    GrowattNotFoundError,
    GrowattTokenError,
)
from ..models.inventory import Family
from .base import (
    NOT_FOUND_10002,
    NOT_FOUND_10003,
    PAGE_SIZE,
    SECONDS_5,
    Endpoint,
)

PLANT_LIST: Final = Endpoint(
    # Only here does "no privilege" speak of the token itself.
    path="v1/plant/list",
    codes={10011: GrowattTokenError},
    daily=10,
    page_size=PAGE_SIZE,
)


PLANT_DETAILS: Final = Endpoint(
    path="v1/plant/details",
    codes={**NOT_FOUND_10002, 10004: GrowattNotFoundError},
    about={10002: "plant_id", 10003: "plant_id", 10004: "c_user_id"},
)


PLANT_DATA: Final = Endpoint(path="v1/plant/data", codes=NOT_FOUND_10002)
DEVICE_LIST: Final = Endpoint(
    path="v1/device/list", codes=NOT_FOUND_10003, page_size=PAGE_SIZE
)


DATALOGGER_LIST: Final = Endpoint(
    path="v1/device/datalogger/list", codes=NOT_FOUND_10003, page_size=PAGE_SIZE
)


CHECK_SERIAL: Final = Endpoint(path="v1/device/check/sn")
PLANT_OF_DEVICE: Final = Endpoint(
    path="v1/plant/sn_plant",
    verb="POST",
    codes={
        10002: GrowattNotFoundError,
        10003: GrowattInputError,
        10004: GrowattInputError,
        10005: GrowattNotFoundError,
    },
)


ALL_DEVICES: Final = Endpoint(
    path="v4/new-api/queryDeviceList", verb="POST", interval=SECONDS_5
)


WIFI_SIGNAL: Final = Endpoint(
    path="v4/new-api/getWiFiSignalByDevice", verb="POST", interval=SECONDS_5
)


@dataclass(frozen=True, kw_only=True)
class BusList:
    """The list of one kind of things on the bus of a data logger."""

    endpoint: Endpoint
    name: str
    """Under which name the rows stand."""
    sign: str
    """What the serial in device/list holds that announces them."""


BUS_LISTS: Final[Mapping[Family, BusList]] = {
    Family.METER: BusList(
        endpoint=Endpoint(
            path="v1/device/ammeter/meter_list",
            codes=NOT_FOUND_10003,
            page_size=PAGE_SIZE,
        ),
        name="meters",
        sign="METER",
    ),
    Family.ENVIRONMENT: BusList(
        endpoint=Endpoint(
            path="v1/device/env/env_list", codes=NOT_FOUND_10003, page_size=PAGE_SIZE
        ),
        name="envs",
        sign="ENV",
    ),
}


# What hangs on the bus of a data logger is listed under this number.
TYPE_ON_BUS: Final = 3
