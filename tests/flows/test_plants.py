"""Choosing plants, and plants or devices that another entry already serves."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import CONF_EXCLUDED_PLANTS
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf, device_of
from .dialogs import add_account, end_text, page_text, submit


def ids(plants: list) -> list[str]:
    """Return the ids of simulated plants the way a form has them."""
    return [str(plant.plant_id) for plant in plants]


@pytest.mark.parametrize("home", ["duo"])
async def test_some_left_out(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
) -> None:
    """Test that only what was chosen comes along, and is asked about."""
    barn, terrace = cloud.plants
    dialog = await add_account(hass, token=cloud.token)

    assert dialog["type"] is FlowResultType.FORM
    assert dialog["step_id"] == "plants"
    assert "in the options" in await page_text(hass, dialog)
    assert dialog["data_schema"]({}) == {"plants": ids(cloud.plants)}

    dialog = await submit(hass, dialog, plants=ids([terrace]))

    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    entry = dialog["result"]
    assert entry.state is ConfigEntryState.LOADED
    assert entry.options == {CONF_EXCLUDED_PLANTS: ids([barn])}
    assert device_of(device_registry, entry, terrace.plant_id)
    assert not device_of(device_registry, entry, barn.plant_id)
    assert all(state_of(device.serial, "ac_power") for device in terrace.devices)
    assert not any(state_of(device.serial, "ac_power") for device in barn.devices)
    asked = {request.params.get("plant_id") for request in cloud.requests}
    assert str(barn.plant_id) not in asked


@pytest.mark.parametrize("home", ["duo"])
async def test_none_chosen(hass: HomeAssistant, cloud: SimulatedCloud) -> None:
    """Test that at least one plant is needed."""
    dialog = await add_account(hass, token=cloud.token)
    dialog = await submit(hass, dialog, plants=[])

    assert dialog["errors"] == {"base": "no_plants_chosen"}
    assert "Select at least one plant." in await page_text(hass, dialog)
    assert dialog["data_schema"]({}) == {"plants": []}

    dialog = await submit(hass, dialog, plants=ids(cloud.plants))
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert dialog["options"] == {CONF_EXCLUDED_PLANTS: []}


@pytest.mark.usefixtures("loaded")
async def test_plant_is_served(
    hass: HomeAssistant, cloud: SimulatedCloud, state_of: StateOf
) -> None:
    """Test that a plant another entry serves is named, and can be left out."""
    duo = cloud.add_home("duo")
    token = cloud.installer_token(*cloud.accounts)
    dialog = await add_account(hass, token=token, region="global")
    dialog = await submit(hass, dialog, plants=ids(cloud.plants))

    assert dialog["errors"] == {"base": "already_served"}
    told = await page_text(hass, dialog)
    assert "Villa Sunshine" in told
    assert "Barn" not in told
    assert dialog["data_schema"]({}) == {"plants": ids(cloud.plants)}

    dialog = await submit(hass, dialog, plants=ids(duo.plants))
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert dialog["result"].state is ConfigEntryState.LOADED
    assert all(
        state_of(device.serial, "ac_power")
        for plant in duo.plants
        for device in plant.devices
    )


async def test_device_is_served(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that a device that was moved between accounts does not come twice."""
    device = cloud.devices[0]
    barn, terrace = cloud.add_home("duo").plants
    cloud.move(device.serial, barn)
    token = cloud.accounts[1].token
    dialog = await add_account(hass, token=token, region="global")
    dialog = await submit(hass, dialog, plants=ids([barn, terrace]))

    assert dialog["errors"] == {"base": "already_served"}
    assert "Barn." in await page_text(hass, dialog)

    dialog = await submit(hass, dialog, plants=ids([terrace]))
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert device_of(device_registry, loaded, device.serial)
    assert not device_of(device_registry, dialog["result"], device.serial)


async def test_only_plant_is_served(
    hass: HomeAssistant, cloud: SimulatedCloud, loaded: MockConfigEntry
) -> None:
    """Test that an account is not added while another entry has its device."""
    other = cloud.add_home("villa")
    cloud.move(cloud.devices[0].serial, other.plants[0])
    dialog = await add_account(hass, token=other.token, region="global")

    assert dialog["type"] is FlowResultType.ABORT
    assert dialog["reason"] == "already_served"
    assert "Another entry" in await end_text(hass, dialog)

    await hass.config_entries.async_remove(loaded.entry_id)
    dialog = await add_account(hass, token=other.token, region="global")
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.usefixtures("loaded")
async def test_devices_cannot_be_compared(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that trouble with one list does not keep another account out."""
    other = cloud.add_home("villa")
    cloud.faults.add("code", code=10001, path="device/list", times=1)
    dialog = await add_account(hass, token=other.token, region="global")

    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    await time_passes(timedelta(seconds=301))
    assert dialog["result"].state is ConfigEntryState.LOADED
    assert state_of(other.plants[0].devices[0].serial, "pv_power")
