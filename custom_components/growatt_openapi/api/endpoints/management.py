"""The endpoints that manage users, plants, data loggers and devices, as a table."""

from typing import Final

from ..errors import (
    GrowattCheckCodeError,
    GrowattConnectionError,
    GrowattInputError,
    GrowattInstallerCodeError,
    GrowattNotFoundError,
    GrowattPeriodError,
    GrowattPermissionError,
    GrowattTakenError,
    GrowattTokenError,
)
from .base import PAGE_SIZE, Codes, Endpoint
from .inventory import (
    ALL_DEVICES,
    BUS_LISTS,
    CHECK_SERIAL,
    DATALOGGER_LIST,
    DEVICE_LIST,
    PLANT_DATA,
    PLANT_DETAILS,
    PLANT_LIST,
    PLANT_OF_DEVICE,
)

UNSTATED: Final = 0
"""The interval of an endpoint of which the manual states none."""

USER_LIST: Final = Endpoint(
    path="v1/user/c_user_list", daily=10, page_size=PAGE_SIZE, is_personal=True
)
USER_REGISTER: Final = Endpoint(
    path="v1/user/user_register",
    verb="POST",
    codes={
        10002: GrowattInputError,
        10003: GrowattTakenError,
        10004: GrowattInputError,
        10006: GrowattInputError,
        10008: GrowattTokenError,
        10010: GrowattConnectionError,
        10014: GrowattInstallerCodeError,
    },
    about={
        10002: "user_name",
        10003: "user_name",
        10004: "user_email",
        10006: "user_type",
        10014: "agentCode",
    },
    interval=UNSTATED,
    secret=frozenset({"user_password", "user_email", "user_tel"}),
    outdates=frozenset({USER_LIST.path}),
)
USER_MODIFY: Final = Endpoint(
    path="v1/user/modify",
    verb="POST",
    codes={
        10002: GrowattInputError,
        10003: GrowattNotFoundError,
        10004: GrowattPermissionError,
        10014: GrowattInstallerCodeError,
    },
    about={
        10002: "c_user_id",
        10003: "c_user_id",
        10004: "c_user_id",
        10014: "agentCode",
    },
    interval=UNSTATED,
    outdates=frozenset({USER_LIST.path}),
)
USER_CHECK: Final = Endpoint(
    path="v1/user/check_user",
    verb="POST",
    codes={10002: GrowattInputError, 10003: GrowattTakenError},
    about={10002: "user_name", 10003: "user_name"},
    interval=UNSTATED,
)

PLANTS_OF_USER: Final = Endpoint(
    path="v1/plant/user_plant_list", verb="POST", daily=10, page_size=PAGE_SIZE
)
PLANT_ENERGY: Final = Endpoint(
    path="v1/plant/energy",
    codes={
        10002: GrowattNotFoundError,
        10003: GrowattInputError,
        10004: GrowattPeriodError,
    },
    about={10002: "plant_id", 10003: "plant_id", 10004: "end_date"},
    daily_in_all=10,
    page_size=PAGE_SIZE,
)
PLANT_POWER: Final = Endpoint(
    # An id is always sent, so that it is the date that was refused.
    path="v1/plant/power",
    codes={10002: GrowattNotFoundError, 10003: GrowattPeriodError},
    about={10002: "plant_id", 10003: "date"},
)

_PLANT_CODES: Final[Codes] = {
    10002: GrowattInputError,
    10003: GrowattInputError,
    10004: GrowattInputError,
    10005: GrowattNotFoundError,
    10006: GrowattTakenError,
}
_PLANT_ABOUT: Final = {
    10002: "c_user_id",
    10003: "name",
    10004: "peak_power",
    10005: "c_user_id",
    10006: "name",
}
_PLANT_LISTS: Final = frozenset({PLANT_LIST.path, PLANTS_OF_USER.path})
PLANT_ADD: Final = Endpoint(
    path="v1/plant/add",
    verb="POST",
    codes=_PLANT_CODES,
    about=_PLANT_ABOUT,
    outdates=_PLANT_LISTS,
)
PLANT_MODIFY: Final = Endpoint(
    path="v1/plant/modify",
    verb="POST",
    codes={**_PLANT_CODES, 10007: GrowattNotFoundError},
    about={**_PLANT_ABOUT, 10007: "plant_id"},
    interval=UNSTATED,
    daily_in_all=10,
    outdates=_PLANT_LISTS | {PLANT_DETAILS.path, PLANT_DATA.path, PLANT_OF_DEVICE.path},
)

DATALOGGER_OF_DEVICE: Final = Endpoint(
    path="v1/device/sn_datalog",
    verb="POST",
    codes={10003: GrowattInputError, 10005: GrowattNotFoundError},
    about={10003: "device_sn", 10005: "device_sn"},
)
CREATION_DATES: Final = Endpoint(path="v1/device/all/create_date", verb="POST")

# All that says which logger or device there is, and where.
_PLACES: Final = frozenset(
    {
        DATALOGGER_LIST.path,
        DEVICE_LIST.path,
        ALL_DEVICES.path,
        CHECK_SERIAL.path,
        PLANT_OF_DEVICE.path,
        DATALOGGER_OF_DEVICE.path,
        CREATION_DATES.path,
        *(bus.endpoint.path for bus in BUS_LISTS.values()),
    }
)
PLANT_DELETE: Final = Endpoint(
    path="v1/plant/delete",
    verb="POST",
    codes={10002: GrowattInputError, 10004: GrowattNotFoundError},
    about={10002: "plant_id", 10004: "plant_id"},
    interval=UNSTATED,
    outdates=_PLANT_LISTS | _PLACES | {PLANT_DETAILS.path, PLANT_DATA.path},
)

_ADD_CODES: Final[Codes] = {
    10002: GrowattInputError,
    10003: GrowattTakenError,
    10004: GrowattNotFoundError,
    10005: GrowattNotFoundError,
    10006: GrowattInputError,
}
_ADD_ABOUT: Final = {
    10002: "sn",
    10003: "sn",
    10004: "plant_id",
    10005: "c_user_id",
    10006: "c_user_id",
}
DATALOGGER_ADD: Final = Endpoint(
    path="v1/device/datalogger/add",
    verb="POST",
    codes=_ADD_CODES,
    about=_ADD_ABOUT,
    outdates=_PLACES,
)
DATALOGGER_DELETE: Final = Endpoint(
    path="v1/device/datalogger/delete",
    verb="POST",
    codes={
        10002: GrowattInputError,
        10003: GrowattNotFoundError,
        10004: GrowattNotFoundError,
    },
    about={10002: "sn", 10003: "plant_id", 10004: "sn"},
    outdates=_PLACES,
)
DATALOGGER_VALIDATE: Final = Endpoint(
    path="v1/device/datalogger/validate",
    verb="POST",
    codes={
        10001: GrowattInputError,
        10002: GrowattCheckCodeError,
        10003: GrowattTakenError,
    },
    about={10001: "datalogSn", 10002: "valiCode", 10003: "datalogSn"},
    interval=UNSTATED,
    secret=frozenset({"valiCode"}),
)
DEVICES_ADD: Final = Endpoint(
    path="v1/device/sn/add",
    verb="POST",
    codes=_ADD_CODES,
    about=_ADD_ABOUT,
    outdates=_PLACES,
)
