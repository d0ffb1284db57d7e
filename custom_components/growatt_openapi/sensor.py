"""Sensors."""

from typing import override

from homeassistant.components.sensor import (
    SensorEntity,
    SensorStateClass,
)
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import ONLINE
from .catalog import GrowattSensor, Profile, Value
from .coordinator import GrowattConfigEntry
from .entity import GrowattEntity, async_add_described_entities

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GrowattConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors."""
    async_add_described_entities(
        entry,
        async_add_entities,
        Platform.SENSOR,
        Profile.sensors_of,
        GrowattSensorEntity,
    )


class GrowattSensorEntity(GrowattEntity, SensorEntity):
    """A sensor, as the catalog describes it."""

    entity_description: GrowattSensor

    @property
    @override
    def native_value(self) -> Value:
        """Return the value in the unit of the catalog.

        What is measured from moment to moment is not known while the device is offline:
        Growatt goes on to show the last value, some inverters a power all night.
        """
        value = self.entity_description.read(self.reading)
        momentary = self.entity_description.state_class is SensorStateClass.MEASUREMENT
        if momentary and value != 0 and self.reading.flag(ONLINE) is False:
            return None
        return value
