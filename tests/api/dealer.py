"""A dealer's account with nothing registered, and how to fill it."""

from dataclasses import dataclass

from custom_components.growatt_openapi.api import Management, NewPlant, NewUser
from simulator import SimulatedCloud

PASSWORD = "Cobblestone-7-Lantern"
ANNA = NewUser(
    name="anna", password=PASSWORD, email="anna@example.org", country="Germany"
)
ROOF = NewPlant(name="Anna's Roof", peak_power=6.8)
NOBODY = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealer:
    """Who sets an account up, and the hardware there is."""

    cloud: SimulatedCloud
    management: Management

    @property
    def serial(self) -> str:
        """Return the serial of a data logger that nobody has registered."""
        return self.cloud.unregistered.sets[0].logger.serial

    @property
    def check_code(self) -> str:
        """Return what is printed beside it."""
        return self.cloud.unregistered.sets[0].logger.check_code

    @property
    def device(self) -> str:
        """Return the serial of the device behind it."""
        return self.cloud.unregistered.sets[0].devices[0].serial

    async def anna(self) -> str:
        """Register a user, and return her id."""
        return await self.management.register_user(ANNA)

    async def roof(self) -> tuple[str, str]:
        """Register a user with a plant, and return their ids."""
        user = await self.anna()
        return user, await self.management.add_plant(user, ROOF)
