"""What all entities share, and how they come to be."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, override

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
from .turns import in_steps


async def async_add_described_entities[DescriptionT: GrowattDescription](
    entry: GrowattConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    platform: Platform,
    described: Callable[[Profile, Reading], Iterable[DescriptionT]],
    build: Callable[[ReadingsCoordinator, str, DescriptionT], Entity],
) -> None:
    """Add what the catalog describes, as soon as a reading proves it is there."""
    for coordinator in entry.runtime_data.readings:
        adder = _Adder(coordinator, async_add_entities, platform, described, build)
        async for key in in_steps(adder.new_keys()):
            adder.async_follow_one(key)
        entry.async_on_unload(coordinator.async_add_listener(adder.async_follow_all))


class _Unproved:
    """What a reading did not prove, to look again only once another one differs."""

    def __init__(
        self,
        beside: set[tuple[str, str]],
        fields: frozenset[str],
        reading: Reading,
    ) -> None:
        """Initialize with what is proved, and with the fields that prove the rest."""
        self._beside = beside
        self._how_many = len(beside)
        self._fields = fields
        self._values = self._values_of(reading)

    def stays(self, beside: set[tuple[str, str]], reading: Reading) -> bool:
        """Return whether nothing was removed, and a reading proves nothing new."""
        is_same = beside is self._beside and len(beside) == self._how_many
        return is_same and self._values_of(reading) == self._values

    def _values_of(self, reading: Reading) -> list[Any]:
        """Return what decides, as Growatt told it."""
        return [reading.fields.get(name) for name in self._fields]


class _Adder[DescriptionT: GrowattDescription]:
    """What adds the entities of one family and one platform."""

    def __init__(
        self,
        coordinator: ReadingsCoordinator,
        async_add_entities: AddConfigEntryEntitiesCallback,
        platform: Platform,
        described: Callable[[Profile, Reading], Iterable[DescriptionT]],
        build: Callable[[ReadingsCoordinator, str, DescriptionT], Entity],
    ) -> None:
        """Initialize what adds the entities of a family; it follows nothing yet."""
        self._coordinator = coordinator
        self._add_entities = async_add_entities
        self._platform = platform
        self._described = described
        self._build = build
        self._followed: set[str] = set()
        self._unproved: dict[str, _Unproved] = {}
        self._fields: dict[frozenset[str], frozenset[str]] = {}

    def new_keys(self) -> set[str]:
        """Return the plant ids and serials that are not followed yet."""
        registered = self._coordinator.config_entry.runtime_data.registered
        return (registered & self._coordinator.data.keys()) - self._followed

    @callback
    def async_follow_all(self) -> None:
        """Follow whatever is new."""
        for key in self.new_keys():
            self.async_follow_one(key)

    @callback
    def async_follow_one(self, key: str) -> None:
        """Add what a plant id or serial has, now and whenever something is proved."""
        self._followed.add(key)
        self._add(key, is_first=True)
        self._coordinator.config_entry.async_on_unload(
            self._coordinator.async_add_listener(partial(self._add, key))
        )

    def _add(self, key: str, *, is_first: bool = False) -> None:
        """Add the entities that a reading proves, at first those of before too."""
        entry = self._coordinator.config_entry
        reading = self._coordinator.data.get(key)
        if reading is None or key not in entry.runtime_data.registered:
            return
        added = entry.runtime_data.added[key]
        unproved = self._unproved.get(key)
        if unproved and unproved.stays(added, reading):
            return
        profile = PROFILES[self._coordinator.family]
        left = [
            description
            for description in self._described(profile, reading)
            if (self._platform, description.key) not in added
        ]
        new = [
            description
            for description in left
            if description.proved(reading)
            # What was proved before a restart need not be so in the dark.
            or (is_first and self._was_there(key, description))
        ]
        added.update((self._platform, description.key) for description in new)
        if profile.unnamed is None:
            fields = frozenset(
                name
                for description in left
                if (self._platform, description.key) not in added
                for name in description.sources
            )
            # Most devices of a family lack the same.
            fields = self._fields.setdefault(fields, fields)
            self._unproved[key] = _Unproved(added, fields, reading)
        if new:
            self._add_entities(self._build(self._coordinator, key, one) for one in new)

    def _was_there(self, key: str, description: GrowattDescription) -> bool:
        """Return whether an entity was there before."""
        registry = er.async_get(self._coordinator.hass)
        name = unique_id(key, description)
        return registry.async_get_entity_id(self._platform, DOMAIN, name) is not None


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
