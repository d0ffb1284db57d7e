"""Errors of the config flow, each followed by the recovery."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from simulator import SimulatedCloud

from .dialogs import add_account, choose, page_text, submit, suggested

STRANGER = "a1B2c3D4" * 4


@pytest.mark.parametrize("region", ["auto", "global", "china"])
async def test_invalid_auth(
    hass: HomeAssistant, cloud: SimulatedCloud, region: str
) -> None:
    """Test that a token that nobody knows is called unknown."""
    dialog = await add_account(hass, token=STRANGER, region=region)

    assert dialog["errors"] == {"base": "invalid_auth"}
    assert "doesn't recognize this token" in await page_text(hass, dialog)
    assert suggested(dialog) == {"token": STRANGER, "region": region}

    dialog = await submit(hass, dialog, token=cloud.token, region="auto")
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("region", ["auto", "global"])
@pytest.mark.parametrize(
    ("fault", "options", "error", "words"),
    [
        ("close", {}, "cannot_connect", "Can't connect"),
        ("html", {}, "unexpected_answer", "plant/list"),
        ("http", {"status": 502}, "unexpected_answer", "code 502"),
        ("http", {"status": 403}, "unexpected_answer", "code 403"),
        ("truncated", {}, "unexpected_answer", "plant/list"),
        ("code", {"code": 10001}, "unexpected_answer", "code 10001"),
        ("code", {"code": 4711}, "unexpected_answer", "code 4711"),
        ("redirect", {"to": "http://127.0.0.2:1"}, "unexpected_answer", "code 302"),
    ],
)
async def test_trouble(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    region: str,
    freezer: FrozenDateTimeFactory,
    fault: str,
    options: dict[str, Any],
    error: str,
    words: str,
) -> None:
    """Test that what mostly passes is told, and that trying again helps."""
    cloud.faults.add(fault, path="plant/list", **options)
    dialog = await add_account(hass, token=cloud.token, region=region)

    assert dialog["errors"] == {"base": error}
    told = await page_text(hass, dialog)
    assert words in told
    assert cloud.token not in told

    cloud.faults.clear()
    freezer.tick(301)
    dialog = await submit(hass, dialog, **suggested(dialog))
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("fault", ["no_data", "count_mismatch"])
async def test_nothing_in_the_answer(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    freezer: FrozenDateTimeFactory,
    fault: str,
) -> None:
    """Test that an answer without its contents is not taken for an empty account."""
    cloud.faults.add(fault, path="plant/list")
    dialog = await add_account(hass, token=cloud.token, region="global")

    assert dialog["errors"] == {"base": "unexpected_answer"}
    assert "in a few minutes" in await page_text(hass, dialog)

    cloud.faults.clear()
    # Growatt gave an answer, so it would refuse the same question for now.
    freezer.tick(timedelta(minutes=5, seconds=1))
    dialog = await submit(hass, dialog, **suggested(dialog))
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert {request.code for request in cloud.requests} == {0}


@pytest.mark.parametrize("home", ["empty"])
async def test_no_plants(
    hass: HomeAssistant, cloud: SimulatedCloud, freezer: FrozenDateTimeFactory
) -> None:
    """Test that a token without plants is not taken, and what the owner can do."""
    dialog = await add_account(hass, token=cloud.token)

    assert dialog["step_id"] == "no_plants"
    told = await page_text(hass, dialog)
    for word in ("ShinePhone", "Use Status", "installer", "region", "whitelist"):
        assert word in told
    assert "five minutes" in told

    dialog = await choose(hass, dialog, "again")
    assert dialog["step_id"] == "no_plants"
    cloud.accounts[0].plants.extend(cloud.add_home("villa").plants)
    freezer.tick(timedelta(minutes=5, seconds=1))
    dialog = await choose(hass, dialog, "again")
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("home", ["empty"])
async def test_no_plants_and_another_token(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that the way back to the first page is open."""
    dialog = await add_account(hass, token=cloud.token, region="global")
    dialog = await choose(hass, dialog, "user")
    assert dialog["step_id"] == "user"
    other = cloud.add_home("villa").tokens[0]
    dialog = await submit(hass, dialog, token=other, region="global")
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


async def test_rate_limited(
    hass: HomeAssistant, cloud: SimulatedCloud, freezer: FrozenDateTimeFactory
) -> None:
    """Test that the time to try again is told, is kept to, and is right."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    cloud.faults.add("code", code=10012, path="plant/list", times=1)
    dialog = await add_account(hass, token=cloud.token, region="global")

    assert dialog["errors"] == {"base": "rate_limited"}
    assert "after 12:36" in await page_text(hass, dialog)
    assert len(cloud.requests) == 1

    freezer.tick(timedelta(minutes=2))
    dialog = await submit(hass, dialog, **suggested(dialog))
    assert "after 12:36" in await page_text(hass, dialog)
    assert len(cloud.requests) == 1

    freezer.tick(timedelta(minutes=4))
    dialog = await submit(hass, dialog, **suggested(dialog))
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("home", ["empty"])
async def test_asked_too_often_today(
    hass: HomeAssistant, cloud: SimulatedCloud, freezer: FrozenDateTimeFactory
) -> None:
    """Test that a wait until tomorrow says so."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    dialog = await add_account(hass, token=cloud.token, region="global")
    for _ in range(10):
        assert dialog["step_id"] == "no_plants"
        freezer.tick(timedelta(minutes=6))
        dialog = await choose(hass, dialog, "again")

    assert dialog["errors"] == {"base": "rate_limited"}
    assert "after 2026-06-16 12:31" in await page_text(hass, dialog)
    assert {request.code for request in cloud.requests} == {0}

    cloud.accounts[0].plants.extend(cloud.add_home("villa").plants)
    freezer.tick(timedelta(hours=23, minutes=1))
    dialog = await submit(hass, dialog, **suggested(dialog))
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


async def test_a_token_nobody_uses_is_forgotten(
    hass: HomeAssistant, cloud: SimulatedCloud, freezer: FrozenDateTimeFactory
) -> None:
    """Test that a wrong token stays in memory no longer than its pace matters."""
    wrong = "0" * 32
    await add_account(hass, token=wrong, region="global")
    known = hass.data["growatt_openapi_clients"]
    assert wrong in {token for _, token in known}

    freezer.tick(25 * 60 * 60)
    dialog = await add_account(hass, token=cloud.token, region="global")
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert {token for _, token in known} == {cloud.token}
