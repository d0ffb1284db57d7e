"""Growatt's endpoints as tables: path, verb, limits, codes, ways to a reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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

MINUTES_5: Final = 300
HOURS_3: Final = 10800

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
    """Seconds between two identical requests."""
    daily: int | None = None
    """Requests in 24 hours."""
    keep: float = 0
    """Seconds for which an answer can serve those who do not mind its age."""

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


@dataclass(frozen=True, kw_only=True)
class Way:
    """One of the ways to ask for something of many devices of a family."""

    endpoint: Endpoint
    shape: Shape
    parameter: str = "deviceSn"
    """The parameter that takes the serials."""
    size: int = 1
    """How many serials a request takes."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Parameters that are always the same."""


@dataclass(frozen=True, kw_only=True)
class FamilyWays:
    """How a family is listed and read; the cheapest way comes first."""

    v1_type: int
    """The number of the family in device/list."""
    readings: tuple[Way, ...]
    details: tuple[Way, ...]


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
    keep=HOURS_3,
)
PLANT_DETAILS: Final = Endpoint(
    path="v1/plant/details", codes={**_MISSING_2, 10004: GrowattNotFoundError}
)
PLANT_DATA: Final = Endpoint(path="v1/plant/data", codes=_MISSING_2)
DEVICE_LIST: Final = Endpoint(path="v1/device/list", codes=_MISSING_3)
DATALOGGER_LIST: Final = Endpoint(path="v1/device/datalogger/list", codes=_MISSING_3)
CHECK_SERIAL: Final = Endpoint(path="v1/device/check/sn")

_V4_DETAILS: Final = Endpoint(path="v4/new-api/queryDeviceInfo", verb="POST")
_V4_READINGS: Final = Endpoint(path="v4/new-api/queryLastData", verb="POST")


def _v4(endpoint: Endpoint, device_type: str) -> Way:
    """Return the way through V4, which takes 100 serials of one type."""
    return Way(
        endpoint=endpoint,
        shape=Shape.LIST,
        size=100,
        fixed={"deviceType": device_type},
    )


def _batch(path: str, parameter: str, codes: Codes) -> Way:
    """Return the way through a V1 batch, which takes 100 serials."""
    return Way(
        endpoint=Endpoint(path=path, verb="POST", codes=codes),
        shape=Shape.BATCH,
        parameter=parameter,
        size=100,
        fixed={"pageNum": "1"},
    )


def _single(
    path: str, parameter: str, codes: Codes, verb: Literal["GET", "POST"] = "GET"
) -> Way:
    """Return the way through a V1 endpoint for one device."""
    return Way(
        endpoint=Endpoint(path=path, verb=verb, codes=codes),
        shape=Shape.SINGLE,
        parameter=parameter,
    )


def _usual(v1_type: int, device_type: str, name: str) -> FamilyWays:
    """Return the ways of a family whose V1 endpoints are named like most."""
    base = f"v1/device/{name}/{name}"
    return FamilyWays(
        v1_type=v1_type,
        readings=(
            _v4(_V4_READINGS, device_type),
            _batch(f"{base}s_data", f"{name}s", _BATCH_5),
            _single(f"{base}_last_data", f"{name}_sn", _MISSING_2, "POST"),
        ),
        details=(
            _v4(_V4_DETAILS, device_type),
            _single(f"{base}_data_info", "device_sn", _MISSING_2),
        ),
    )


FAMILIES: Final[Mapping[Family, FamilyWays]] = {
    Family.INVERTER: FamilyWays(
        v1_type=1,
        readings=(
            _v4(_V4_READINGS, "inv"),
            _batch("v1/device/inverter/invs_data", "inverters", {}),
            _single("v1/device/inverter/last_new_data", "device_sn", {}),
        ),
        details=(
            _v4(_V4_DETAILS, "inv"),
            _single("v1/device/inverter/inv_data_info", "device_sn", {}),
        ),
    ),
    Family.MAX: _usual(4, "max", "max"),
    Family.SPH: _usual(5, "sph", "mix"),
    Family.SPA: _usual(6, "spa", "spa"),
    Family.MIN: _usual(7, "min", "tlx"),
}

FAMILY_BY_TYPE: Final[Mapping[int, Family]] = {
    ways.v1_type: family for family, ways in FAMILIES.items()
}
