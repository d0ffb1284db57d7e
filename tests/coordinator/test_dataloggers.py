"""Data loggers: how they reach Growatt, and how well."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf, asked

HOUR = timedelta(hours=1, seconds=1)
QUESTION = "new-api/getWiFiSignalByDevice"


@pytest.fixture
async def turned_on(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    entity_registry: er.EntityRegistry,
) -> None:
    """Turn on what is off from the start."""
    for entity in er.async_entries_for_config_entry(entity_registry, loaded.entry_id):
        if entity.unique_id.endswith(("_network", "_signal_strength")):
            assert entity.disabled_by is er.RegistryEntryDisabler.INTEGRATION
            entity_registry.async_update_entity(entity.entity_id, disabled_by=None)
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.mark.usefixtures("turned_on")
async def test_network_and_signal(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that network and signal can be seen, and that the signal is followed."""
    logger = cloud.loggers[0]
    network = state_of(logger.serial, "network")
    assert network is not None
    assert network.state == "wifi"
    signal = state_of(logger.serial, "signal_strength")
    assert signal is not None
    assert float(signal.state) == logger.signal
    assert signal.attributes["unit_of_measurement"] == "dBm"

    cloud.requests.clear()
    await time_passes(HOUR)
    assert asked(cloud).count(QUESTION) == len(cloud.loggers)


async def test_nobody_looks(
    cloud: SimulatedCloud, loaded: MockConfigEntry, time_passes: Pass
) -> None:
    """Test that a signal is asked for once, and not again while it is turned off."""
    assert asked(cloud).count(QUESTION) == len(cloud.loggers)
    await time_passes(HOUR)
    assert asked(cloud).count(QUESTION) == len(cloud.loggers)


async def test_no_wifi(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    entity_registry: er.EntityRegistry,
) -> None:
    """Test that a data logger on a cable is not asked for its Wi-Fi."""
    cloud.loggers[0].network = "LAN"
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert QUESTION not in asked(cloud)
    unique_id = f"{cloud.loggers[0].serial}_signal_strength"
    assert entity_registry.async_get_entity_id("sensor", DOMAIN, unique_id) is None


@pytest.mark.parametrize(
    ("kind", "options", "times"),
    [
        ("code", {"code": 12}, 1),
        ("code", {"code": 102}, 2),
        ("http", {"status": 500}, 2),
    ],
)
async def test_no_answer(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    time_passes: Pass,
    kind: str,
    options: dict[str, Any],
    times: int,
) -> None:
    """Test that a refusal is believed, and that after trouble it is asked again."""
    cloud.faults.add(kind, path=QUESTION, times=1, **options)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert asked(cloud).count(QUESTION) == 1
    await time_passes(HOUR)
    assert asked(cloud).count(QUESTION) == times


@pytest.mark.usefixtures("turned_on")
async def test_offline(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that the last signal of a data logger that is offline is no signal."""
    logger = cloud.loggers[0]
    cloud.freeze(logger.serial)
    await time_passes(HOUR)
    signal = state_of(logger.serial, "signal_strength")
    assert signal is not None
    assert signal.state == STATE_UNKNOWN
