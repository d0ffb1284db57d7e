"""Owners: the user at Growatt to whom a plant belongs."""

from collections.abc import Iterable

from ..api import GrowattClient, Plant


def only_owner(plants: Iterable[Plant]) -> str | None:
    """Return who owns all plants, None where that is not one user."""
    owners = {plant.owner_id for plant in plants if plant.owner_id}
    return owners.pop() if len(owners) == 1 else None


async def async_owner_of(client: GrowattClient, plant: Plant) -> str | None:
    """Return who owns a plant, None where Growatt does not tell."""
    if plant.owner_id:
        return plant.owner_id
    return (await client.plant_details(plant.plant_id)).owner_id
