"""A restart: nothing is asked that need not be, and nothing is forgotten."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
import json
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    CONF_TOKEN,
    EVENT_HOMEASSISTANT_FINAL_WRITE,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import HomeAssistant
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf, asked, forget_clients

type Storage = dict[str, Any]
type Restart = Callable[[timedelta], Awaitable[None]]

ROUND = timedelta(minutes=5, seconds=6)
MINUTE = timedelta(minutes=1)
HOURS_8 = timedelta(hours=8)
DAYS_2 = timedelta(days=2)


@pytest.fixture
def restart(
    hass: HomeAssistant,
    hass_storage: Storage,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    freezer: Any,
) -> Restart:
    """Return a function that ends Home Assistant, and starts it some time later."""

    async def restarted(later: timedelta) -> None:
        hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
        await hass.async_block_till_done(wait_background_tasks=True)
        await hass.config_entries.async_unload(loaded.entry_id)
        forget_clients(hass)
        freezer.tick(later)
        cloud.requests.clear()
        await hass.config_entries.async_setup(loaded.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)

    return restarted


def stored(hass_storage: Storage, entry: MockConfigEntry) -> Any:
    """Return the file of an entry."""
    return hass_storage[f"{DOMAIN}.{entry.entry_id}"]


@pytest.mark.parametrize("home", ["villa", "duo", "all"])
async def test_restart_within_five_minutes(
    hass: HomeAssistant, cloud: SimulatedCloud, restart: Restart
) -> None:
    """Test that not one request is made, and that all is as before."""
    before = {one.entity_id: one.state for one in hass.states.async_all()}
    await restart(MINUTE / 2)
    assert asked(cloud) == []
    assert {one.entity_id: one.state for one in hass.states.async_all()} == before


async def test_restart_after_hours(
    cloud: SimulatedCloud, restart: Restart, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that after hours everything is asked for once, and soon right.

    So much at once is more than a counter that is new is known to bring; the next
    upload proves it.
    """
    await restart(HOURS_8)
    assert "new-api/queryLastData" in asked(cloud)
    assert {request.code for request in cloud.requests} <= {0, 200, None}
    assert len(set(asked(cloud))) == len(asked(cloud))
    serial = cloud.devices[0].serial
    for _ in range(2):
        await time_passes(ROUND)
    state = state_of(serial, "energy_total")
    assert float(state.state) == cloud.truth()[serial]["energy_total"]


async def test_states_are_there_before_the_cloud_is(
    cloud: SimulatedCloud, restart: Restart, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that counters are there although the cloud is away, and old by their time.

    What is measured from moment to moment is not known; all comes back by itself.
    """
    serial = cloud.devices[0].serial
    before = cloud.truth()[serial]
    cloud.faults.add("http", status=500)
    await restart(timedelta(hours=2))
    assert float(state_of(serial, "energy_total").state) == before["energy_total"]
    updated = before["last_update"].isoformat()
    assert state_of(serial, "last_update").state == updated
    assert state_of(serial, "online", "binary_sensor").state == STATE_OFF
    assert state_of(serial, "ac_power").state == STATE_UNKNOWN

    cloud.faults.clear()
    for _ in range(3):
        await time_passes(ROUND * 2)
    assert state_of(serial, "online", "binary_sensor").state == STATE_ON
    truth = cloud.truth()[serial]
    assert float(state_of(serial, "ac_power").state) == truth["ac_power"]


async def test_answers_that_stay_away(
    cloud: SimulatedCloud, restart: Restart, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that what is remembered is not shown for longer than other old values."""
    cloud.faults.add("http", status=500)
    await restart(timedelta(hours=2))
    for _ in range(8):
        await time_passes(ROUND)
    assert state_of(cloud.devices[0].serial, "energy_total").state == STATE_UNAVAILABLE


async def test_a_day_later(
    cloud: SimulatedCloud, restart: Restart, loaded: MockConfigEntry
) -> None:
    """Test that an old memory is of no use any more."""
    cloud.faults.add("http", status=500)
    await restart(DAYS_2)
    assert loaded.state is ConfigEntryState.SETUP_RETRY


async def test_refusal_is_remembered(
    cloud: SimulatedCloud, restart: Restart, time_passes: Pass
) -> None:
    """Test that a question that was asked too often still rests after a restart."""
    cloud.faults.add("code", code=102, path="new-api/queryLastData", times=1)
    await time_passes(ROUND)
    await restart(MINUTE)
    assert "new-api/queryLastData" not in asked(cloud)


async def test_token_of_before(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    restart: Restart,
) -> None:
    """Test that a new token starts with a memory of its own."""
    data = {**loaded.data, CONF_TOKEN: cloud.accounts[0].add_token()}
    hass.config_entries.async_update_entry(loaded, data=data)
    await restart(MINUTE)
    assert "plant/list" in asked(cloud)


def remembering(name: str, row: Any) -> Callable[[Any], None]:
    """Return what adds a row to the memory in a file."""

    def changed(file: Any) -> None:
        file["data"]["memory"].append(json.dumps([name, row]))

    return changed


@pytest.mark.parametrize(
    "change",
    [
        remembering("answers", "odd"),
        remembering("answers", [["path", {}], "odd", {}]),
        remembering("holds", ["odd", 1]),
        remembering("asked", [["path", []], [1]]),
        remembering("refusals", None),
        remembering("sent", [1]),
        remembering("began", []),
        remembering("readings", ["no family", "serial", 0, 1]),
        remembering("details", ["min", "serial", "odd", 1]),
        lambda file: file["data"]["memory"].append("{"),
        lambda file: file["data"].update(memory="[]"),
        lambda file: file["data"].update(memory=7),
        lambda file: file["data"].pop("memory"),
        lambda file: file.update(data=[1]),
        lambda file: file.update(data=None),
        lambda file: file.update(version=99),
        lambda file: file.update(version=0),
    ],
)
async def test_file_that_makes_no_sense(
    hass: HomeAssistant,
    hass_storage: Storage,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    freezer: Any,
    change: Callable[[Any], Any],
) -> None:
    """Test that a file that is odd, older or newer is as good as none."""
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done(wait_background_tasks=True)
    await hass.config_entries.async_unload(loaded.entry_id)
    forget_clients(hass)
    change(stored(hass_storage, loaded))
    freezer.tick(HOURS_8)
    cloud.requests.clear()
    await hass.config_entries.async_setup(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert loaded.state is ConfigEntryState.LOADED
    assert "plant/list" in asked(cloud)


async def test_file_keeps_no_token(
    hass: HomeAssistant,
    hass_storage: Storage,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
) -> None:
    """Test that the token is not in the file, and the file goes with the entry."""
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert cloud.token not in str(stored(hass_storage, loaded))
    await hass.config_entries.async_remove(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert f"{DOMAIN}.{loaded.entry_id}" not in hass_storage


async def test_file_does_not_come_back(
    hass: HomeAssistant, hass_storage: Storage, loaded: MockConfigEntry
) -> None:
    """Test that nothing that waited to be saved is, once the entry is removed."""
    await hass.config_entries.async_remove(loaded.entry_id)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert f"{DOMAIN}.{loaded.entry_id}" not in hass_storage
