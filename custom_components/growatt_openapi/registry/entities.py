"""Entity loader: adds what the catalog describes once a reading proves it."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from homeassistant.const import Platform
from homeassistant.core import callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..catalog import PROFILES, GrowattDescription, Profile, Snapshot
from ..const import DOMAIN
from ..coordinator.runtime import GrowattConfigEntry
from ..coordinator.sources import Source
from ..helpers import async_iterate_in_slices


async def async_add_described_entities[DescriptionT: GrowattDescription](
    entry: GrowattConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    platform: Platform,
    described: Callable[[Profile, Snapshot], Iterable[DescriptionT]],
    build: Callable[[Source, str, DescriptionT], Entity],
) -> None:
    """Add what the catalog describes, as soon as a reading proves it is there."""
    for coordinator in entry.runtime_data.sources:
        adder = _Adder(coordinator, async_add_entities, platform, described, build)
        async for key in async_iterate_in_slices(adder.new_keys()):
            adder.async_follow_one(key)
        entry.async_on_unload(coordinator.async_add_listener(adder.async_follow_all))


class _Unproved:
    """What a reading did not prove, to look again only once another one differs."""

    def __init__(
        self,
        beside: set[tuple[str, str]],
        fields: frozenset[str],
        reading: Snapshot,
    ) -> None:
        """Initialize with what is proved, and with the fields that prove the rest."""
        self._beside = beside
        self._how_many = len(beside)
        self._fields = fields
        self._values = self._values_of(reading)

    def stays(self, beside: set[tuple[str, str]], reading: Snapshot) -> bool:
        """Return whether nothing was removed, and a reading proves nothing new."""
        is_same = beside is self._beside and len(beside) == self._how_many
        return is_same and self._values_of(reading) == self._values

    def _values_of(self, reading: Snapshot) -> list[Any]:
        """Return what decides."""
        return [
            # Their values change all the time; what decides is that there is one.
            reading.updated is None,
            reading.online is None,
            reading.status is None,
            *(reading.fields.get(name) for name in self._fields),
        ]


class _Adder[DescriptionT: GrowattDescription]:
    """What adds the entities of one family and one platform."""

    def __init__(
        self,
        coordinator: Source,
        async_add_entities: AddConfigEntryEntitiesCallback,
        platform: Platform,
        described: Callable[[Profile, Snapshot], Iterable[DescriptionT]],
        build: Callable[[Source, str, DescriptionT], Entity],
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
        registered: set[str] = self._coordinator.config_entry.runtime_data.registered
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
