"""Another token, region or server for an account that is set up."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.api import SERVERS, Region
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_REGION, CONF_TOKEN, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from simulator import SimulatedCloud, serve

from .dialogs import end_text, page_text, submit, suggested


@pytest.mark.parametrize("answer", [{}, {"token": ""}], ids=["absent", "empty"])
@pytest.mark.parametrize("region", ["global", "auto"])
async def test_token_stays(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    region: str,
    answer: dict[str, str],
) -> None:
    """Test that the token is kept where none is typed, and never shown."""
    dialog = await loaded.start_reconfigure_flow(hass)
    assert dialog["step_id"] == "reconfigure"
    assert "Leave empty to keep" in await page_text(hass, dialog)
    assert suggested(dialog) == {CONF_REGION: "other"}

    dialog = await submit(hass, dialog, region=region, **answer)

    assert dialog["type"] is FlowResultType.ABORT
    assert dialog["reason"] == "reconfigure_successful"
    assert await end_text(hass, dialog)
    assert loaded.data == {
        CONF_TOKEN: cloud.token,
        CONF_REGION: "global",
        CONF_URL: SERVERS[Region.GLOBAL],
    }
    assert loaded.state is ConfigEntryState.LOADED


async def test_token_that_stays_is_not_shown_after_an_error(
    hass: HomeAssistant, cloud: SimulatedCloud, loaded: MockConfigEntry
) -> None:
    """Test that a wrong region brings the right one to the form, but not the token."""
    dialog = await loaded.start_reconfigure_flow(hass)
    dialog = await submit(hass, dialog, region="china")

    assert dialog["errors"] == {"base": "wrong_region"}
    assert suggested(dialog) == {CONF_REGION: "global"}

    dialog = await submit(hass, dialog, **suggested(dialog))
    assert dialog["reason"] == "reconfigure_successful"
    assert loaded.data[CONF_TOKEN] == cloud.token


async def test_new_token_survives_an_error(
    hass: HomeAssistant, cloud: SimulatedCloud, loaded: MockConfigEntry
) -> None:
    """Test that a token just typed is not dropped for the old one on the next try."""
    further = cloud.accounts[0].add_token()
    dialog = await loaded.start_reconfigure_flow(hass)
    dialog = await submit(hass, dialog, token=further, region="china")

    assert dialog["errors"] == {"base": "wrong_region"}
    assert suggested(dialog) == {CONF_TOKEN: further, CONF_REGION: "global"}

    dialog = await submit(hass, dialog, **suggested(dialog))
    assert dialog["reason"] == "reconfigure_successful"
    assert loaded.data[CONF_TOKEN] == further
    assert loaded.data[CONF_REGION] == "global"


@pytest.mark.parametrize(
    ("typed", "error"), [("0" * 33, "token_length"), ("0" * 32, "invalid_auth")]
)
async def test_refused_token(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    typed: str,
    error: str,
) -> None:
    """Test that a wrong token changes nothing, and can be corrected."""
    before = dict(loaded.data)
    dialog = await loaded.start_reconfigure_flow(hass)
    dialog = await submit(hass, dialog, token=typed, region="global")

    assert dialog["step_id"] == "reconfigure"
    assert dialog["errors"] == {"base": error}
    assert await page_text(hass, dialog)
    assert loaded.data == before

    dialog = await submit(hass, dialog, region="global")
    assert dialog["reason"] == "reconfigure_successful"
    assert loaded.data[CONF_TOKEN] == cloud.token


async def test_another_server(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    url: str,
    nobody: str,
    loaded: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Test that the address of an own server can be changed."""
    freezer.tick(timedelta(minutes=5, seconds=1))
    async with serve(cloud) as second:
        dialog = await loaded.start_reconfigure_flow(hass)
        dialog = await submit(hass, dialog, region="other")
        assert dialog["step_id"] == "server"
        assert suggested(dialog) == {CONF_URL: url}

        dialog = await submit(hass, dialog, url=nobody)
        assert dialog["errors"] == {"base": "cannot_connect"}
        assert loaded.data[CONF_URL] == url

        dialog = await submit(hass, dialog, url=second)
        assert dialog["reason"] == "reconfigure_successful"
        assert loaded.data == {
            CONF_TOKEN: cloud.token,
            CONF_REGION: "other",
            CONF_URL: second,
        }
        assert loaded.state is ConfigEntryState.LOADED


async def test_from_public_to_own_server(
    hass: HomeAssistant, cloud: SimulatedCloud, url: str, loaded: MockConfigEntry
) -> None:
    """Test that a public address is not offered as that of an own server."""
    hass.config_entries.async_update_entry(
        loaded, data={**loaded.data, CONF_REGION: "global"}
    )
    dialog = await loaded.start_reconfigure_flow(hass)
    dialog = await submit(hass, dialog, region="other")
    assert suggested(dialog) == {}

    dialog = await submit(hass, dialog, url=url)
    assert dialog["reason"] == "reconfigure_successful"
    assert loaded.data[CONF_REGION] == "other"


async def test_own_server_but_a_public_token(
    hass: HomeAssistant, cloud: SimulatedCloud, loaded: MockConfigEntry
) -> None:
    """Test that the dialog leads back to the region where the account lives."""
    async with serve(cloud, region="elsewhere") as elsewhere:
        dialog = await loaded.start_reconfigure_flow(hass)
        dialog = await submit(hass, dialog, region="other")
        dialog = await submit(hass, dialog, url=elsewhere)

        assert dialog["step_id"] == "reconfigure"
        assert dialog["errors"] == {"base": "wrong_region"}
        assert suggested(dialog) == {CONF_REGION: "global"}

        dialog = await submit(hass, dialog, **suggested(dialog))
        assert dialog["reason"] == "reconfigure_successful"


async def test_another_account(
    hass: HomeAssistant, cloud: SimulatedCloud, loaded: MockConfigEntry
) -> None:
    """Test that an entry never turns into that of another account."""
    before = dict(loaded.data)
    stranger = cloud.add_home("villa")
    dialog = await loaded.start_reconfigure_flow(hass)
    dialog = await submit(hass, dialog, token=stranger.token, region="auto")

    assert dialog["type"] is FlowResultType.ABORT
    assert dialog["reason"] == "wrong_account"
    assert "another account" in await end_text(hass, dialog)
    assert loaded.data == before
    assert loaded.state is ConfigEntryState.LOADED
