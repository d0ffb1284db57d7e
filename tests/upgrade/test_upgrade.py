"""An upgrade: an installation of an earlier version goes on, and loses nothing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.util.unit_conversion import EnergyConverter
from simulator import SimulatedCloud

from ..conftest import Pass, asked
from .conftest import Stored, write_all
from .recording import Recording

STEP = timedelta(seconds=10)
MINUTES_10 = 60
ROUND = timedelta(minutes=5, seconds=10)
HOUR = 12
LONG_ENOUGH = 18
"""Rounds after which a value that was held back for an hour is accepted."""
GOOD_CODES = {0, 200}

# What an owner has chosen or relies on, by the names in the files.
OF_ENTRY = (
    *("entry_id", "unique_id", "title", "data", "options", "version", "minor_version"),
    *("source", "disabled_by", "pref_disable_new_entities", "pref_disable_polling"),
)
OF_DEVICE = (
    *("id", "config_entry_id", "area_id", "disabled_by", "entry_type"),
    *("name_by_user", "manufacturer", "model", "model_id", "serial_number"),
    *("via_device_id", "configuration_url", "hw_version", "sw_version"),
)
OF_CHILD = ("id", "config_entry_id", "area_id", "disabled_by", "name_by_user")
OF_ENTITY = (
    *("id", "entity_id", "unique_id", "platform", "config_entry_id", "device_id"),
    *("area_id", "name", "icon", "disabled_by", "hidden_by", "translation_key"),
    *("entity_category", "device_class", "original_device_class", "options"),
    *("unit_of_measurement", "capabilities", "has_entity_name"),
)

type Row = dict[str, Any]


def chosen(row: Row, names: tuple[str, ...]) -> Row:
    """Return some fields of a row in a file."""
    return {name: row[name] for name in names}


def by_id(rows: list[Row], names: tuple[str, ...]) -> dict[str, Row]:
    """Return some fields of the rows in a file, and their identifiers if any."""
    return {
        row["id"]: chosen(row, names) | {"identifiers": row.get("identifiers")}
        for row in rows
    }


def counts(rows: list[Row]) -> dict[str, Row]:
    """Return what is stored of each counter, by entity id."""
    return {
        row["state"]["entity_id"]: row["extra_data"]["count"]
        for row in rows
        if row["extra_data"]
    }


def kwh(hass: HomeAssistant, entity_id: str) -> float | None:
    """Return the state of a counter in kWh, None where it is unknown."""
    state = hass.states.get(entity_id)
    assert state
    if state.state == STATE_UNKNOWN:
        return None
    unit = state.attributes["unit_of_measurement"]
    return round(EnergyConverter.convert(float(state.state), unit, "kWh"), 3)


def truths(
    cloud: SimulatedCloud, registry: er.EntityRegistry, entity_ids: list[str]
) -> Iterator[tuple[str, float]]:
    """Yield what counters have to be in kWh, as far as the house knows."""
    truth = cloud.truth()
    for entity_id in entity_ids:
        entry = registry.async_get(entity_id)
        assert entry
        things = [one for one in truth if entry.unique_id.startswith(f"{one}_")]
        for thing in things:
            key = entry.unique_id.removeprefix(f"{thing}_")
            if key in truth[thing]:
                yield entity_id, truth[thing][key]


async def test_account_is_loaded(
    hass: HomeAssistant,
    upgraded: ConfigEntry,
    before: Stored,
    stored: Stored,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Test that the account is the same, with its options, and nothing complains."""
    assert upgraded.state is ConfigEntryState.LOADED
    assert not [one for one in caplog.records if one.levelname in {"WARNING", "ERROR"}]
    await write_all(hass)
    entries = {
        when: [chosen(row, OF_ENTRY) for row in files("core.config_entries")["entries"]]
        for when, files in (("before", before), ("after", stored))
    }
    assert entries["after"] == entries["before"]


@pytest.mark.usefixtures("upgraded")
async def test_devices_are_the_same(
    hass: HomeAssistant, before: Stored, stored: Stored
) -> None:
    """Test that each device has its id, identifiers, name and area, and none is new."""
    await write_all(hass)
    old, new = before("core.device_registry"), stored("core.device_registry")
    assert by_id(new["devices"], OF_DEVICE) == by_id(old["devices"], OF_DEVICE)
    children = (*OF_CHILD, "parent_device_id")
    assert by_id(new["child_devices"], children) == by_id(
        old["child_devices"], children
    )
    assert by_id(new["deleted_devices"], ("id",)) == by_id(
        old["deleted_devices"], ("id",)
    )


@pytest.mark.usefixtures("upgraded")
async def test_entities_are_the_same(
    hass: HomeAssistant, before: Stored, stored: Stored, time_passes: Pass
) -> None:
    """Test that each entity is as its owner left it, and none is new after an hour."""
    for _ in range(HOUR):
        await time_passes(ROUND)
    await write_all(hass)
    old, new = before("core.entity_registry"), stored("core.entity_registry")
    assert by_id(new["entities"], OF_ENTITY) == by_id(old["entities"], OF_ENTITY)
    deleted = ("id", "entity_id", "unique_id")
    assert by_id(new["deleted_entities"], deleted) == by_id(
        old["deleted_entities"], deleted
    )


@pytest.mark.usefixtures("upgraded")
async def test_states_are_there_at_once(
    hass: HomeAssistant, cloud: SimulatedCloud, recording: Recording
) -> None:
    """Test that all is shown as before, and that no request is refused."""
    assert {request.code for request in cloud.requests} <= GOOD_CODES
    states = {state.entity_id: state.state for state in hass.states.async_all()}
    assert states.keys() == recording.states.keys()
    empty = {STATE_UNKNOWN, STATE_UNAVAILABLE}
    lost = {
        entity_id
        for entity_id, state in recording.states.items()
        if state not in empty and states[entity_id] in empty
    }
    assert lost == set()


@pytest.mark.usefixtures("upgraded")
async def test_what_is_stored_of_counters_is_kept(
    hass: HomeAssistant, before: Stored, stored: Stored
) -> None:
    """Test that doubts, offsets and what is hidden are stored again as they were.

    What was uploaded meanwhile may only raise a counter.
    """
    await write_all(hass)
    old, new = (counts(files("core.restore_state")) for files in (before, stored))
    assert new.keys() == old.keys()
    kept = {
        entity_id: count
        for entity_id, count in old.items()
        if new[entity_id]["wall"] == count["wall"]
    }
    assert {entity_id: new[entity_id] for entity_id in kept} == kept
    assert any(count["doubt"] or count["hidden"] for count in kept.values())
    fallen = [key for key in old if new[key]["shown"] < old[key]["shown"]]
    assert fallen == []


@pytest.mark.usefixtures("upgraded")
async def test_no_request_is_too_early(
    cloud: SimulatedCloud, recording: Recording, time_passes: Pass
) -> None:
    """Test that requests from before the upgrade count for Growatt's limits."""
    for _ in range(MINUTES_10):
        await time_passes(STEP)
    assert {request.code for request in cloud.requests} <= GOOD_CODES
    recent = recording.end - ROUND
    often = {sent.path for sent in recording.requests if sent.moment > recent}
    assert often <= set(asked(cloud))


@pytest.mark.usefixtures("upgraded")
async def test_counters_go_on(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    before: Stored,
    recording: Recording,
    entity_registry: er.EntityRegistry,
    time_passes: Pass,
) -> None:
    """Test that a doubt lasts as long as the fault, and each counter is right then."""
    stored = counts(before("core.restore_state"))
    old = {key: count for key, count in stored.items() if key in recording.states}
    hidden = [key for key, count in old.items() if count["hidden"]]
    shown = {key: count["shown"] for key, count in old.items() if key not in hidden}
    doubted = [key for key in shown if old[key]["doubt"]]
    for _ in range(2):
        await time_passes(ROUND)
    assert {hass.states.get(key).state for key in hidden} <= {STATE_UNKNOWN}
    assert {key: kwh(hass, key) for key in shown if kwh(hass, key) < shown[key]} == {}

    cloud.faults.clear()
    wrong = set(old)
    for _ in range(LONG_ENOUGH):
        await time_passes(ROUND)
        right = dict(truths(cloud, entity_registry, list(old)))
        wrong -= {
            key
            for key, value in right.items()
            if kwh(hass, key) == pytest.approx(value, abs=0.11)
        }
    assert {*hidden, *doubted} & right.keys()
    assert wrong & right.keys() == set()


@pytest.mark.usefixtures("upgraded")
async def test_repairs_stay_ignored(hass: HomeAssistant) -> None:
    """Test that no message comes back that its owner has ignored."""
    issues = ir.async_get(hass).issues
    assert {one.dismissed_version is None for one in issues.values()} <= {False}
