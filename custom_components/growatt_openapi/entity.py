"""What all entities share, and how they come to be."""

from collections.abc import Callable, Iterable
from typing import override

from homeassistant.const import Platform
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.device_registry import ChildDeviceInfo, DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .api import Reading
from .catalog import PROFILES, GrowattDescription, Part, Profile
from .const import DOMAIN
from .coordinator import GrowattConfigEntry
from .parts import part_identifier
from .readings import ReadingsCoordinator


@callback
def async_add_described_entities[DescriptionT: GrowattDescription](
    entry: GrowattConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    platform: Platform,
    described: Callable[[Profile, Reading], Iterable[DescriptionT]],
    build: Callable[[ReadingsCoordinator, str, DescriptionT], Entity],
) -> None:
    """Add what the catalog describes, as soon as a reading proves it is there."""

    def follow(coordinator: ReadingsCoordinator) -> None:
        profile = PROFILES[coordinator.family]
        seen: set[str] = set()

        @callback
        def add_new() -> None:
            data = entry.runtime_data
            new: list[tuple[str, DescriptionT]] = []
            for key in data.registered & coordinator.data.keys():
                reading, added = coordinator.data[key], data.added[key]
                new += [
                    (key, description)
                    for description in described(profile, reading)
                    if (platform, description.key) not in added
                    and (
                        description.proved(reading)
                        # What was proved before a restart need not be so in the dark.
                        or (
                            key not in seen
                            and _is_registered(coordinator, platform, key, description)
                        )
                    )
                ]
                seen.add(key)
            for key, description in new:
                data.added[key].add((platform, description.key))
            async_add_entities(build(coordinator, *one) for one in new)

        entry.async_on_unload(coordinator.async_add_listener(add_new))
        add_new()

    for coordinator in entry.runtime_data.readings:
        follow(coordinator)


def _is_registered(
    coordinator: ReadingsCoordinator,
    platform: Platform,
    key: str,
    description: GrowattDescription,
) -> bool:
    """Return whether an entity was there before."""
    registry = er.async_get(coordinator.hass)
    name = unique_id(key, description)
    return registry.async_get_entity_id(platform, DOMAIN, name) is not None


def unique_id(key: str, description: GrowattDescription) -> str:
    """Return the unique id of an entity of a plant id or serial."""
    return f"{key}_{description.key}"


def device_info(
    coordinator: ReadingsCoordinator, key: str, part: Part | None
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


class GrowattEntity(CoordinatorEntity[ReadingsCoordinator]):
    """An entity of a plant, a data logger or a device."""

    entity_description: GrowattDescription
    _attr_has_entity_name = True

    def __init__(
        self,
        coordinator: ReadingsCoordinator,
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
        if self.entity_description.tells_why:
            return True
        return super().available and not reading.gone

    @property
    def reading(self) -> Reading:
        """Return the newest reading."""
        return self.coordinator.data[self._key]
