"""Plants, data loggers, devices and their details, as Growatt lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from ..values import flag, instant, number, text, wall_clock

type Row = Mapping[str, Any]

_NORTH_POLE: Final = 90
_DATE_LINE: Final = 180

# What hangs on the bus of a data logger, by the number of its type.
_BUS_MODELS: Final = {
    64: "Smart meter",
    66: "SDM single-phase",
    67: "SDM three-phase",
    70: "CHNT single-phase",
    71: "CHNT three-phase",
}


class Family(StrEnum):
    """The kinds of things that have readings."""

    ACCOUNT = "account"
    """The account itself, as far as it is asked about."""
    PLANT = "plant"
    DATALOGGER = "datalogger"
    INVERTER = "inverter"
    STORAGE = "storage"
    MAX = "max"
    SPH = "sph"
    SPA = "spa"
    MIN = "min"
    PCS = "pcs"
    HPS = "hps"
    PBD = "pbd"
    GROBOOST = "groboost"
    METER = "meter"
    ENVIRONMENT = "environment"
    WIT = "wit"
    SPH_S = "sph_s"
    NOAH = "noah"
    UNMAPPED = "unmapped"
    """What no one has described yet, of whatever type."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, in degrees north and east."""

    latitude: float
    longitude: float

    @classmethod
    def from_row(cls, row: Row) -> Self | None:
        """Return the place in a row about a plant, None where none was ever entered."""
        latitude = number(row.get("latitude"), signed=True)
        longitude = number(row.get("longitude"), signed=True)
        if not latitude or not longitude:
            return None
        if abs(latitude) > _NORTH_POLE or abs(longitude) > _DATE_LINE:
            return None
        return cls(latitude, longitude)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A plant of the token, from plant/list."""

    plant_id: str
    name: str
    owner_id: str | None
    place: Place | None = None

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Return the plant in a row of plant/list."""
        plant_id = str(row["plant_id"])
        return cls(
            plant_id=plant_id,
            name=text(row.get("name")) or plant_id,
            owner_id=text(row.get("user_id")),
            place=Place.from_row(row),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Datalogger:
    """A data logger of a plant, from device/datalogger/list."""

    serial: str
    plant_id: str
    model: str | None
    lost: bool | None
    updated: datetime | None
    """The last contact, a true instant."""
    network: str | None
    """How it reaches the cloud: WIFI, 4G or LAN."""

    @classmethod
    def from_row(cls, row: Row, plant_id: str) -> Self:
        """Return the data logger in a row of device/datalogger/list."""
        contact = row.get("last_update_time")
        return cls(
            serial=str(row["sn"]),
            plant_id=plant_id,
            model=text(row.get("model")),
            lost=flag(row.get("lost")),
            updated=instant(contact.get("time")) if isinstance(contact, dict) else None,
            network=text(row.get("netmode")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device of a plant, from device/list, V4's list or the list of a bus."""

    serial: str
    """Its serial number; on a bus, where there is none, logger, kind and address."""
    family: Family
    plant_id: str | None
    """None where Growatt does not say which plant it belongs to."""
    datalogger_serial: str | None
    type_name: str
    """Growatt's number or name of its type."""
    by_plant: bool = True
    """Whether the list of its plant tells of it; else only V4's does."""
    address: str | None = None
    """Its address on the bus of the data logger."""
    model: str | None = None
    """The commercial model, where the list tells it."""
    model_code: str | None = None
    manufacturer: str | None = None
    lost: bool | None = None
    wall: datetime | None = None
    """The last upload on the plant's wall clock."""

    @classmethod
    def from_row(cls, row: Row, family: Family, plant_id: str) -> Self:
        """Return the device in a row of device/list."""
        return cls(
            serial=str(row["device_sn"]),
            family=family,
            plant_id=plant_id,
            datalogger_serial=text(row.get("datalogger_sn")),
            type_name=text(row.get("type")) or "",
            model_code=text(row.get("model")),
            manufacturer=text(row.get("manufacturer")),
            lost=flag(row.get("lost")),
            wall=wall_clock(row.get("last_update_time")),
        )

    @classmethod
    def from_v4_row(cls, row: Row, family: Family) -> Self:
        """Return the device in a row of V4's list, which does not tell the plant."""
        return cls(
            serial=str(row["deviceSn"]),
            family=family,
            plant_id=None,
            datalogger_serial=text(row.get("datalogSn")),
            type_name=text(row.get("deviceType")) or "",
            by_plant=False,
        )

    @classmethod
    def on_bus(cls, row: Row, family: Family, plant_id: str, datalogger: str) -> Self:
        """Return the device in a row of the list of a data logger's bus."""
        address = text(row["address"]) or ""
        return cls(
            serial=f"{datalogger}_{family}_{address}",
            family=family,
            plant_id=plant_id,
            datalogger_serial=datalogger,
            type_name=text(row.get("device_type")) or "",
            address=address,
            model=_BUS_MODELS.get(int(number(row.get("device_type")) or 0)),
            lost=flag(row.get("lost")),
            wall=wall_clock(row.get("lastUpdateTime")),
        )


def bus_address(serial: str) -> tuple[str, str]:
    """Return the data logger and the address in what stands for a serial on a bus."""
    datalogger, _, address = serial.rsplit("_", 2)
    return datalogger, address


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Master data of a device, from its family's details endpoint."""

    alias: str | None
    firmware: str | None
    model_code: str | None

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Return the details in a row of V1 or V4."""
        alias = text(row.get("alias"))
        return cls(
            alias=None if alias == text(row.get("serialNum")) else alias,
            firmware=text(row.get("fwVersion")) or text(row.get("version")),
            model_code=text(row.get("modelText")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialNumber:
    """What device/check/sn knows about a serial number."""

    model: str | None
    """The commercial model name, such as "MIN 5000TL-XH"."""

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Return the facts in an answer of device/check/sn."""
        return cls(model=text(row.get("model")))
