"""Leaving plants out later, and bringing them back."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import CONF_EXCLUDED_PLANTS
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from simulator import SimulatedCloud

from ..conftest import StateOf
from .dialogs import end_text, open_options, page_text, submit_options


async def _choose(
    hass: HomeAssistant, dialog: ConfigFlowResult, *plant_ids: str
) -> ConfigFlowResult:
    """Submit the plants to take, and wait for what comes of it."""
    return await submit_options(hass, dialog, plants=list(plant_ids))


@pytest.mark.parametrize("home", ["duo"])
async def test_out_and_back(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    state_of: StateOf,
) -> None:
    """Test that a plant can leave and return, without asking anything too often."""
    barn, terrace = (str(plant.plant_id) for plant in cloud.plants)
    inverter = cloud.plants[0].devices[0].serial
    dialog = await open_options(hass, loaded, "plants")
    assert "devices are removed" in await page_text(hass, dialog, "options")
    assert dialog["data_schema"]({}) == {"plants": [barn, terrace]}

    dialog = await _choose(hass, dialog, terrace)
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert loaded.options == {CONF_EXCLUDED_PLANTS: [barn]}
    assert loaded.state is ConfigEntryState.LOADED
    assert state_of(inverter, "ac_power") is None

    dialog = await open_options(hass, loaded, "plants")
    assert dialog["data_schema"]({}) == {"plants": [terrace]}
    await _choose(hass, dialog, barn, terrace)
    assert loaded.options == {CONF_EXCLUDED_PLANTS: []}
    back = state_of(inverter, "ac_power")
    assert back is not None
    assert float(back.state) == cloud.truth()[inverter]["ac_power"]
    assert {request.code for request in cloud.requests} == {0}


@pytest.mark.parametrize("home", ["duo"])
async def test_none_chosen(
    hass: HomeAssistant, cloud: SimulatedCloud, loaded: MockConfigEntry
) -> None:
    """Test that at least one plant is needed."""
    dialog = await open_options(hass, loaded, "plants")
    dialog = await _choose(hass, dialog)

    assert dialog["type"] is FlowResultType.FORM
    assert dialog["errors"] == {"base": "no_plants_chosen"}
    assert "Select at least one plant." in await page_text(hass, dialog, "options")
    assert loaded.options == {CONF_EXCLUDED_PLANTS: []}

    barn, terrace = (str(plant.plant_id) for plant in cloud.plants)
    dialog = await _choose(hass, dialog, barn)
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert loaded.options == {CONF_EXCLUDED_PLANTS: [terrace]}


async def test_not_loaded(
    hass: HomeAssistant, cloud: SimulatedCloud, entry: MockConfigEntry
) -> None:
    """Test that the dialog says why it cannot open, and opens once it can."""
    cloud.faults.add("close", path="plant/list")
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    dialog = await hass.config_entries.options.async_init(entry.entry_id)

    assert dialog["type"] is FlowResultType.ABORT
    assert dialog["reason"] == "not_loaded"
    assert "isn't loaded" in await end_text(hass, dialog, "options")

    cloud.faults.clear()
    await hass.config_entries.async_reload(entry.entry_id)
    dialog = await hass.config_entries.options.async_init(entry.entry_id)
    assert dialog["type"] is FlowResultType.MENU
