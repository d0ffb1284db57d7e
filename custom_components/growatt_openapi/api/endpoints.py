"""Growatt's endpoints as tables: path, verb, limits, codes, ways to a reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final, Literal

from .errors import (
    GrowattAnswerError,
    GrowattError,
    GrowattHostError,
    GrowattInputError,
    GrowattNotFoundError,
    GrowattPermissionError,
    GrowattRateLimitError,
    GrowattTokenError,
)
from .models import Family

type Codes = Mapping[int, type[GrowattError]]

SECONDS_5: Final = 5
SECONDS_10: Final = 10
MINUTE: Final = 60
MINUTES_5: Final = 300
PAGE_SIZE: Final = 100

V1_CODES: Final[Codes] = {
    -1: GrowattHostError,
    10001: GrowattAnswerError,
    10011: GrowattPermissionError,
    10012: GrowattRateLimitError,
    10013: GrowattInputError,
    10014: GrowattInputError,
}

V4_CODES: Final[Codes] = {
    -1: GrowattHostError,
    1: GrowattAnswerError,
    # A token that V4 does not know can still be a good V1 token.
    2: GrowattPermissionError,
    3: GrowattPermissionError,
    4: GrowattNotFoundError,
    5: GrowattAnswerError,
    7: GrowattPermissionError,
    8: GrowattInputError,
    9: GrowattInputError,
    10: GrowattInputError,
    11: GrowattInputError,
    12: GrowattPermissionError,
    100: GrowattRateLimitError,
    101: GrowattPermissionError,
    102: GrowattRateLimitError,
    105: GrowattRateLimitError,
}


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Where an answer keeps its code, and what the codes mean everywhere."""

    field: str
    codes: Codes


V1: Final = Envelope(field="error_code", codes=V1_CODES)
V4: Final = Envelope(field="code", codes=V4_CODES)


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One address of the manual."""

    path: str
    verb: Literal["GET", "POST"] = "GET"
    codes: Codes = field(default_factory=dict)
    """What a V1 code means here, where it differs from the general table."""
    interval: float = MINUTES_5
    """Seconds between two identical requests; 0 where the manual states none."""
    daily: int | None = None
    """Requests in 24 hours."""
    daily_in_all: int | None = None
    """Requests in 24 hours, whatever they ask for."""
    page_size: int | None = None
    """Rows of a page of a list; None where Growatt lets no one choose."""
    about: Mapping[int, str] = field(default_factory=dict)
    """The parameter a V1 code is about."""
    secret: frozenset[str] = frozenset()
    """The parameters of which nothing may be kept."""
    outdates: frozenset[str] = frozenset()
    """The paths whose answers are no longer true once this was done."""

    def cause(self, envelope: Envelope, code: int) -> type[GrowattError]:
        """Return the error a code in an envelope stands for at this endpoint."""
        special = self.codes.get(code) if envelope is V1 else None
        return special or envelope.codes.get(code, GrowattAnswerError)


class Shape(Enum):
    """How an answer holds the rows of the devices asked for."""

    SINGLE = "single"
    """V1, one device: the row itself."""
    BATCH = "batch"
    """V1, many devices: the row below its serial, below its serial again."""
    LIST = "list"
    """V4: a list below V4's name of the family."""
    NEWEST = "newest"
    """V1, one device: the row itself, or a list of rows over time."""
    LISTED = "listed"
    """Nothing is asked: what the list of devices said must do."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """One of the ways to ask for something of many devices of a family."""

    endpoint: Endpoint
    shape: Shape
    parameter: str = "deviceSn"
    """The parameter that takes the serials."""
    size: int = 1
    """How many serials a request takes."""
    address: str | None = None
    """The parameter that takes the address of what hangs on a data logger's bus."""
    below: str | None = None
    """Under which name the rows stand, where not directly in the data."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Parameters that are always the same."""


@dataclass(frozen=True, kw_only=True)
class FamilyWays:
    """How a family is listed and read; the cheapest way comes first."""

    v1_type: int | None = None
    """The number of the family in device/list; None where V1 does not list it."""
    v4_type: str | None = None
    """The name of the family in V4; None where V4 does not know it."""
    readings: tuple[Way, ...]
    details: tuple[Way, ...] = ()
    every: float = MINUTES_5
    """Seconds between two uploads."""


_MISSING_2: Final[Codes] = {10002: GrowattNotFoundError, 10003: GrowattInputError}
_MISSING_3: Final[Codes] = {10002: GrowattInputError, 10003: GrowattNotFoundError}
_BATCH_5: Final[Codes] = {
    10002: GrowattInputError,
    10003: GrowattInputError,
    10004: GrowattInputError,
    10005: GrowattNotFoundError,
}

PLANT_LIST: Final = Endpoint(
    # Only here does "no privilege" speak of the token itself.
    path="v1/plant/list",
    codes={10011: GrowattTokenError},
    daily=10,
    page_size=PAGE_SIZE,
)
PLANT_DETAILS: Final = Endpoint(
    path="v1/plant/details",
    codes={**_MISSING_2, 10004: GrowattNotFoundError},
    about={10002: "plant_id", 10003: "plant_id", 10004: "c_user_id"},
)
PLANT_DATA: Final = Endpoint(path="v1/plant/data", codes=_MISSING_2)
DEVICE_LIST: Final = Endpoint(
    path="v1/device/list", codes=_MISSING_3, page_size=PAGE_SIZE
)
DATALOGGER_LIST: Final = Endpoint(
    path="v1/device/datalogger/list", codes=_MISSING_3, page_size=PAGE_SIZE
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

_V4_DETAILS: Final = Endpoint(path="v4/new-api/queryDeviceInfo", verb="POST")
_V4_READINGS: Final = Endpoint(path="v4/new-api/queryLastData", verb="POST")


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
            path="v1/device/ammeter/meter_list", codes=_MISSING_3, page_size=PAGE_SIZE
        ),
        name="meters",
        sign="METER",
    ),
    Family.ENVIRONMENT: BusList(
        endpoint=Endpoint(
            path="v1/device/env/env_list", codes=_MISSING_3, page_size=PAGE_SIZE
        ),
        name="envs",
        sign="ENV",
    ),
}
# What hangs on the bus of a data logger is listed under this number.
TYPE_ON_BUS: Final = 3


def _v4(endpoint: Endpoint, device_type: str, size: int = 100) -> Way:
    """Return the way through V4, which takes 100 serials of one type."""
    return Way(
        endpoint=endpoint,
        shape=Shape.LIST,
        size=size,
        fixed={"deviceType": device_type},
    )


def _on_bus(path: str, below: str | None = None) -> Way:
    """Return the way to what hangs on the bus of a data logger."""
    codes = {**_MISSING_2, 10004: GrowattNotFoundError}
    return Way(
        endpoint=Endpoint(path=path, codes=codes),
        shape=Shape.NEWEST,
        parameter="datalog_sn",
        address="address",
        below=below,
    )


def _batch(path: str, parameter: str, codes: Codes, interval: float = MINUTES_5) -> Way:
    """Return the way through a V1 batch, which takes 100 serials."""
    return Way(
        endpoint=Endpoint(path=path, verb="POST", codes=codes, interval=interval),
        shape=Shape.BATCH,
        parameter=parameter,
        size=100,
        fixed={"pageNum": "1"},
    )


def _single(
    path: str,
    parameter: str,
    codes: Codes,
    verb: Literal["GET", "POST"] = "GET",
    interval: float = MINUTES_5,
) -> Way:
    """Return the way through a V1 endpoint for one device."""
    return Way(
        endpoint=Endpoint(path=path, verb=verb, codes=codes, interval=interval),
        shape=Shape.SINGLE,
        parameter=parameter,
    )


def _v1_single(
    v1_type: int,
    name: str,
    *,
    reading_interval: float = MINUTES_5,
    details_interval: float = MINUTES_5,
) -> FamilyWays:
    """Return the ways of a family that V4 does not know, and V1 only one by one."""
    base = f"v1/device/{name}/{name}"
    readings = _single(
        f"{base}_last_data", f"{name}_sn", _MISSING_2, "POST", reading_interval
    )
    details = _single(
        f"{base}_data_info", "device_sn", _MISSING_2, interval=details_interval
    )
    return FamilyWays(v1_type=v1_type, readings=(readings,), details=(details,))


def _with_v4(ways: FamilyWays, device_type: str) -> FamilyWays:
    """Return the ways of a family that V4 knows too, and takes many of."""
    return replace(
        ways,
        v4_type=device_type,
        readings=(_v4(_V4_READINGS, device_type), *ways.readings),
        details=(_v4(_V4_DETAILS, device_type), *ways.details),
    )


def _with_batch(ways: FamilyWays, name: str) -> FamilyWays:
    """Return the ways of a family of which V1 takes many."""
    path = f"v1/device/{name}/{name}s_data"
    return replace(ways, readings=(_batch(path, f"{name}s", _BATCH_5), *ways.readings))


def _usual(v1_type: int, device_type: str, name: str) -> FamilyWays:
    """Return the ways of a family whose V1 endpoints are named like most."""
    return _with_v4(_with_batch(_v1_single(v1_type, name), name), device_type)


def _v4_only(device_type: str, readings: Endpoint = _V4_READINGS) -> FamilyWays:
    """Return the ways of a family that V1 does not know: together, or one by one."""
    return FamilyWays(
        v4_type=device_type,
        readings=tuple(_v4(readings, device_type, size) for size in (100, 1)),
        details=tuple(_v4(_V4_DETAILS, device_type, size) for size in (100, 1)),
    )


_INVERTER: Final = FamilyWays(
    v1_type=1,
    readings=(
        _batch("v1/device/inverter/invs_data", "inverters", {}),
        _single("v1/device/inverter/last_new_data", "device_sn", {}),
    ),
    details=(_single("v1/device/inverter/inv_data_info", "device_sn", {}),),
)
_GROBOOST: Final = FamilyWays(
    v1_type=11,
    readings=(
        _batch("v1/device/boost/boosts_data", "boosts", _BATCH_5, SECONDS_10),
        _single(
            "v1/device/boost/boost_last_data",
            "boost_sn",
            _MISSING_2,
            "POST",
            SECONDS_10,
        ),
    ),
    details=(
        replace(
            _single(
                "v1/device/boost/boost_data_info",
                "device_sn",
                _MISSING_2,
                interval=SECONDS_10,
            ),
            below="boostData",
        ),
    ),
)
_STORAGE: Final = FamilyWays(
    v1_type=2,
    readings=(
        _single(
            "v1/device/storage/storage_last_data",
            "storage_sn",
            _MISSING_2,
            "POST",
            SECONDS_10,
        ),
    ),
    details=(
        _single(
            "v1/device/storage/storage_data_info",
            "device_sn",
            _MISSING_2,
            interval=SECONDS_10,
        ),
    ),
)
# The only device whose logger uploads every minute.
_NOAH: Final = replace(
    _v4_only("noah", replace(_V4_READINGS, interval=MINUTE)), every=MINUTE
)

FAMILIES: Final[Mapping[Family, FamilyWays]] = {
    Family.INVERTER: _with_v4(_INVERTER, "inv"),
    Family.STORAGE: _with_v4(_STORAGE, "storage"),
    Family.MAX: _usual(4, "max", "max"),
    Family.SPH: _usual(5, "sph", "mix"),
    Family.SPA: _usual(6, "spa", "spa"),
    Family.MIN: _usual(7, "min", "tlx"),
    Family.PCS: _v1_single(8, "pcs"),
    Family.HPS: _v1_single(
        9, "hps", reading_interval=SECONDS_10, details_interval=SECONDS_10
    ),
    Family.PBD: _v1_single(10, "pbd", details_interval=SECONDS_10),
    Family.GROBOOST: _GROBOOST,
    Family.METER: FamilyWays(readings=(_on_bus("v1/device/ammeter/meter_last_data"),)),
    Family.ENVIRONMENT: FamilyWays(
        readings=(_on_bus("v1/device/env/env_last_data", below="env_data"),)
    ),
    Family.WIT: _v4_only("wit"),
    Family.SPH_S: _v4_only("sph-s"),
    Family.NOAH: _NOAH,
    Family.UNMAPPED: FamilyWays(
        readings=(
            Way(endpoint=_V4_READINGS, shape=Shape.LIST),
            Way(endpoint=DEVICE_LIST, shape=Shape.LISTED),
        ),
    ),
}

FAMILY_BY_TYPE: Final[Mapping[int | str, Family]] = {
    listed: family
    for family, ways in FAMILIES.items()
    for listed in (ways.v1_type, ways.v4_type)
    if listed is not None
}
"""The family by its number in V1 and by its name in V4."""
