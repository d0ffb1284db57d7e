"""Profiles: everything the catalog knows about one device family."""

from dataclasses import dataclass, replace

from homeassistant.components.sensor import (
    SensorDeviceClass,
)

from ..api import Family
from .descriptions import GrowattBinarySensor, GrowattSensor
from .snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class Profile:
    """All that is known about one family."""

    family: Family
    name: str
    """What the family is called in front of a serial number."""
    models: str
    """The series that belong to it, as they are sold."""
    sensors: tuple[GrowattSensor, ...]
    binary_sensors: tuple[GrowattBinarySensor, ...]
    unnamed: GrowattSensor | None = None
    """What any other number is shown as, where no one knows what it means."""
    sleeps: bool = False
    """Whether a device without a battery uploads nothing in the dark."""

    def sleeps_with(self, reading: Snapshot) -> bool:
        """Return whether a device with such a reading uploads nothing in the dark."""
        return self.sleeps and not any(
            sensor.device_class is SensorDeviceClass.BATTERY and sensor.proved(reading)
            for sensor in self.sensors
        )

    def sensors_of(self, reading: Snapshot) -> tuple[GrowattSensor, ...]:
        """Return the sensors that a reading may prove."""
        if self.unnamed is None:
            return self.sensors
        named = {field for sensor in self.sensors for field in sensor.fields}
        return self.sensors + tuple(
            replace(
                self.unnamed,
                key=field,
                fields=(field,),
                translation_placeholders={"field": field},
            )
            for field in reading.fields
            if field not in named
            and reading.number(field, signed=True, wide=True) is not None
        )
