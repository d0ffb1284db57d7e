"""Resumable registration of a user, a plant and a data logger, each thing once."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from ..api import (
    GrowattClient,
    GrowattError,
    GrowattTakenError,
    GrowattUncertainError,
    NewPlant,
    NewUser,
    Plant,
    User,
)
from .owners import async_owner_of

# Both may mean that it was done before.
_PERHAPS_DONE = (GrowattTakenError, GrowattUncertainError)


@dataclass(slots=True, kw_only=True)
class Registration:
    """A user, their plant and its data logger: what is there, and what is missing."""

    user_id: str | None = None
    user_name: str = ""
    plant_id: str | None = None
    serial: str = ""
    """Of the data logger."""

    def take(self, user: User) -> None:
        """Take a user that is registered already."""
        self.user_id, self.user_name = user.user_id, user.name

    async def async_knows_owner(
        self, client: GrowattClient, plants: Iterable[Plant]
    ) -> bool:
        """Return whether it is known who will own the plant, or owns it already."""
        for plant in plants:
            if self.user_id is None and plant.plant_id == self.plant_id:
                # Where it is not told, the users are asked for.
                with suppress(GrowattError):
                    self.user_id = await async_owner_of(client, plant)
        return self.user_id is not None

    async def async_find_user(self, client: GrowattClient, name: str) -> bool:
        """Take the user with a name, if it is one of the token's; return whether."""
        for user in (await client.management.users()).items:
            if user.name == name:
                self.take(user)
                return True
        return False

    async def async_complete(
        self, client: GrowattClient, user: NewUser | None, plant: NewPlant | None
    ) -> None:
        """Register what is missing; raise a GrowattError where that fails."""
        if user is not None and self.user_id is None:
            await self._async_register_user(client, user)
        if plant is not None and self.plant_id is None:
            self.plant_id = await self._async_create_plant(client, plant)
        await self._async_add_datalogger(client)

    async def _async_register_user(self, client: GrowattClient, user: NewUser) -> None:
        """Register the user, or find that it was done before."""
        try:
            self.user_id = await client.management.register_user(user)
        except _PERHAPS_DONE:
            if not await self.async_find_user(client, user.name):
                raise

    async def _async_create_plant(self, client: GrowattClient, plant: NewPlant) -> str:
        """Create the plant, or find that it was done before; return its id."""
        try:
            return await client.management.add_plant(str(self.user_id), plant)
        except _PERHAPS_DONE:
            known = (await client.management.plants_of(self.user_name)).items
            for one in known:
                if one.name == plant.name:
                    return one.plant_id
            raise

    async def _async_add_datalogger(self, client: GrowattClient) -> None:
        """Add the data logger, unless it was done before."""
        plant_id = str(self.plant_id)
        try:
            await client.management.add_datalogger(
                str(self.user_id), plant_id, self.serial
            )
        except _PERHAPS_DONE:
            known = (await client.dataloggers(plant_id)).items
            if self.serial not in {one.serial for one in known}:
                raise
