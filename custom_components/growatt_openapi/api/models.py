"""What Growatt knows: plants, data loggers, devices, their details and readings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from .values import flag, instant, number, text, wall_clock

type Row = Mapping[str, Any]

# Two facts of a reading that no single field carries; they stand beside the fields.
LAST_UPDATE: Final = "last_update"
ONLINE: Final = "online"

# Kilograms of carbon dioxide for a kilowatt-hour that any grid could mean.
_LIKELY_CARBON: Final = (0.05, 2.0)


class Family(StrEnum):
    """The kinds of things that report readings."""

    PLANT = "plant"
    DATALOGGER = "datalogger"
    INVERTER = "inverter"
    MAX = "max"
    MIN = "min"
    SPA = "spa"
    SPH = "sph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A plant of the token, from plant/list."""

    plant_id: str
    name: str
    owner_id: str | None

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Return the plant in a row of plant/list."""
        plant_id = str(row["plant_id"])
        return cls(
            plant_id=plant_id,
            name=text(row.get("name")) or plant_id,
            owner_id=text(row.get("user_id")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantDetails:
    """Master data of a plant, from plant/details."""

    zone: str | None
    """Offset of the plant's clock, such as "GMT+1"."""
    currency: str | None
    peak_power: float | None
    """Peak power in kWp."""

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Return the details in an answer of plant/details."""
        return cls(
            zone=text(row.get("timezone")),
            currency=text(row.get("currency")),
            peak_power=number(row.get("peak_power")),
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
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device of a plant, from device/list."""

    serial: str
    family: Family
    plant_id: str
    datalogger_serial: str | None
    model_code: str | None
    manufacturer: str | None
    lost: bool | None
    wall: datetime | None
    """The last upload on the plant's wall clock."""

    @classmethod
    def from_row(cls, row: Row, family: Family, plant_id: str) -> Self:
        """Return the device in a row of device/list."""
        return cls(
            serial=str(row["device_sn"]),
            family=family,
            plant_id=plant_id,
            datalogger_serial=text(row.get("datalogger_sn")),
            model_code=text(row.get("model")),
            manufacturer=text(row.get("manufacturer")),
            lost=flag(row.get("lost")),
            wall=wall_clock(row.get("last_update_time")),
        )


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
            firmware=text(row.get("fwVersion")),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The newest values of one thing, by field, and when they were uploaded."""

    fields: Row
    wall: datetime | None = None
    """The time of the upload on the plant's wall clock."""

    @classmethod
    def of_device(cls, row: Row) -> Self:
        """Return the reading in a row of a family's last data, V1 or V4."""
        return cls(fields=row, wall=wall_clock(row.get("time")))

    @classmethod
    def of_plant(cls, row: Row) -> Self:
        """Return the reading in an answer of plant/data."""
        return cls(
            fields={**row, "carbon_offset": _carbon_in_kilograms(row)},
            wall=wall_clock(row.get("last_update_time")),
        )

    @classmethod
    def of_datalogger(cls, datalogger: Datalogger, behind: Iterable[Self]) -> Self:
        """Return what is known of a data logger, also from the devices behind it.

        What a device uploads, its logger has sent; the list of loggers is older.
        """
        behind = tuple(behind)
        contacts = (datalogger.updated, *(one.instant(LAST_UPDATE) for one in behind))
        listed = None if datalogger.lost is None else not datalogger.lost
        return cls(fields={}).judged(
            updated=max(filter(None, contacts), default=None),
            online=any(one.flag(ONLINE) for one in behind) or listed,
        )

    def number(
        self,
        name: str,
        *,
        signed: bool = False,
        wide: bool = False,
        wraps: float | None = None,
    ) -> float | None:
        """Return the number in a field; see values.number."""
        return number(self.fields.get(name), signed=signed, wide=wide, wraps=wraps)

    def text(self, name: str) -> str | None:
        """Return the text in a field."""
        return text(self.fields.get(name))

    def flag(self, name: str) -> bool | None:
        """Return the yes or no in a field."""
        return flag(self.fields.get(name))

    def instant(self, name: str) -> datetime | None:
        """Return the true instant in a field."""
        found = self.fields.get(name)
        return found if isinstance(found, datetime) else None

    def judged(self, *, updated: datetime | None, online: bool | None) -> Self:
        """Return this reading with the true instant of the upload and its freshness."""
        return replace(
            self, fields={**self.fields, LAST_UPDATE: updated, ONLINE: online}
        )


def _carbon_in_kilograms(row: Row) -> float | None:
    """Return the avoided carbon dioxide in kg.

    The manual says tonnes, the values are kilograms; the energy tells which it is.
    """
    carbon, energy = number(row.get("carbon_offset")), number(row.get("total_energy"))
    if carbon is None or not energy:
        return None
    lowest, highest = _LIKELY_CARBON
    for kilograms in (carbon, carbon * 1000):
        if lowest <= kilograms / energy <= highest:
            return kilograms
    return None
