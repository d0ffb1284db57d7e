"""Trouble at Growatt: what entities show, what is asked, and that it heals."""

from asyncio import sleep
from datetime import timedelta
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from simulator import SimulatedCloud

from .conftest import Pass, StateOf, asked

ROUND = timedelta(minutes=5, seconds=6)
HALF_HOUR = timedelta(minutes=31)

TROUBLE = [
    ("http", {"status": 500}),
    ("http", {"status": 502}),
    ("html", {}),
    ("truncated", {}),
    ("close", {}),
    ("no_data", {}),
    ("nan", {}),
    ("code", {"code": 10001}),
    ("code", {"code": 10012}),
]


def reauth_flows(hass: HomeAssistant) -> list[str]:
    """Return the reasons of the flows that ask for a new token."""
    return [
        flow["handler"]
        for flow in hass.config_entries.flow.async_progress()
        if flow["context"]["source"] == SOURCE_REAUTH
    ]


def logged(caplog: pytest.LogCaptureFixture, text: str) -> list[str]:
    """Return the levels at which a text was logged for a user to read."""
    return [
        record.levelname
        for record in caplog.records
        if text in record.message and record.levelno >= logging.INFO
    ]


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


@pytest.mark.parametrize(("kind", "options"), TROUBLE)
async def test_trouble_while_running(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    state_of: StateOf,
    time_passes: Pass,
    caplog: pytest.LogCaptureFixture,
    kind: str,
    options: dict[str, Any],
) -> None:
    """Test that values stay for half an hour, then go, and come back by themselves."""
    serial = cloud.devices[0].serial
    await time_passes(ROUND)
    before = state_of(serial, "ac_power").state
    caplog.clear()

    cloud.faults.add(kind, **options)
    for _ in range(3):
        await time_passes(ROUND)
    assert state_of(serial, "ac_power").state == before
    assert "Error" not in caplog.text
    for _ in range(6):
        await time_passes(HALF_HOUR)
    assert state_of(serial, "ac_power").state == STATE_UNAVAILABLE
    assert logged(caplog, "growatt_openapi min data") == ["ERROR"]

    cloud.faults.clear()
    for _ in range(4):
        await time_passes(HALF_HOUR)
    assert float(state_of(serial, "ac_power").state) >= 0
    assert logged(caplog, "growatt_openapi min data") == ["ERROR", "INFO"]
    assert reauth_flows(hass) == []


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


@pytest.mark.usefixtures("loaded")
async def test_failures_are_followed_by_growing_pauses(
    cloud: SimulatedCloud, time_passes: Pass
) -> None:
    """Test that a server in trouble is asked less and less often."""
    cloud.faults.add("http", status=502, path="plant/data")
    cloud.requests.clear()
    for _ in range(24):
        await time_passes(ROUND)
    assert 4 <= asked(cloud).count("plant/data") <= 7


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


@pytest.mark.usefixtures("loaded")
async def test_token_replaced_while_running(
    hass: HomeAssistant, cloud: SimulatedCloud, time_passes: Pass
) -> None:
    """Test that a token that was replaced is noticed within minutes, not hours."""
    cloud.accounts[0].renew_token()
    for _ in range(4):
        await time_passes(ROUND)
    assert len(reauth_flows(hass)) == 1


@pytest.mark.parametrize("home", ["duo"])
@pytest.mark.usefixtures("loaded")
async def test_one_device_refused(
    hass: HomeAssistant, cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that a device Growatt refuses goes alone, and comes back when granted."""
    refused, *others = cloud.devices[1:]
    refused.v4_refused = True
    cloud.faults.add("code", code=10011, path="device/tlx", serial=refused.serial)
    for _ in range(3):
        await time_passes(ROUND)
    assert state_of(refused.serial, "ac_power").state == STATE_UNAVAILABLE
    assert {float(state_of(one.serial, "ac_power").state) > 0 for one in others} == {
        True
    }
    assert reauth_flows(hass) == []

    refused.v4_refused = False
    cloud.faults.clear()
    for _ in range(14):
        await time_passes(ROUND)
    assert float(state_of(refused.serial, "ac_power").state) > 0


@pytest.mark.parametrize("home", ["duo"])
@pytest.mark.usefixtures("loaded")
async def test_one_plant_in_trouble(
    hass: HomeAssistant, cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that a plant Growatt refuses goes alone; one in trouble stays a while."""
    one, other = (str(plant.plant_id) for plant in cloud.plants)
    cloud.faults.add("http", status=500, path="plant/data", serial=one, times=1)
    await time_passes(ROUND)
    assert float(state_of(one, "power").state) > 0

    cloud.faults.add("code", code=10002, path="plant/data", serial=one)
    await time_passes(ROUND)
    assert state_of(one, "power").state == STATE_UNAVAILABLE
    assert float(state_of(other, "power").state) > 0

    cloud.faults.clear()
    await time_passes(ROUND)
    assert float(state_of(one, "power").state) > 0
    assert reauth_flows(hass) == []


@pytest.mark.usefixtures("loaded")
async def test_one_missing_reading(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that a device left out of one answer keeps its values."""
    serial = cloud.devices[0].serial
    cloud.faults.add("missing", serial=serial)
    cloud.faults.add("no_data", path="device/tlx/tlx_last_data")
    for _ in range(3):
        await time_passes(ROUND)
    assert float(state_of(serial, "ac_power").state) > 0

    for _ in range(6):
        await time_passes(ROUND)
    assert state_of(serial, "ac_power").state == STATE_UNAVAILABLE

    cloud.faults.clear()
    await time_passes(ROUND)
    assert float(state_of(serial, "ac_power").state) > 0


async def test_plant_refused_in_the_inventory(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that refused lists take nothing away."""
    serial = cloud.devices[0].serial
    cloud.faults.add("code", code=10011, path="device/list")
    cloud.faults.add("code", code=10011, path="device/datalogger/list")
    for _ in range(5):
        await time_passes(timedelta(hours=1, seconds=1))
    assert serial in loaded.runtime_data.inventory.data.devices
    assert float(state_of(serial, "energy_total").state) > 0
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
    for _ in range(3):
        await time_passes(ROUND)
    assert entry.state is ConfigEntryState.LOADED


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


async def test_clock_of_the_plant(
    cloud: SimulatedCloud, loaded: MockConfigEntry, state_of: StateOf
) -> None:
    """Test that the last update is a true instant, whatever the plant's zone."""
    serial = cloud.devices[0].serial
    truth = cloud.truth()[serial]["last_update"]
    assert state_of(serial, "last_update").state == truth.isoformat()
