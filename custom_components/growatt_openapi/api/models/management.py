"""Users, plants and their energy, as they are sent to Growatt and returned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any, Final, Self, override

from ..values import number, text, wall_clock
from .inventory import Place, Row

_END_USER: Final = "1"


class PlantType(IntEnum):
    """What kind of plant it is."""

    RESIDENTIAL = 0
    COMMERCIAL = 1
    GROUND_MOUNTED = 2


class Unit(StrEnum):
    """What energies are added up over."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


def without_blanks(params: Mapping[str, Any]) -> dict[str, str]:
    """Return parameters as texts, without those that say nothing."""
    return {name: str(value) for name, value in params.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """An end user to be registered."""

    name: str
    password: str = field(repr=False)
    email: str
    country: str
    """One of COUNTRIES."""
    installer_code: str | None = None
    phone: str | None = None
    zone: str | None = None

    def params(self) -> dict[str, str]:
        """Return what user_register takes."""
        return without_blanks(
            {
                "user_name": self.name,
                "user_password": self.password,
                "user_email": self.email,
                "user_type": _END_USER,
                "user_country": self.country,
                "agentCode": self.installer_code,
                "user_tel": self.phone,
                "time": self.zone,
            }
        )

    def row(self, user_id: str) -> Row:
        """Return the user as c_user_list will tell it."""
        return {
            "c_user_id": user_id,
            "c_user_name": self.name,
            "c_user_email": self.email,
            "c_user_tel": self.phone,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An end user, from c_user_list."""

    user_id: str
    name: str
    email: str | None
    phone: str | None
    registered: datetime | None
    """On a clock that the manual does not name."""

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Return the user in a row of c_user_list."""
        user_id = str(row["c_user_id"])
        return cls(
            user_id=user_id,
            name=text(row.get("c_user_name")) or user_id,
            email=text(row.get("c_user_email")),
            phone=text(row.get("c_user_tel")),
            registered=wall_clock(row.get("c_user_regtime")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantChange:
    """What a plant is to be from now on; what is None stays as it is."""

    name: str
    peak_power: float | None = None
    """Peak power in kWp."""
    plant_type: PlantType | None = None
    country: str | None = None
    """One of COUNTRIES."""
    place: Place | None = None
    zone: float | None = None
    """Offset of its clock from UTC in hours."""
    currency: str | None = None
    """Such as EUR."""
    installer_code: str | None = None

    def params(self) -> dict[str, str]:
        """Return what plant/modify takes of it; two of the names are odd."""
        return without_blanks(
            {
                "name": self.name,
                "peak_power": self.peak_power,
                "plant_type": None
                if self.plant_type is None
                else self.plant_type.value,
                "latitude_f": self.country,
                "latitude_d": self.installer_code,
                "latitude": self.place and self.place.latitude,
                "longitude": self.place and self.place.longitude,
                "timezone_id": self.zone,
                "currency": self.currency,
            }
        )

    def row(self) -> dict[str, Any]:
        """Return what of it plant/list will tell."""
        params = self.params()
        return {
            name: params[name]
            for name in ("name", "latitude", "longitude")
            if name in params
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlant(PlantChange):
    """A plant to be created."""

    peak_power: float
    created: date | None = None
    price: float | None = None
    """Of a kWh, in the currency."""
    city: str | None = None
    address: str | None = None

    @override
    def params(self) -> dict[str, str]:
        """Return what plant/add takes of it."""
        return PlantChange.params(self) | without_blanks(
            {
                "createDate": self.created,
                "formulaMoney": self.price,
                "city": self.city,
                "plantAddress": self.address,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Energy:
    """What a plant produced in a day, month or year."""

    begins: date
    """The first day of it, where the plant is."""
    energy: float | None
    """Energy in kWh."""

    @classmethod
    def from_row(cls, row: Row) -> Self | None:
        """Return the energy in a row of plant/energy, None where it has no date."""
        written = text(row.get("date")) or ""
        try:
            begins = date.fromisoformat(f"{written}-01-01"[: len("YYYY-MM-DD")])
        except ValueError:
            return None
        return cls(begins=begins, energy=number(row.get("energy"), wide=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """What a plant gave at a moment."""

    wall: datetime
    """The moment on the plant's wall clock."""
    power: float
    """Power in W."""

    @classmethod
    def from_row(cls, row: Row) -> Self | None:
        """Return the power in a row of plant/power, None where nothing was reported."""
        wall = wall_clock(row.get("time"))
        power = number(row.get("power"), wide=True)
        return None if wall is None or power is None else cls(wall=wall, power=power)


@dataclass(frozen=True, slots=True, kw_only=True)
class Creation:
    """When a device was added to the cloud, from device/all/create_date."""

    serial: str
    created: datetime | None
    """On a clock that the manual does not name, like the next."""
    updated: datetime | None
    type_name: str | None
    """Growatt's name of its type, such as MIN."""
    datalogger_serial: str | None

    @classmethod
    def from_row(cls, serial: str, row: Row) -> Self:
        """Return the dates in a row."""
        return cls(
            serial=serial,
            created=wall_clock(row.get("createTime")),
            updated=wall_clock(row.get("lastUpdateTime")),
            type_name=text(row.get("deviceName")),
            datalogger_serial=text(row.get("datalogSn")),
        )
