"""Trouble at set-up: nothing keeps an account out for longer than it lasts."""

from asyncio import sleep
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from simulator import SimulatedCloud

from .conftest import Pass, StateOf, asked
from .trouble import TROUBLE, reauth_flows

ROUND = timedelta(minutes=5, seconds=6)
HALF_HOUR = timedelta(minutes=31)


@pytest.mark.parametrize(("kind", "options"), TROUBLE)
async def test_trouble_at_set_up(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    time_passes: Pass,
    kind: str,
    options: dict[str, Any],
) -> None:
    """Test that set-up waits for Growatt and then works without anybody's help."""
    cloud.faults.add(kind, **options)
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert reauth_flows(hass) == []

    cloud.faults.clear()
    for _ in range(3):
        await time_passes(ROUND)
    assert entry.state is ConfigEntryState.LOADED


async def test_silence(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    time_passes: Pass,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Test that a server that never answers is given up after half a minute."""
    cloud.faults.add("silence", seconds=3600)
    setting_up = hass.async_create_task(hass.config_entries.async_setup(entry.entry_id))
    for _ in range(500):
        await sleep(0)
    freezer.tick(timedelta(seconds=31))
    async_fire_time_changed(hass)
    await setting_up
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert "cannot be reached" in entry.reason

    cloud.faults.clear()
    await time_passes(ROUND)
    assert entry.state is ConfigEntryState.LOADED


async def test_refused_token_at_set_up(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    time_passes: Pass,
) -> None:
    """Test that a token is asked for only after it was refused twice."""
    cloud.accounts[0].renew_token()
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    await time_passes(timedelta(seconds=11))
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert reauth_flows(hass) == []

    await time_passes(ROUND)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert len(reauth_flows(hass)) == 1


async def test_one_refusal_of_a_good_token(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    time_passes: Pass,
) -> None:
    """Test that a single refusal of a good token bothers nobody."""
    cloud.faults.add("code", code=10011, path="plant/list", times=1)
    await hass.config_entries.async_setup(entry.entry_id)
    await time_passes(ROUND)
    assert entry.state is ConfigEntryState.LOADED
    assert reauth_flows(hass) == []


@pytest.mark.parametrize("home", ["empty"])
async def test_no_plants(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    time_passes: Pass,
) -> None:
    """Test that an account without plants says so, and loads once it has one."""
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert "shows no plants" in entry.reason

    cloud.accounts[0].plants.extend(cloud.add_home("villa").plants)
    for _ in range(6):
        await time_passes(HALF_HOUR)
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("home", ["empty"])
async def test_no_plants_for_a_day(
    cloud: SimulatedCloud, loaded: MockConfigEntry, time_passes: Pass
) -> None:
    """Test that an account without plants does not use up the calls of the day."""
    for _ in range(150):
        await time_passes(timedelta(minutes=10, seconds=1))
    assert loaded.state is ConfigEntryState.SETUP_RETRY
    assert "shows no plants" in loaded.reason
    assert {request.code for request in cloud.requests} == {0}


async def test_no_network_for_a_day(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    time_passes: Pass,
) -> None:
    """Test that attempts that never reached Growatt are not held against it."""
    cloud.faults.add("close")
    await hass.config_entries.async_setup(entry.entry_id)
    for _ in range(40):
        await time_passes(timedelta(minutes=10, seconds=1))
    assert "cannot be reached" in entry.reason
    cloud.faults.clear()
    await time_passes(timedelta(minutes=10, seconds=1))
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("home", ["duo"])
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("device/datalogger/list", "code"),
        ("device/list", "count_mismatch"),
        ("new-api/queryDeviceInfo", "http"),
        ("plant/data", "html"),
    ],
)
async def test_one_question_fails_at_set_up(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    state_of: StateOf,
    path: str,
    kind: str,
) -> None:
    """Test that trouble with one question or plant keeps nothing else out."""
    options = {"code": 10001} if kind == "code" else {}
    plant = str(cloud.plants[0].plant_id)
    cloud.faults.add(kind, path=path, serial=plant if "list" in path else "", **options)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    last = cloud.devices[-1]
    assert float(state_of(last.serial, "ac_power").state) > 0


@pytest.mark.parametrize("home", ["duo"])
async def test_v4_not_permitted(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a token that may not use V4 costs no value, and V4 is left alone."""
    cloud.v4_allowed = False
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    truth = cloud.truth()
    for device in cloud.devices:
        state = state_of(device.serial, "ac_power")
        assert float(state.state) == truth[device.serial]["ac_power"]

    cloud.requests.clear()
    await time_passes(ROUND)
    assert sorted(asked(cloud)) == [
        "device/inverter/invs_data",
        "device/tlx/tlxs_data",
        "plant/data",
        "plant/data",
    ]
