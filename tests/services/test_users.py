"""End users: registered, listed, and a password that stays nowhere."""

from collections.abc import Callable
from datetime import timedelta
import json
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.const import EVENT_CALL_SERVICE, EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util.read_only_dict import ReadOnlyDict
from simulator import SimulatedCloud
from simulator.accounts import Account
from tests.conftest import Pass

from .conftest import ANNA, PASSWORD, Act, Refuse

BERT = {**ANNA, "name": "bert", "email": "bert@example.org"}
ENTRY = {"config_entry_id": "simulated"}


@pytest.fixture
def home() -> str:
    """Return the house of a dealer."""
    return "new"


async def test_registered_user(
    cloud: SimulatedCloud, anna: Account, loaded: MockConfigEntry, act: Act
) -> None:
    """Test that a user can be registered, and is listed with what was entered."""
    optional = {"phone": " 0100 ", "installer_code": "SIM01"}
    response = await act("register_user", **ENTRY, **BERT, **optional)
    bert = cloud.accounts[0].customers[1]
    assert response == {"user_id": str(bert.user_id)}
    sent = cloud.requests[-1].params
    assert (sent["user_name"], sent["user_password"]) == ("bert", PASSWORD)
    assert (sent["user_country"], sent["agentCode"]) == ("Germany", "SIM01")
    listed = (await act("list_users", **ENTRY))["users"]
    assert [one["name"] for one in listed] == ["anna", "bert"]
    assert listed[1] == {
        "user_id": str(bert.user_id),
        "name": "bert",
        "email": "bert@example.org",
        "phone": "0100",
        "registered": "2026-06-15T18:30:00",
    }


async def test_unknown_time_of_registration(
    anna: Account, loaded: MockConfigEntry, act: Act
) -> None:
    """Test that a user is listed although Growatt does not tell since when."""
    anna.registered = ""
    (listed,) = (await act("list_users", **ENTRY))["users"]
    assert (listed["registered"], listed["phone"]) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"name": " "}, "user_name_refused"),
        ({"password": " "}, "user_name_refused"),
        ({"email": ""}, "email_refused"),
        ({"country": "Atlantis"}, "country_unknown"),
    ],
)
async def test_what_is_not_even_sent(
    cloud: SimulatedCloud,
    anna: Account,
    loaded: MockConfigEntry,
    refuse: Refuse,
    wrong: dict[str, str],
    reason: str,
) -> None:
    """Test that what cannot be right is refused before Growatt is asked."""
    cloud.requests.clear()
    failure = await refuse("register_user", **ENTRY, **BERT | wrong)
    assert failure.translation_key == reason
    assert cloud.requests == []


async def test_password_stays_nowhere(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    anna: Account,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    act: Act,
    refuse: Refuse,
    time_passes: Pass,
    our_log: Callable[[], str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Test that a password is in no log, event, report, memory or failure."""
    events = async_capture_events(hass, EVENT_CALL_SERVICE)
    await act("register_user", **ENTRY, **BERT)
    failure = await refuse("register_user", **ENTRY, **BERT)
    assert failure.translation_key == "user_name_taken"
    report = await get_diagnostics_for_config_entry(hass, hass_client, loaded)
    await time_passes(timedelta(minutes=6))
    assert "growatt_openapi" in our_log()
    assert PASSWORD not in caplog.text
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done(wait_background_tasks=True)
    memory = hass_storage[f"{DOMAIN}.simulated"]
    assert "user_register" in json.dumps(memory)
    told = [event.data for event in events]
    assert [one["service"] for one in told] == ["register_user"] * 2
    shown = json.dumps([report, hass_storage, told], default=str)
    assert PASSWORD not in shown + str(failure) + repr(failure.__cause__)


async def test_customers_are_in_no_file(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    anna: Account,
    loaded: MockConfigEntry,
    act: Act,
) -> None:
    """Test that addresses and phone numbers of customers get to no disk."""
    await act("register_user", **ENTRY, **BERT, phone="0100200300")
    found = (await act("list_users", **ENTRY))["users"]
    assert BERT["email"] in {user["email"] for user in found}
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done(wait_background_tasks=True)
    memory = json.dumps(hass_storage[f"{DOMAIN}.simulated"])
    assert "c_user_list" in memory
    assert not {text for text in (BERT["email"], "0100200300") if text in memory}


async def test_password_in_a_script(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    anna: Account,
    loaded: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """Test that the page and scripts can call the action, and call it again."""
    events = async_capture_events(hass, EVENT_CALL_SERVICE)
    step = {
        "action": f"{DOMAIN}.register_user",
        "data": {**ENTRY, **BERT, "name": "{{ name }}"},
        "response_variable": "found",
    }
    steps = [step, {"stop": "done", "response_variable": "found"}]
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {
            "type": "execute_script",
            "sequence": [{"variables": {"name": "bert"}}, *steps],
        }
    )
    answer = await client.receive_json()
    users = cloud.accounts[0].customers
    assert answer["result"]["response"] == {"user_id": str(users[1].user_id)}
    scripts = {"register": {"sequence": [step], "fields": {"name": {}}}}
    assert await async_setup_component(hass, "script", {"script": scripts})
    for name in ("carl", "dora"):
        await hass.services.async_call(
            "script", "register", {"name": name}, blocking=True
        )
    assert [one.name for one in users] == ["anna", "bert", "carl", "dora"]
    assert PASSWORD not in str([event.data for event in events])


async def test_password_in_what_cannot_be_changed(
    hass: HomeAssistant, cloud: SimulatedCloud, anna: Account, loaded: MockConfigEntry
) -> None:
    """Test that another integration can pass on what it was called with itself."""
    passed_on = ReadOnlyDict({**ENTRY, **BERT})
    await hass.services.async_call(DOMAIN, "register_user", passed_on, blocking=True)
    assert cloud.accounts[0].customers[1].name == "bert"
