"""An account to call actions on, and what comes back."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud
from simulator.accounts import Account
from simulator.model import Plant
from tests.conftest import device_of

PASSWORD = "Cobblestone-7-Lantern"
ANNA = {
    "name": "anna",
    "password": PASSWORD,
    "email": "anna@example.org",
    "country": "Germany",
}


class Act(Protocol):
    """Call an action."""

    def __call__(
        self, action: str, context: Context | None = None, /, **fields: Any
    ) -> Awaitable[dict[str, Any]]:
        """Return the response."""


class Refuse(Protocol):
    """Call an action that fails."""

    def __call__(self, action: str, /, **fields: Any) -> Awaitable[HomeAssistantError]:
        """Return the failure."""


@pytest.fixture
def act(hass: HomeAssistant) -> Act:
    """Return a function that calls an action, waits, and returns the response."""

    async def called(
        action: str, context: Context | None = None, /, **fields: Any
    ) -> dict[str, Any]:
        response = await hass.services.async_call(
            DOMAIN,
            action,
            fields,
            blocking=True,
            context=context,
            return_response=True,
        )
        await hass.async_block_till_done(wait_background_tasks=True)
        assert response is not None
        return response

    return called


@pytest.fixture
def refuse(hass: HomeAssistant, act: Act) -> Refuse:
    """Return a function that calls an action, and returns why it failed."""

    async def called(action: str, /, **fields: Any) -> HomeAssistantError:
        with pytest.raises(HomeAssistantError) as failed:
            await act(action, **fields)
        await hass.async_block_till_done(wait_background_tasks=True)
        # Nothing is raised without a text for whoever called.
        assert failed.value.translation_domain == DOMAIN
        assert "None" not in str(failed.value)
        return failed.value

    return called


@pytest.fixture
def anna(cloud: SimulatedCloud) -> Account:
    """Return a customer of the dealer in the house `new`, with a plant on the roof."""
    customer = cloud.add_customer(cloud.accounts[0].customers, "anna")
    customer.plants.append(customer.builder.new_plant("Anna's Roof", 6.8))
    return customer


@pytest.fixture
def roof(anna: Account) -> Plant:
    """Return the plant of that customer."""
    return anna.plants[0]


@pytest.fixture
def device_id(
    device_registry: dr.DeviceRegistry, loaded: MockConfigEntry
) -> Callable[[object], str]:
    """Return a function that finds the device of a plant id or serial."""

    def found(thing: object) -> str:
        device = device_of(device_registry, loaded, thing)
        assert device
        return device.id

    return found
