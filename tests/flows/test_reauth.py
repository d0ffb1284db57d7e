"""A new token for an account whose old one is refused."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.api import SERVERS, Region
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_REGION, CONF_TOKEN, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from simulator import SimulatedCloud, serve

from .dialogs import end_text, page_text, submit, suggested


@pytest.fixture(params=["global", "other"])
def served(
    hass: HomeAssistant, loaded: MockConfigEntry, request: pytest.FixtureRequest
) -> MockConfigEntry:
    """Return the loaded entry, once as public and once with an own server."""
    hass.config_entries.async_update_entry(
        loaded, data={**loaded.data, CONF_REGION: request.param}
    )
    return loaded


async def test_new_token(
    hass: HomeAssistant, cloud: SimulatedCloud, served: MockConfigEntry
) -> None:
    """Test that a new token of the account is all it takes."""
    before = dict(served.data)
    renewed = cloud.accounts[0].renew_token()
    dialog = await served.start_reauth_flow(hass)
    assert dialog["step_id"] == "reauth_confirm"
    assert "no longer accepts" in await page_text(hass, dialog)
    assert suggested(dialog) == {}

    dialog = await submit(hass, dialog, token=f"The new one: {renewed}")

    assert dialog["type"] is FlowResultType.ABORT
    assert dialog["reason"] == "reauth_successful"
    assert await end_text(hass, dialog)
    assert served.data == {**before, CONF_TOKEN: renewed}
    assert served.state is ConfigEntryState.LOADED


@pytest.mark.parametrize(
    ("typed", "error"), [("0" * 31, "token_length"), ("0" * 32, "invalid_auth")]
)
async def test_refused_token(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    served: MockConfigEntry,
    typed: str,
    error: str,
) -> None:
    """Test that a wrong token changes nothing, and can be corrected."""
    before = dict(served.data)
    renewed = cloud.accounts[0].renew_token()
    dialog = await served.start_reauth_flow(hass)
    dialog = await submit(hass, dialog, token=typed)

    assert dialog["step_id"] == "reauth_confirm"
    assert dialog["errors"] == {"base": error}
    assert await page_text(hass, dialog)
    assert suggested(dialog) == {CONF_TOKEN: typed}
    assert served.data == before

    dialog = await submit(hass, dialog, token=renewed)
    assert dialog["reason"] == "reauth_successful"
    assert served.data[CONF_TOKEN] == renewed


async def test_trouble(
    hass: HomeAssistant, cloud: SimulatedCloud, served: MockConfigEntry
) -> None:
    """Test that the token need not be typed again after trouble on the way."""
    renewed = cloud.accounts[0].renew_token()
    dialog = await served.start_reauth_flow(hass)
    cloud.faults.add("close", path="plant/list")
    dialog = await submit(hass, dialog, token=renewed)
    assert dialog["errors"] == {"base": "cannot_connect"}

    cloud.faults.clear()
    dialog = await submit(hass, dialog, **suggested(dialog))
    assert dialog["reason"] == "reauth_successful"


async def test_another_account(
    hass: HomeAssistant, cloud: SimulatedCloud, served: MockConfigEntry
) -> None:
    """Test that an entry never turns into that of another account."""
    before = dict(served.data)
    stranger = cloud.add_home("villa")
    dialog = await served.start_reauth_flow(hass)
    dialog = await submit(hass, dialog, token=stranger.token)

    assert dialog["type"] is FlowResultType.ABORT
    assert dialog["reason"] == "wrong_account"
    assert "another account" in await end_text(hass, dialog)
    assert served.data == before

    renewed = cloud.accounts[0].renew_token()
    dialog = await served.start_reauth_flow(hass)
    dialog = await submit(hass, dialog, token=renewed)
    assert dialog["reason"] == "reauth_successful"


async def test_token_of_the_installer(
    hass: HomeAssistant, cloud: SimulatedCloud, served: MockConfigEntry
) -> None:
    """Test that a token that sees more than the owner's plants is another account."""
    before = dict(served.data)
    token = cloud.installer_token(cloud.add_home("duo"), cloud.accounts[0])
    dialog = await served.start_reauth_flow(hass)
    dialog = await submit(hass, dialog, token=token)

    assert dialog["reason"] == "wrong_account"
    assert served.data == before


async def test_customers_of_an_installer_change(
    hass: HomeAssistant, cloud: SimulatedCloud, entry: MockConfigEntry
) -> None:
    """Test that an installer with a new customer is still the same installer."""
    both = (cloud.accounts[0], cloud.add_home("duo"))
    hass.config_entries.async_update_entry(
        entry,
        unique_id="127.0.0.1_many.0123456789abcdef",
        data={**entry.data, CONF_TOKEN: cloud.installer_token(*both)},
    )
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    token = cloud.installer_token(*both, cloud.add_home("villa"))
    dialog = await entry.start_reauth_flow(hass)
    dialog = await submit(hass, dialog, token=token)

    assert dialog["reason"] == "reauth_successful"
    assert entry.data[CONF_TOKEN] == token


async def test_nothing_is_registered_yet(
    hass: HomeAssistant, cloud: SimulatedCloud, entry: MockConfigEntry
) -> None:
    """Test that the owner of the plants is enough to know the account again."""
    renewed = cloud.accounts[0].renew_token()
    await hass.config_entries.async_setup(entry.entry_id)
    dialog = await entry.start_reauth_flow(hass)
    dialog = await submit(hass, dialog, token=renewed)

    assert dialog["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED


async def test_account_has_moved(
    hass: HomeAssistant, cloud: SimulatedCloud, served: MockConfigEntry
) -> None:
    """Test that an account is found again where it lives now."""
    renewed = cloud.accounts[0].renew_token()
    cloud.region = "china"
    dialog = await served.start_reauth_flow(hass)
    dialog = await submit(hass, dialog, token=renewed)

    assert dialog["reason"] == "reauth_successful"
    assert served.data == {
        CONF_TOKEN: renewed,
        CONF_REGION: "china",
        CONF_URL: SERVERS[Region.CHINA],
    }
    assert served.state is ConfigEntryState.LOADED


async def test_own_server_comes_first(
    hass: HomeAssistant, cloud: SimulatedCloud, loaded: MockConfigEntry
) -> None:
    """Test that a token for an own server goes to that server only."""
    cloud.region = "mine"
    renewed = cloud.accounts[0].renew_token()
    async with serve(cloud, region="mine") as mine:
        data = {CONF_TOKEN: "0" * 32, CONF_REGION: "other", CONF_URL: mine}
        hass.config_entries.async_update_entry(loaded, data=data)
        cloud.requests.clear()
        dialog = await loaded.start_reauth_flow(hass)
        dialog = await submit(hass, dialog, token=renewed)

        assert dialog["reason"] == "reauth_successful"
        assert loaded.data == {**data, CONF_TOKEN: renewed}
        assert loaded.state is ConfigEntryState.LOADED
        assert {request.region for request in cloud.requests} == {"mine"}


async def test_token_without_plants(
    hass: HomeAssistant, cloud: SimulatedCloud, served: MockConfigEntry
) -> None:
    """Test that a token that shows nothing is not taken in place of the old one."""
    before = dict(served.data)
    empty = cloud.add_home("empty").tokens[0]
    dialog = await served.start_reauth_flow(hass)
    dialog = await submit(hass, dialog, token=empty)
    assert dialog["errors"] == {"base": "no_plants"}
    assert "doesn't list any plants" in await page_text(hass, dialog)
    assert served.data == before
