"""Sensors."""

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .catalog import GrowattSensor, Profile
from .coordinator import GrowattConfigEntry
from .entity import async_add_described_entities
from .readings import ReadingsCoordinator
from .sensor_entities import GrowattCounterEntity, GrowattSensorEntity

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GrowattConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors."""
    await async_add_described_entities(
        entry, async_add_entities, Platform.SENSOR, Profile.sensors_of, _sensor
    )


def _sensor(
    coordinator: ReadingsCoordinator, key: str, description: GrowattSensor
) -> GrowattSensorEntity:
    """Return the sensor of a description."""
    counts = description.period is not None
    kind = GrowattCounterEntity if counts else GrowattSensorEntity
    return kind(coordinator, key, description)
