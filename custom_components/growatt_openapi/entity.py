"""Base entity: device, unique id and availability."""

from typing import override

from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import ChildDeviceInfo, DeviceInfo
from homeassistant.helpers.update_coordinator import BaseCoordinatorEntity

from .catalog import GrowattDescription, Part, Snapshot
from .const import DOMAIN
from .coordinator.sources import Source
from .registry.entities import unique_id
from .registry.parts import part_identifier


def device_info(
    coordinator: Source, key: str, part: Part | None
) -> DeviceInfo | ChildDeviceInfo:
    """Return the device of an entity: a plant id or serial, or a part of it."""
    if part is None:
        return DeviceInfo(identifiers={(DOMAIN, key)})
    return ChildDeviceInfo(
        identifiers={part_identifier(key, part)},
        parent_device_id=dr.async_get_device_id_by_identifier(
            coordinator.hass,
            (DOMAIN, key),
            config_entry_id=coordinator.config_entry.entry_id,
        ),
        translation_key=part.kind,
        translation_placeholders={"number": str(part.number)},
    )


class GrowattEntity(BaseCoordinatorEntity[Source]):
    """An entity of a plant, a data logger or a device."""

    entity_description: GrowattDescription
    _attr_has_entity_name = True

    def __init__(
        self,
        coordinator: Source,
        key: str,
        description: GrowattDescription,
    ) -> None:
        """Initialize the entity of a plant id or serial."""
        super().__init__(coordinator, context=(key, description.key))
        self.entity_description = description
        self._key = key
        self._attr_unique_id = unique_id(key, description)
        self._attr_device_info = device_info(coordinator, key, description.part)

    @property
    @override
    def available(self) -> bool:
        """Return whether Growatt still reports this plant or device."""
        reading = self.coordinator.data.get(self._key)
        if reading is None:
            return False
        if self.entity_description.always_available:
            return True
        return self.coordinator.last_update_success and not reading.expired

    @override
    async def async_update(self) -> None:
        """Request new values, as Home Assistant's action to update an entity does."""
        if self.enabled:
            await self.coordinator.async_request_refresh()

    @property
    def reading(self) -> Snapshot:
        """Return the newest reading."""
        return self.coordinator.data[self._key]
