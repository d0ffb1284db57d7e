"""Changes while a dialog is open: reloads, removals, other windows."""

from asyncio import sleep
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.api import SERVERS, Region
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud, serve

from ..conftest import Pass, asked, device_of
from .dialogs import (
    add_account,
    choose,
    end_text,
    open_options,
    page_text,
    submit,
    submit_options,
)
from .newcomer import ROOF

ROUND = timedelta(minutes=5, seconds=1)


@pytest.fixture
def home() -> str:
    """Return a house with two plants."""
    return "duo"


def answers(cloud: SimulatedCloud) -> dict[str, dict[str, Any]]:
    """Return what somebody answers to each form of the options."""
    plant, logger = cloud.plants[0], cloud.loggers[0]
    plant_id = str(plant.plant_id)
    printed = {"serial_number": "SIML999999", "check_code": "1"}
    return {
        "plants": {"plants": [plant_id]},
        "end_user": ROOF,
        "datalogger": {"plant": plant_id, **printed},
        "remove_datalogger": {"serial_number": logger.serial, "confirmed": True},
    }


async def arrival(cloud: SimulatedCloud, path: str, times: int = 1) -> None:
    """Wait until Growatt has got a request."""
    while asked(cloud).count(path) < times:  # noqa: ASYNC110 - nothing tells it
        await sleep(0)


@pytest.mark.parametrize("option", ["plants", "end_user", "datalogger"])
@pytest.mark.parametrize("is_removed", [False, True])
async def test_account_is_not_loaded_any_more(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    option: str,
    *,
    is_removed: bool,
) -> None:
    """Test that open options say so when the account was unloaded or removed."""
    dialog = await open_options(hass, loaded, option)
    manager = hass.config_entries
    await (manager.async_remove if is_removed else manager.async_unload)(
        loaded.entry_id
    )
    dialog = await submit_options(hass, dialog, **answers(cloud)[option])
    assert dialog["reason"] == "not_loaded"
    assert "isn't loaded" in await end_text(hass, dialog, "options")


async def test_account_is_unloaded_before_anything_is_chosen(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    """Test that the menu of the options does not lead nowhere."""
    dialog = await hass.config_entries.options.async_init(loaded.entry_id)
    await hass.config_entries.async_unload(loaded.entry_id)
    dialog = await submit_options(hass, dialog, next_step_id="remove_datalogger")
    assert dialog["reason"] == "not_loaded"


@pytest.mark.parametrize("option", ["end_user", "remove_datalogger"])
async def test_account_is_unloaded_while_growatt_works(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    option: str,
) -> None:
    """Test that what Growatt has done is no failure, though nobody waits for it."""
    dialog = await open_options(hass, loaded, option)
    path = "plant/add" if option == "end_user" else "device/datalogger/delete"
    rule = cloud.faults.add("silence", path=path, times=1, seconds=1)
    work = hass.async_create_task(
        submit_options(hass, dialog, **answers(cloud)[option])
    )
    while rule.times:  # noqa: ASYNC110 - nothing tells that Growatt has got it
        await sleep(0)
    await hass.config_entries.async_unload(loaded.entry_id)
    freezer.tick(2)
    dialog = await work
    assert path in asked(cloud)
    assert dialog["reason"] in {"not_loaded", "datalogger_removed"}
    assert loaded.state is ConfigEntryState.NOT_LOADED


async def test_account_is_reloaded(
    hass: HomeAssistant, cloud: SimulatedCloud, loaded: MockConfigEntry
) -> None:
    """Test that open options go on after a reload."""
    dialog = await open_options(hass, loaded, "end_user")
    await hass.config_entries.async_reload(loaded.entry_id)
    dialog = await submit_options(hass, dialog, **ROOF)
    assert dialog["step_id"] == "datalogger"
    assert ROOF["name"] in [plant.name for plant in cloud.plants]


async def test_removed_in_another_window(
    hass: HomeAssistant, cloud: SimulatedCloud, loaded: MockConfigEntry
) -> None:
    """Test that a data logger that is gone by now cannot be removed again."""
    first, second = [
        await open_options(hass, loaded, "remove_datalogger") for _ in range(2)
    ]
    answer = answers(cloud)["remove_datalogger"]
    first = await submit_options(hass, first, **answer)
    assert first["reason"] == "datalogger_removed"
    second = await submit_options(hass, second, **answer)
    assert second["errors"] == {"serial_number": "serial_not_found"}
    assert "doesn't list a device" in await page_text(hass, second, "options")
    left = cloud.loggers[0].serial
    second = await submit_options(hass, second, serial_number=left, confirmed=True)
    assert second["reason"] == "datalogger_removed"


async def test_plant_is_gone(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that no data logger is added to a plant that was deleted meanwhile."""
    plant = cloud.plants[0]
    answer = answers(cloud)["datalogger"]
    dialog = await open_options(hass, loaded, "datalogger")
    device = device_of(device_registry, loaded, plant.plant_id)
    assert device is not None
    await hass.services.async_call(
        loaded.domain,
        "delete_plant",
        {"device_id": device.id, "confirm_name": plant.name},
        blocking=True,
    )
    dialog = await submit_options(hass, dialog, **answer)
    assert dialog["errors"] == {"plant": "plant_not_found"}
    assert "no longer lists this plant" in await page_text(hass, dialog, "options")


async def test_lists_come_while_a_data_logger_is_removed(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Test that a list from before does not bring back what was just removed."""
    logger = cloud.loggers[0]
    await time_passes(ROUND)
    dialog = await open_options(hass, loaded, "remove_datalogger")
    cloud.requests.clear()
    cloud.faults.add("silence", path="device/list", seconds=1)
    lists = hass.async_create_task(loaded.runtime_data.inventory.async_refresh())
    await arrival(cloud, "device/datalogger/list", len(cloud.plants))
    work = hass.async_create_task(
        submit_options(hass, dialog, **answers(cloud)["remove_datalogger"])
    )
    await arrival(cloud, "device/datalogger/delete")
    assert not lists.done()
    freezer.tick(2)
    await lists
    dialog = await work
    assert dialog["reason"] == "datalogger_removed"
    assert device_of(device_registry, loaded, logger.serial) is None


@pytest.mark.parametrize("home", ["new"])
async def test_server_falls_silent(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    monkeypatch: pytest.MonkeyPatch,
    time_passes: Pass,
) -> None:
    """Test that the server that was chosen is taken, though it no longer answers."""
    china = SimulatedCloud("new", region="china", clock=cloud.clock)
    async with serve(china, region="china") as address:
        monkeypatch.setitem(SERVERS, Region.CHINA, address)
        dialog = await add_account(hass, token=cloud.token, region="auto")
        dialog = await choose(hass, dialog, "set_up")
        await time_passes(timedelta(minutes=6))
        china.faults.add("http", status=502)
        dialog = await submit(hass, dialog, region="china")
        assert dialog["step_id"] == "end_user"
        assert dialog["errors"] == {"base": "odd_answer"}
        china.faults.clear()
        dialog = await submit(hass, dialog)
        assert dialog["step_id"] == "new_user"


@pytest.mark.parametrize("home", ["villa"])
async def test_only_plant_is_gone(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that nobody is asked for a plant where there is none."""
    plant = cloud.plants[0]
    device = device_of(device_registry, loaded, plant.plant_id)
    assert device is not None
    await hass.services.async_call(
        loaded.domain,
        "delete_plant",
        {"device_id": device.id, "confirm_name": plant.name},
        blocking=True,
    )
    dialog = await open_options(hass, loaded, "datalogger")
    assert dialog["reason"] == "no_plants"
    assert "Create a plant first" in await end_text(hass, dialog, "options")
