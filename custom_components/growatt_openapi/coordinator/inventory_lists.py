"""Lists of plants, data loggers and devices, and how new lists change an inventory.

Everything here is pure: it neither requests anything nor remembers what it was given.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ..api import FAMILIES, Datalogger, Device, Family, GrowattError, Listing, Plant

# By plant id; what only V4 lists is below None.
type Listings[ItemT] = Mapping[str | None, Listing[ItemT]]
type Item = Device | Datalogger

NO_LIST: Final[Listing[Any]] = Listing(items=(), complete=False)


def without[ItemT](
    items: Mapping[str, ItemT], keys: Collection[str]
) -> Mapping[str, ItemT]:
    """Return items without some of them."""
    return {key: item for key, item in items.items() if key not in keys}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What the account has, without what is left out; by plant id and serial."""

    all_plants: Mapping[str, Plant]
    """The plants of the token, those that are left out included."""
    plants: Mapping[str, Plant]
    dataloggers: Mapping[str, Datalogger]
    devices: Mapping[str, Device]

    @property
    def keys(self) -> set[str]:
        """Return the plant ids and serials of everything."""
        return {*self.plants, *self.dataloggers, *self.devices}

    def without(self, keys: Collection[str]) -> Inventory:
        """Return what is left without some plants, data loggers and devices."""
        return Inventory(
            all_plants=without(self.all_plants, keys),
            plants=without(self.plants, keys),
            dataloggers=without(self.dataloggers, keys),
            devices=without(self.devices, keys),
        )

    def changes_family(self, later: Inventory) -> bool:
        """Return whether a later inventory has a device in another family."""
        return any(
            device.family is not later.devices.get(serial, device).family
            for serial, device in self.devices.items()
        )


NO_INVENTORY: Final = Inventory(all_plants={}, plants={}, dataloggers={}, devices={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged[ItemT]:
    """What is listed or was known, before it is decided what is gone."""

    candidates: Mapping[str, ItemT]
    listed: Collection[str]
    missing: Collection[str]
    """What a complete list lacks."""

    def without(self, gone: Collection[str]) -> Mapping[str, ItemT]:
        """Return the candidates without what is gone."""
        return without(self.candidates, gone)


def merge[ItemT: (Device, Datalogger)](
    known: Mapping[str, ItemT], listings: Listings[ItemT]
) -> Merged[ItemT]:
    """Return what new lists have, and what was known before.

    Only a complete list with something on it proves an absence.
    """
    listed = {
        item.serial: item for listing in listings.values() for item in listing.items
    }
    candidates = {
        key: _not_listed(item)
        for key, item in known.items()
        if item.plant_id is None or item.plant_id in listings
    } | listed
    proving = {
        plant_id
        for plant_id, listing in listings.items()
        if listing.complete and (listing.items or plant_id is None)
    }
    missing = {
        key
        for key, item in candidates.items()
        if key not in listed and _list_of(item) in proving
    }
    return Merged(candidates=candidates, listed=listed, missing=missing)


def with_families(
    listings: Listings[Device], named: Iterable[Device]
) -> Listings[Device]:
    """Return lists of V1 with the families that only V4 can name.

    What V4 once named keeps its family while V4 is silent.
    """
    families = {device.serial: device.family for device in named}
    return {
        plant_id: replace(
            listing,
            items=tuple(
                replace(device, family=families.get(device.serial, device.family))
                if device.family is Family.UNMAPPED
                else device
                for device in listing.items
            ),
        )
        for plant_id, listing in listings.items()
    }


def only_in_v4(
    everywhere: Listing[Device], listings: Listings[Device]
) -> tuple[Device, ...]:
    """Return the devices that only V4 lists.

    What V1 would list is of a plant left out, or of somebody else's.
    """
    in_v1 = {device.serial for listing in listings.values() for device in listing.items}
    return tuple(
        device
        for device in everywhere.items
        if device.serial not in in_v1 and FAMILIES[device.family].v1_type is None
    )


def by_plant(
    plants: Iterable[str], answers: Iterable[Listing[Any] | GrowattError]
) -> dict[str | None, Listing[Any]]:
    """Return the lists by plant id, an incomplete empty one in place of an error."""
    return {
        plant_id: answer if isinstance(answer, Listing) else NO_LIST
        for plant_id, answer in zip(plants, answers, strict=True)
    }


def _not_listed[ItemT: (Device, Datalogger)](item: ItemT) -> ItemT:
    """Return what a list lacks without its time, which would mislead the clocks."""
    return replace(item, wall=None) if isinstance(item, Device) else item


def _list_of(item: Item) -> str | None:
    """Return the plant whose list has an item, None for the list of V4."""
    return item.plant_id if isinstance(item, Datalogger) or item.by_plant else None
