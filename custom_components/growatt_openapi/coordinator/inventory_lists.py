"""What an account has, and the lists of several plants that tell it."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ..api import Datalogger, Device, GrowattError, Listing, Plant

# By plant id; what only V4 lists is below None.
type Listings[ItemT] = Mapping[str | None, Listing[ItemT]]

NO_LIST: Final[Listing[Any]] = Listing(items=(), complete=False)


def without[ItemT](
    things: Mapping[str, ItemT], keys: Collection[str]
) -> Mapping[str, ItemT]:
    """Return things without some of them."""
    return {key: one for key, one in things.items() if key not in keys}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What the account has, without what is left out; by plant id and serial."""

    all_plants: Mapping[str, Plant]
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


NO_INVENTORY: Final = Inventory(all_plants={}, plants={}, dataloggers={}, devices={})


def unseen[ItemT: (Device, Datalogger)](one: ItemT) -> ItemT:
    """Return what a list lacks without its time, which would mislead the clocks."""
    return replace(one, wall=None) if isinstance(one, Device) else one


def list_of(one: Device | Datalogger) -> str | None:
    """Return the plant whose list tells of something, None for the list of V4."""
    return one.plant_id if isinstance(one, Datalogger) or one.by_plant else None


def by_plant(answers: Iterable[tuple[str, Any]]) -> dict[str | None, Listing[Any]]:
    """Return the lists, an incomplete empty one in place of an error."""
    return {
        plant: one if isinstance(one, Listing) else NO_LIST for plant, one in answers
    }


async def or_error(
    question: Callable[..., Awaitable[Listing[Any]]], *about: str
) -> Listing[Any] | GrowattError:
    """Return a list, or why there is none."""
    try:
        return await question(*about)
    except GrowattError as err:
        return err
