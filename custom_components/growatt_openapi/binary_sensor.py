"""Binary sensors."""

from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
)
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .catalog import GrowattBinarySensor
from .coordinator.runtime import GrowattConfigEntry
from .entity import GrowattEntity
from .registry.entities import async_add_described_entities

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GrowattConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors."""
    await async_add_described_entities(
        entry,
        async_add_entities,
        Platform.BINARY_SENSOR,
        lambda profile, _: profile.binary_sensors,
        GrowattBinarySensorEntity,
    )


class GrowattBinarySensorEntity(GrowattEntity, BinarySensorEntity):
    """A binary sensor, as the catalog describes it."""

    entity_description: GrowattBinarySensor

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it is on."""
        return self.entity_description.read(self.reading)
