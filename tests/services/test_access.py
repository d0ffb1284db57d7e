"""Access to actions: administrators, and loaded accounts."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import device_registry as dr, service
from homeassistant.setup import async_setup_component
from simulator import SimulatedCloud
from tests.conftest import asked

from .conftest import ANNA, Act

ABOUT_ACCOUNTS = {
    "register_user": ANNA,
    "list_users": {},
    "create_plant": {"name": "Barn", "peak_power": 1},
}
ABOUT_DEVICES = {
    "update_plant": {"name": "Barn"},
    "delete_plant": {"confirm_name": "Villa Sunshine"},
    "add_datalogger": {"serial_number": "SIML999999", "check_code": "1"},
    "remove_datalogger": {},
    "get_plant_energy": {
        "unit": "day",
        "start_date": "2026-06-15",
        "end_date": "2026-06-15",
    },
    "get_power_curve": {"date": "2026-06-15"},
}
ALL = {**ABOUT_ACCOUNTS, **ABOUT_DEVICES}


@pytest.fixture
def fill(
    loaded: MockConfigEntry, cloud: SimulatedCloud, device_id: Callable[[object], str]
) -> Callable[[str], dict[str, Any]]:
    """Return a function that fills an action in."""

    def filled(action: str) -> dict[str, Any]:
        plant = device_id(cloud.plants[0].plant_id)
        about = {"config_entry_id": loaded.entry_id}
        return {
            **ALL[action],
            **(about if action in ABOUT_ACCOUNTS else {"device_id": plant}),
        }

    return filled


async def test_actions_without_an_account(hass: HomeAssistant) -> None:
    """Test that the actions are there before the first account is."""
    assert await async_setup_component(hass, DOMAIN, {})
    shown = (await service.async_get_all_descriptions(hass))[DOMAIN]
    assert set(shown) == set(ALL)
    assert all(one["fields"] for one in shown.values())
    answering = {name for name, one in shown.items() if not one["response"]["optional"]}
    assert answering == {"list_users", "get_plant_energy", "get_power_curve"}


@pytest.mark.parametrize("action", ALL)
async def test_only_administrators(
    cloud: SimulatedCloud,
    act: Act,
    fill: Callable[[str], dict[str, Any]],
    hass_read_only_user: User,
    action: str,
) -> None:
    """Test that nobody else can call an action."""
    fields = fill(action)
    cloud.requests.clear()
    with pytest.raises(Unauthorized):
        await act(action, Context(user_id=hass_read_only_user.id), **fields)
    assert asked(cloud) == []


async def test_administrator(
    act: Act, fill: Callable[[str], dict[str, Any]], hass_admin_user: User
) -> None:
    """Test that an administrator can."""
    context = Context(user_id=hass_admin_user.id)
    assert await act("get_power_curve", context, **fill("get_power_curve"))


@pytest.mark.parametrize("action", ALL)
async def test_account_that_is_not_loaded(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    act: Act,
    fill: Callable[[str], dict[str, Any]],
    action: str,
) -> None:
    """Test that an action says so when the account is not loaded."""
    fields = fill(action)
    await hass.config_entries.async_unload(loaded.entry_id)
    cloud.requests.clear()
    with pytest.raises(ServiceValidationError) as failed:
        await act(action, **fields)
    assert failed.value.translation_key == "service_config_entry_not_loaded"
    assert asked(cloud) == []


@pytest.mark.parametrize("action", ALL)
async def test_what_belongs_to_another_integration(
    hass: HomeAssistant,
    act: Act,
    fill: Callable[[str], dict[str, Any]],
    device_registry: dr.DeviceRegistry,
    action: str,
) -> None:
    """Test that only accounts and devices of this integration will do."""
    other = MockConfigEntry(domain="sun")
    other.add_to_hass(hass)
    device = device_registry.async_get_or_create(
        config_entry_id=other.entry_id, identifiers={("sun", "sun")}
    )
    theirs = {"config_entry_id": other.entry_id, "device_id": device.id}
    for wrong in (theirs, dict.fromkeys(theirs, "nothing")):
        fields = {key: wrong.get(key, value) for key, value in fill(action).items()}
        with pytest.raises(ServiceValidationError):
            await act(action, **fields)
