"""Growatt's endpoints as tables: path, verb, limits, codes, ways to a reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final, Literal

from ..errors import (
    GrowattNotFoundError,
)
from ..models.inventory import Family
from .base import (
    BATCH_CODES,
    MINUTE,
    MINUTES_5,
    NOT_FOUND_10002,
    SECONDS_10,
    Codes,
    Endpoint,
)
from .inventory import DEVICE_LIST


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


_V4_DETAILS: Final = Endpoint(path="v4/new-api/queryDeviceInfo", verb="POST")
_V4_READINGS: Final = Endpoint(path="v4/new-api/queryLastData", verb="POST")


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
    codes = {**NOT_FOUND_10002, 10004: GrowattNotFoundError}
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
        f"{base}_last_data", f"{name}_sn", NOT_FOUND_10002, "POST", reading_interval
    )
    details = _single(
        f"{base}_data_info", "device_sn", NOT_FOUND_10002, interval=details_interval
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
    return replace(
        ways, readings=(_batch(path, f"{name}s", BATCH_CODES), *ways.readings)
    )


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
        _batch("v1/device/boost/boosts_data", "boosts", BATCH_CODES, SECONDS_10),
        _single(
            "v1/device/boost/boost_last_data",
            "boost_sn",
            NOT_FOUND_10002,
            "POST",
            SECONDS_10,
        ),
    ),
    details=(
        replace(
            _single(
                "v1/device/boost/boost_data_info",
                "device_sn",
                NOT_FOUND_10002,
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
            NOT_FOUND_10002,
            "POST",
            SECONDS_10,
        ),
    ),
    details=(
        _single(
            "v1/device/storage/storage_data_info",
            "device_sn",
            NOT_FOUND_10002,
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
