"""The words of the catalog: what an entity is, and what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import reduce
from operator import mul
from typing import Final, Literal, override

from homeassistant.components.binary_sensor import BinarySensorEntityDescription
from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.helpers.entity import EntityDescription

from ..counters.model import Period
from .snapshot import Snapshot

# The last word of the key of a counter is its period.
PERIODS: Final[Mapping[str, Period]] = {
    "hour": "hour",
    "today": "today",
    "month": "month",
    "year": "year",
}
HOUSE: Final = ("energy_import", "energy_export", "energy_load", "ac_charge", "bypass")


class Offer(Enum):
    """Kind of source that an entity is made from."""

    READINGS = "readings"
    """What was measured; it exists once a field was something else than zero."""


type Value = float | str | datetime | None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a device, such as one of its batteries, with a page of its own."""

    kind: str
    """The key of the text that names it."""
    number: int

    @property
    def key(self) -> str:
        """Return what tells it from the other parts of the device."""
        return f"{self.kind}_{self.number}"


@dataclass(frozen=True, kw_only=True)
class GrowattDescription(EntityDescription):
    """An entity, and the fields of Growatt's answer it is made of."""

    fields: tuple[str, ...] = ()
    attribute: Literal["updated", "online", "status"] | None = None
    """The attribute of a snapshot with the value, in place of fields."""
    exists_if: tuple[str, ...] = ()
    """Fields that prove the hardware: one of them was something else than zero.

    Where there are none, the hardware exists as soon as a value is reported.
    """
    negative_proves: bool = False
    """Whether a negative number proves as much as a positive one."""
    also_requires: tuple[str, ...] | None = None
    """Fields of other hardware that has to be there too, proved in the same way."""
    serial: str | None = None
    """The field with the hardware's own serial number; it is empty without hardware."""
    part: Part | None = None
    """The part of the device it belongs to; None for the device itself."""
    always_available: bool = False
    """Whether it says why there are no values, and so is there without any."""

    @property
    def sources(self) -> set[str]:
        """Return all fields that decide whether the hardware is there."""
        serial = (self.serial,) if self.serial else ()
        return {*self.fields, *self.exists_if, *(self.also_requires or ()), *serial}

    def proved(self, reading: Snapshot) -> bool:
        """Return whether a reading proves that the hardware is there."""
        if self.serial is not None and reading.text(self.serial) is None:
            return False
        if not any_above_zero(reading, self.also_requires):
            return False
        return not self.exists_if or any_above_zero(
            reading, self.exists_if, signed=self.negative_proves
        )


@dataclass(frozen=True, kw_only=True)
class GrowattSensor(GrowattDescription, SensorEntityDescription):
    """A sensor."""

    derived: Literal["sum", "product"] | None = None
    """What is made of the fields; otherwise they are alternatives, the best first."""
    used_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Fields that count only if one of these others was something else than zero."""
    ignored_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Fields that count only if all of these others were zero or missing."""
    signed: bool = False
    """Whether negative values are real; otherwise they mean "not present"."""
    wide: bool = False
    """Whether the largest 16-bit value is a real one."""
    wraps: float | None = None
    """After which span negative values reappear as large ones."""
    side: Literal["positive", "negative"] | None = None
    """The half of a signed quantity that counts; on the other half the value is 0."""
    sided: tuple[str, ...] = ()
    """The fields that have two sides; all of them where none is named."""
    max_value: float | None = None
    """The largest number that can be believed."""
    divisor: float = 1
    """What the numbers are divided by to get the unit of the description."""
    states: Mapping[float, str] = field(default_factory=dict)
    """The text for each code of an enumeration."""
    words: Mapping[str, str] = field(default_factory=dict)
    """The text for each word of an enumeration that comes in words."""
    fallback: str | None = None
    """The text for a code that has none of its own."""

    @property
    def period(self) -> Period | None:
        """Return in which period it counts energy up from zero, None if it does not."""
        if (
            self.device_class is not SensorDeviceClass.ENERGY
            or self.state_class is not SensorStateClass.TOTAL_INCREASING
        ):
            return None
        return PERIODS.get(self.key.rpartition("_")[2], "total")

    @property
    def counts_house(self) -> bool:
        """Return whether it counts what a house takes or gives, not the hardware."""
        return self.key.startswith(HOUSE)

    def read(self, reading: Snapshot) -> Value:
        """Return the value in the unit of the description, None where there is none."""
        if self.attribute is not None:
            value: Value = getattr(reading, self.attribute)
            return value
        if self.device_class is SensorDeviceClass.TIMESTAMP:
            return reading.instant(self.fields[0])
        if self.words:
            return self.words.get(reading.text(self.fields[0]) or "", self.fallback)
        found = [
            number
            for name in self.fields
            if self._in_use(reading, name)
            and (number := self._number(reading, name)) is not None
        ]
        number = self._combined(found) if found else None
        if number is None or not self.states:
            return number
        return self.states.get(number, self.fallback)

    def _combined(self, found: list[float]) -> float | None:
        """Return what the numbers of the fields make together."""
        match self.derived:
            case "product" if len(found) < len(self.fields):
                return None
            case "product":
                return round(self._half(reduce(mul, found)) / self.divisor, 3)
            case "sum":
                return round(sum(found) / self.divisor, 3)
        number = next((one for one in found if one), found[0])
        return number if self.divisor == 1 else number / self.divisor

    def _in_use(self, reading: Snapshot, name: str) -> bool:
        """Return whether a field counts, by what the others hold."""
        if not any_above_zero(reading, self.used_if.get(name)):
            return False
        return name not in self.ignored_if or not any_above_zero(
            reading, self.ignored_if[name]
        )

    def _number(self, reading: Snapshot, name: str) -> float | None:
        """Return the number in a field, None where there is none to believe."""
        sided = self.side is not None and name in (self.sided or self.fields)
        number = reading.number(
            name,
            signed=self.signed or sided,
            wide=self.wide,
            wraps=self.wraps,
        )
        if number is None or (self.max_value is not None and number > self.max_value):
            return None
        # Of a product, only the whole has a side.
        whole = self.derived == "product" or not sided
        return number if whole else self._half(number)

    def _half(self, number: float) -> float:
        """Return a number where it is on the side that counts, otherwise 0."""
        match self.side:
            case "positive":
                return max(0, number)
            case "negative":
                return max(0, -number)
        return number

    @property
    @override
    def sources(self) -> set[str]:
        """Return all fields that decide whether something is reported."""
        others = (*self.used_if.values(), *self.ignored_if.values())
        return super().sources.union(*others)

    @override
    def proved(self, reading: Snapshot) -> bool:
        """Return whether the hardware is there and reports something."""
        return super().proved(reading) and self.read(reading) is not None


@dataclass(frozen=True, kw_only=True)
class GrowattBinarySensor(GrowattDescription, BinarySensorEntityDescription):
    """A binary sensor: on while one of its fields holds a value that counts."""

    counts: Mapping[str, frozenset[float]] = field(default_factory=dict)
    """The values of a field that count; anything but zero where there are none."""

    def read(self, reading: Snapshot) -> bool | None:
        """Return whether it is on, None where no field is reported."""
        if self.attribute is not None:
            is_on: bool | None = getattr(reading, self.attribute)
            return is_on
        verdicts = [
            verdict
            for name in self.fields
            if (verdict := _counts(reading, name, self.counts.get(name))) is not None
        ]
        return any(verdicts) if verdicts else None


def any_above_zero(
    reading: Snapshot, names: tuple[str, ...] | None, *, signed: bool = False
) -> bool:
    """Return whether one of some fields holds something else than zero.

    It is true where there are no fields to look at.
    """
    # Most of what is not there is a plain zero, which needs no cleaning.
    return names is None or any(
        reading.fields.get(name) and reading.number(name, signed=signed)
        for name in names
    )


def _counts(
    reading: Snapshot, name: str, values: frozenset[float] | None
) -> bool | None:
    """Return whether a field holds a value that counts."""
    if (flag := reading.flag(name)) is not None and values is None:
        return flag
    number = reading.number(name, wide=True)
    if number is None:
        return None
    return bool(number) if values is None else number in values
