"""The words of the catalog: what an entity is, and what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import override

from homeassistant.components.binary_sensor import BinarySensorEntityDescription
from homeassistant.components.sensor import SensorDeviceClass, SensorEntityDescription
from homeassistant.helpers.entity import EntityDescription

from ..api import Family, Reading

type Value = float | str | datetime | None


@dataclass(frozen=True, kw_only=True)
class GrowattDescription(EntityDescription):
    """An entity, and the fields of Growatt's answer it is made of."""

    fields: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    """Fields that prove the hardware: one of them was something else than zero.

    Where there are none, the hardware exists as soon as a value is reported.
    """
    negative_is_evidence: bool = False
    """Whether a negative number proves as much as a positive one."""

    def proved(self, reading: Reading) -> bool:
        """Return whether a reading proves that the hardware is there."""
        return not self.evidence or any_above_zero(
            reading, self.evidence, signed=self.negative_is_evidence
        )


@dataclass(frozen=True, kw_only=True)
class GrowattSensor(GrowattDescription, SensorEntityDescription):
    """A sensor."""

    summed: bool = False
    """Whether the fields are added; otherwise they are alternatives, the best first."""
    counted_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Fields that count only if one of these others was something else than zero."""
    signed: bool = False
    """Whether negative values are real; otherwise they mean "not present"."""
    wide: bool = False
    """Whether the largest 16-bit value is a real one."""
    wraps: float | None = None
    """After which span negative values reappear as large ones."""
    divisor: float = 1
    """What the numbers are divided by to get the unit of the description."""
    states: Mapping[float, str] = field(default_factory=dict)
    """The text for each code of an enumeration."""

    def read(self, reading: Reading) -> Value:
        """Return the value in the unit of the description, None where there is none."""
        if self.device_class is SensorDeviceClass.TIMESTAMP:
            return reading.instant(self.fields[0])
        found = [
            number
            for name in self.fields
            if any_above_zero(reading, self.counted_if.get(name))
            and (
                number := reading.number(
                    name, signed=self.signed, wide=self.wide, wraps=self.wraps
                )
            )
            is not None
        ]
        if not found:
            return None
        if self.summed:
            return round(sum(found), 3)
        number = next((one for one in found if one), found[0])
        if self.states:
            return self.states.get(number)
        return number if self.divisor == 1 else number / self.divisor

    @override
    def proved(self, reading: Reading) -> bool:
        """Return whether the hardware is there and reports something."""
        return super().proved(reading) and self.read(reading) is not None


@dataclass(frozen=True, kw_only=True)
class GrowattBinarySensor(GrowattDescription, BinarySensorEntityDescription):
    """A binary sensor: on while one of its fields holds a value that counts."""

    counts: Mapping[str, frozenset[float]] = field(default_factory=dict)
    """The values of a field that count; anything but zero where there are none."""

    def read(self, reading: Reading) -> bool | None:
        """Return whether it is on, None where no field is reported."""
        verdicts = [
            verdict
            for name in self.fields
            if (verdict := _counts(reading, name, self.counts.get(name))) is not None
        ]
        return any(verdicts) if verdicts else None


@dataclass(frozen=True, kw_only=True)
class Profile:
    """All that is known about one family."""

    family: Family
    name: str
    """What the family is called in front of a serial number."""
    sensors: tuple[GrowattSensor, ...]
    binary_sensors: tuple[GrowattBinarySensor, ...]


def any_above_zero(
    reading: Reading, names: tuple[str, ...] | None, *, signed: bool = False
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
    reading: Reading, name: str, values: frozenset[float] | None
) -> bool | None:
    """Return whether a field holds a value that counts."""
    if (flag := reading.flag(name)) is not None and values is None:
        return flag
    number = reading.number(name, wide=True)
    if number is None:
        return None
    return bool(number) if values is None else number in values
