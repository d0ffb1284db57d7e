"""Adding an account: from the token to the sensors."""

from collections import Counter

import pytest

from custom_components.growatt_openapi.api import Region
from custom_components.growatt_openapi.const import CONF_EXCLUDED_PLANTS, DOMAIN
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState
from homeassistant.const import CONF_REGION, CONF_TOKEN, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from simulator import SimulatedCloud

from ..conftest import StateOf
from .dialogs import add_account, end_text, page_text, submit, suggested


async def test_token_to_sensors(
    hass: HomeAssistant, cloud: SimulatedCloud, url: str, state_of: StateOf
) -> None:
    """Test that a token alone is enough to see what the sun does."""
    dialog = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    assert dialog["type"] is FlowResultType.FORM
    assert dialog["step_id"] == "user"
    assert dialog["errors"] == {}
    page = await page_text(hass, dialog)
    assert "ShinePhone" in page
    assert "https://server.growatt.com" in page

    dialog = await submit(hass, dialog, token=cloud.token)

    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert dialog["title"] == "Growatt (Europe and the rest of the world)"
    assert dialog["description_placeholders"] == {"server": "127.0.0.1"}
    entry = dialog["result"]
    assert entry.unique_id == f"127.0.0.1_{cloud.accounts[0].user_id}"
    assert entry.data == {
        CONF_TOKEN: cloud.token,
        CONF_REGION: Region.GLOBAL.value,
        CONF_URL: url,
    }
    assert entry.options == {CONF_EXCLUDED_PLANTS: []}
    assert entry.state is ConfigEntryState.LOADED
    serial = cloud.devices[0].serial
    shown = state_of(serial, "pv_power")
    assert shown is not None
    assert float(shown.state) == cloud.truth()[serial]["pv_power"]


@pytest.mark.parametrize(
    "pasted",
    [
        "  {token}\n",
        "Your API token is {token}. Keep it safe!",
        "{token}\nAgain, in case it got lost: {token}",
        "{token:.16}\n{rest}",
    ],
    ids=["blanks around", "sentence", "twice the same", "line-wrapped"],
)
async def test_token_is_found_in_what_is_pasted(
    hass: HomeAssistant, cloud: SimulatedCloud, pasted: str
) -> None:
    """Test that a token may be pasted the way it came."""
    text = pasted.format(token=cloud.token, rest=cloud.token[16:])
    dialog = await add_account(hass, token=text)

    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert dialog["data"][CONF_TOKEN] == cloud.token


@pytest.mark.parametrize(
    "pasted",
    ["", "   ", "{short}", "{token}0", "{token} or {other}", "It is {short}."],
    ids=["nothing", "blanks", "short", "long", "two tokens", "sentence without"],
)
async def test_no_single_token(
    hass: HomeAssistant, cloud: SimulatedCloud, pasted: str
) -> None:
    """Test that what cannot be a token is not sent anywhere."""
    typed = pasted.format(token=cloud.token, short=cloud.token[:-1], other="0" * 32)
    dialog = await add_account(hass, token=typed, region="global")

    assert dialog["type"] is FlowResultType.FORM
    assert "exactly 32 letters and digits" in await page_text(hass, dialog)
    assert suggested(dialog) == {CONF_TOKEN: typed, CONF_REGION: "global"}
    assert not cloud.requests

    dialog = await submit(hass, dialog, token=cloud.token, region="global")
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("home", ["villa", "fleet"])
async def test_set_up_asks_nothing_twice(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that set-up uses what the dialog has learned, as Growatt's limits demand."""
    dialog = await add_account(hass, token=cloud.token, region="global")

    assert dialog["result"].state is ConfigEntryState.LOADED
    asked = Counter(
        (request.path, *sorted(request.params.items())) for request in cloud.requests
    )
    assert asked
    assert set(asked.values()) == {1}
    assert {request.code for request in cloud.requests} == {0}


async def test_already_configured(hass: HomeAssistant, cloud: SimulatedCloud) -> None:
    """Test that an account that is added again stays as it is, and how to go on."""
    entry = (await add_account(hass, token=cloud.token))["result"]
    renewed = cloud.accounts[0].renew_token()

    dialog = await add_account(hass, token=renewed)

    assert dialog["type"] is FlowResultType.ABORT
    assert dialog["reason"] == "already_configured"
    assert "Reconfigure" in await end_text(hass, dialog)
    assert hass.config_entries.async_entries(DOMAIN) == [entry]
    assert entry.data[CONF_TOKEN] != renewed


@pytest.mark.parametrize("home", ["duo"])
async def test_two_dialogs_for_one_account(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that only one of two open dialogs adds the account."""
    first = await add_account(hass, token=cloud.token)
    assert first["step_id"] == "plants"

    second = await add_account(hass, token=cloud.token)
    assert second["type"] is FlowResultType.ABORT
    assert second["reason"] == "already_in_progress"

    plants = [str(plant.plant_id) for plant in cloud.plants]
    first = await submit(hass, first, plants=plants)
    assert first["type"] is FlowResultType.CREATE_ENTRY


async def test_an_installer_is_an_account(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that a token for plants of many owners has an id of its own."""
    token = cloud.installer_token(cloud.accounts[0], cloud.add_home("villa"))
    dialog = await add_account(hass, token=token)
    plants = [str(plant.plant_id) for plant in cloud.plants]
    entry = (await submit(hass, dialog, plants=plants))["result"]

    owners = {str(account.user_id) for account in cloud.accounts}
    assert entry.unique_id not in owners
    dialog = await add_account(hass, token=token)
    assert dialog["reason"] == "already_configured"
