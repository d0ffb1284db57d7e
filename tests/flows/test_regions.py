"""Finding the server of an account: chosen, found by itself, or typed."""

import pytest

from custom_components.growatt_openapi.api import SERVERS, Region
from homeassistant.const import CONF_REGION, CONF_TOKEN, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from simulator import SimulatedClock, SimulatedCloud, serve

from .dialogs import add_account, page_text, submit, suggested

PUBLIC = [region.value for region in SERVERS]


@pytest.mark.parametrize("region", PUBLIC)
async def test_chosen(hass: HomeAssistant, cloud: SimulatedCloud, region: str) -> None:
    """Test that only the chosen region is asked where it knows the token."""
    cloud.region = region
    dialog = await add_account(hass, token=cloud.token, region=region)

    assert dialog["data"] == {
        CONF_TOKEN: cloud.token,
        CONF_REGION: region,
        CONF_URL: SERVERS[Region(region)],
    }
    assert {request.region for request in cloud.requests} == {region}


@pytest.mark.parametrize("region", PUBLIC)
async def test_found(hass: HomeAssistant, cloud: SimulatedCloud, region: str) -> None:
    """Test that each region is found, and only that one is asked from then on."""
    cloud.region = region
    dialog = await add_account(hass, token=cloud.token, region="auto")

    assert dialog["data"] == {
        CONF_TOKEN: cloud.token,
        CONF_REGION: region,
        CONF_URL: SERVERS[Region(region)],
    }
    elsewhere = [item.path for item in cloud.requests if item.region != region]
    assert elsewhere == ["plant/list"] * 3


async def test_found_although_others_are_silent(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    nobody: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Test that servers that cannot be reached do not stand in the way."""
    monkeypatch.setitem(SERVERS, Region.CHINA, nobody)
    monkeypatch.setitem(SERVERS, Region.NORTH_AMERICA, nobody)
    dialog = await add_account(hass, token=cloud.token, region="auto")

    assert dialog["data"][CONF_REGION] == "global"


@pytest.mark.parametrize("region", PUBLIC)
async def test_not_found_while_one_is_silent(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    nobody: str,
    monkeypatch: pytest.MonkeyPatch,
    region: str,
) -> None:
    """Test that a token is not called unknown while a server could not be asked."""
    cloud.region = region
    home = SERVERS[Region(region)]
    monkeypatch.setitem(SERVERS, Region(region), nobody)
    dialog = await add_account(hass, token=cloud.token, region="auto")

    assert dialog["errors"] == {"base": "cannot_connect"}

    monkeypatch.setitem(SERVERS, Region(region), home)
    dialog = await submit(hass, dialog, **suggested(dialog))
    assert dialog["data"][CONF_REGION] == region


async def test_not_found_where_one_is_retired(
    hass: HomeAssistant, cloud: SimulatedCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Test that a retired server says less than the ones that refuse the token."""
    async with serve(cloud, region="old") as retired:
        monkeypatch.setitem(SERVERS, Region.CHINA, retired)
        dialog = await add_account(hass, token="0" * 32, region="auto")

        assert dialog["errors"] == {"base": "invalid_auth"}
        dialog = await submit(hass, dialog, token=cloud.token, region="auto")
        assert dialog["data"][CONF_REGION] == "global"


async def test_a_foreign_server_may_show_nothing(
    hass: HomeAssistant, cloud: SimulatedCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Test that the server that shows plants is the right one."""
    foreign = SimulatedCloud(home="empty", clock=SimulatedClock(cloud.clock.now))
    foreign.accounts[0].tokens[:] = [cloud.token]
    async with serve(foreign) as address:
        # Asked before the right one.
        right = SERVERS[Region.GLOBAL]
        monkeypatch.setitem(SERVERS, Region.AUSTRALIA_NEW_ZEALAND, right)
        monkeypatch.setitem(SERVERS, Region.GLOBAL, address)
        dialog = await add_account(hass, token=cloud.token, region="auto")

    assert foreign.requests
    assert dialog["data"][CONF_REGION] == "australia_new_zealand"


async def test_wrong_region(hass: HomeAssistant, cloud: SimulatedCloud) -> None:
    """Test that the right region is selected for the next try."""
    dialog = await add_account(hass, token=cloud.token, region="china")

    assert dialog["errors"] == {"base": "wrong_region"}
    assert "submit again" in await page_text(hass, dialog)
    assert suggested(dialog) == {CONF_TOKEN: cloud.token, CONF_REGION: "global"}

    dialog = await submit(hass, dialog, **suggested(dialog))
    assert dialog["data"][CONF_REGION] == "global"


async def test_retired_but_known_elsewhere(
    hass: HomeAssistant, cloud: SimulatedCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Test that the region that took over is named."""
    async with serve(cloud, region="old") as retired:
        monkeypatch.setitem(SERVERS, Region.CHINA, retired)
        dialog = await add_account(hass, token=cloud.token, region="china")

        assert dialog["errors"] == {"base": "wrong_region"}
        dialog = await submit(hass, dialog, **suggested(dialog))
        assert dialog["data"][CONF_REGION] == "global"


async def test_retired(
    hass: HomeAssistant, cloud: SimulatedCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Test that a retired server is called so where no other knows the token."""
    async with serve(cloud, region="old") as retired:
        monkeypatch.setitem(SERVERS, Region.CHINA, retired)
        dialog = await add_account(hass, token="0" * 32, region="china")

        assert dialog["errors"] == {"base": "address_retired"}
        assert "retired" in await page_text(hass, dialog)
        dialog = await submit(hass, dialog, token=cloud.token, region="global")
        assert dialog["data"][CONF_REGION] == "global"


async def test_other_server(
    hass: HomeAssistant, cloud: SimulatedCloud, url: str
) -> None:
    """Test that an address may be typed, in any way that is clear."""
    dialog = await add_account(hass, token=cloud.token, region="other")
    assert dialog["step_id"] == "server"
    assert suggested(dialog) == {}
    assert "`http`" in await page_text(hass, dialog)

    dialog = await submit(hass, dialog, url=f" {url}/v1/plant/list ")
    assert dialog["title"] == "Growatt"
    assert dialog["data"] == {
        CONF_TOKEN: cloud.token,
        CONF_REGION: "other",
        CONF_URL: url,
    }


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "not an address",
        "https://",
        "ftp://openapi.example.com",
        "http://openapi.example.com",
        "http://8.8.8.8",
        "https://me:secret@openapi.example.com",
        "https://openapi.example.com:99999",
        "https://[::1",
    ],
)
async def test_invalid_url(
    hass: HomeAssistant, cloud: SimulatedCloud, url: str, typed: str
) -> None:
    """Test that no token is sent where it could be read, or to nowhere."""
    dialog = await add_account(hass, token=cloud.token, region="other")
    dialog = await submit(hass, dialog, url=typed)

    assert dialog["step_id"] == "server"
    assert dialog["errors"] == {"base": "invalid_url"}
    assert "own network" in await page_text(hass, dialog)
    assert suggested(dialog) == {CONF_URL: typed}
    assert not cloud.requests

    dialog = await submit(hass, dialog, url=url)
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


async def test_other_server_is_silent(
    hass: HomeAssistant, cloud: SimulatedCloud, url: str, nobody: str
) -> None:
    """Test that a typed address can be corrected."""
    dialog = await add_account(hass, token=cloud.token, region="other")
    dialog = await submit(hass, dialog, url=nobody)

    assert dialog["step_id"] == "server"
    assert dialog["errors"] == {"base": "cannot_connect"}
    assert suggested(dialog) == {CONF_URL: nobody}

    dialog = await submit(hass, dialog, url=url)
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


async def test_other_server_but_a_public_token(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that the dialog leads back to the region where the account lives."""
    async with serve(cloud, region="elsewhere") as elsewhere:
        dialog = await add_account(hass, token=cloud.token, region="other")
        dialog = await submit(hass, dialog, url=elsewhere)

        assert dialog["step_id"] == "user"
        assert dialog["errors"] == {"base": "wrong_region"}
        assert suggested(dialog) == {CONF_TOKEN: cloud.token, CONF_REGION: "global"}

        dialog = await submit(hass, dialog, **suggested(dialog))
        assert dialog["data"][CONF_REGION] == "global"


async def test_other_server_does_not_know_the_token(
    hass: HomeAssistant, cloud: SimulatedCloud, url: str
) -> None:
    """Test that the token can be corrected, and the address need not be typed again."""
    dialog = await add_account(hass, token="0" * 32, region="other")
    dialog = await submit(hass, dialog, url=url)

    assert dialog["step_id"] == "user"
    assert dialog["errors"] == {"base": "invalid_auth"}
    assert suggested(dialog) == {CONF_TOKEN: "0" * 32, CONF_REGION: "other"}

    dialog = await submit(hass, dialog, token=cloud.token, region="other")
    assert dialog["step_id"] == "server"
    assert suggested(dialog) == {CONF_URL: url}
    dialog = await submit(hass, dialog, **suggested(dialog))
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
