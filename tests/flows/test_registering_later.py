"""Adding plants and data loggers in the options, and removing data loggers."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud
from simulator.accounts import Account

from ..conftest import Pass, StateOf, device_of
from .dialogs import end_text, open_options, page_text, submit_options, suggested
from .newcomer import ROOF, label

ROUND = timedelta(minutes=5, seconds=1)


@pytest.fixture
def home() -> str:
    """Return the house of a dealer."""
    return "new"


def customer(cloud: SimulatedCloud, name: str) -> Account:
    """Return a new customer of the dealer, with a plant in which there is nothing."""
    account = cloud.add_customer(cloud.accounts[0].customers, name)
    account.plants.append(account.builder.new_plant(f"Roof of {name}", 5, 1))
    return account


@pytest.fixture
async def bob(
    hass: HomeAssistant, cloud: SimulatedCloud, entry: MockConfigEntry
) -> Account:
    """Return the only customer, whose empty plant is in Home Assistant."""
    account = customer(cloud, "bob")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    return account


async def text_of(hass: HomeAssistant, dialog: ConfigFlowResult) -> str:
    """Return all that a person reads on a page of the options."""
    return await page_text(hass, dialog, "options")


async def test_plant_and_data_logger(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    bob: Account,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test the way from a new plant to the values of its devices."""
    printed, device = label(cloud), cloud.unregistered.sets[0].devices[0].serial
    dialog = await open_options(hass, entry, "end_user")
    assert dialog["step_id"] == "plant"
    assert suggested(dialog)["name"] == hass.config.location_name
    dialog = await submit_options(hass, dialog, **ROOF)
    assert dialog["step_id"] == "datalogger"
    plant = bob.plants[1]
    assert plant.name == ROOF["name"]
    assert device_of(device_registry, entry, plant.plant_id) is not None

    plant_id = str(plant.plant_id)
    assert dialog["data_schema"](printed)["plant"] == plant_id
    dialog = await submit_options(hass, dialog, plant=plant_id, **printed)
    assert dialog["reason"] == "datalogger_added"
    assert "automatically" in await end_text(hass, dialog, "options")
    for _ in range(3):
        await time_passes(ROUND)
    power = state_of(device, "ac_power")
    assert power is not None
    assert float(power.state) == pytest.approx(cloud.truth()[device]["ac_power"])
    assert not {100, 102, 10012} & {request.code for request in cloud.requests}


async def test_owner_has_to_be_chosen(
    hass: HomeAssistant, cloud: SimulatedCloud, entry: MockConfigEntry
) -> None:
    """Test that a dealer with several customers says whose plant it is."""
    _, carla = customer(cloud, "bob"), customer(cloud, "carla")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    cloud.faults.add("http", status=502, path="user/c_user_list", times=1)
    dialog = await open_options(hass, entry, "end_user")
    assert dialog["errors"] == {"base": "odd_answer"}
    assert "usually temporary" in await text_of(hass, dialog)
    dialog = await submit_options(hass, dialog)
    assert (dialog["step_id"], dialog["errors"]) == ("end_user", {})
    dialog = await submit_options(hass, dialog, user=str(carla.user_id))
    dialog = await submit_options(hass, dialog, **ROOF)
    assert dialog["step_id"] == "datalogger"
    assert [plant.name for plant in carla.plants][1:] == [ROOF["name"]]


async def test_users_are_not_told(
    hass: HomeAssistant, cloud: SimulatedCloud, entry: MockConfigEntry
) -> None:
    """Test that who cannot list users is told what else to do."""
    for name in ("bob", "carla"):
        customer(cloud, name)
    cloud.faults.add("code", code=10011, path="user/c_user_list")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    dialog = await open_options(hass, entry, "end_user")
    assert dialog["reason"] == "not_allowed"
    assert "ShinePhone" in await end_text(hass, dialog, "options")


@pytest.mark.parametrize(
    ("answer", "field", "words"),
    [
        ({"name": " "}, "name", "needs a name"),
        ({"name": "Roof of bob"}, "name", "already has a plant"),
    ],
)
async def test_plant_is_refused(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    bob: Account,
    answer: dict[str, Any],
    field: str,
    words: str,
) -> None:
    """Test that what is wrong with a plant is said at its field."""
    dialog = await open_options(hass, entry, "end_user")
    dialog = await submit_options(hass, dialog, **{**ROOF, **answer})
    assert [*dialog["errors"]] == [field]
    assert words in await text_of(hass, dialog)
    assert suggested(dialog) == {**ROOF, **answer}
    assert len(bob.plants) == 1


async def test_data_logger_is_refused(
    hass: HomeAssistant, cloud: SimulatedCloud, entry: MockConfigEntry, bob: Account
) -> None:
    """Test that a wrong check code registers nothing, and the right one can follow."""
    dialog = await open_options(hass, entry, "datalogger")
    plant = {"plant": str(bob.plants[0].plant_id)}
    printed = label(cloud)
    wrong = {**plant, **printed, "check_code": "nope"}
    dialog = await submit_options(hass, dialog, **wrong)
    assert dialog["errors"] == {"check_code": "check_code_wrong"}
    assert "doesn't match this data logger" in await text_of(hass, dialog)
    assert bob.plants[0].loggers == []
    dialog = await submit_options(hass, dialog, **plant, **printed)
    assert dialog["reason"] == "datalogger_added"


async def test_owner_is_unknown(
    hass: HomeAssistant, cloud: SimulatedCloud, entry: MockConfigEntry
) -> None:
    """Test that a plant without an owner takes no data logger."""
    bob = customer(cloud, "bob")
    bob.user_id = ""  # a number otherwise
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    dialog = await open_options(hass, entry, "datalogger")
    plant = str(bob.plants[0].plant_id)
    dialog = await submit_options(hass, dialog, plant=plant, **label(cloud))
    assert dialog["errors"] == {"plant": "owner_unknown"}
    assert "doesn't return the owner" in await text_of(hass, dialog)


@pytest.mark.parametrize("home", ["duo"])
async def test_remove_data_logger(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a data logger and its devices go, after the owner said so twice."""
    device = cloud.devices[0]
    logger = device.logger
    dialog = await open_options(hass, loaded, "remove_datalogger")
    answer = {"serial_number": logger.serial}
    dialog = await submit_options(hass, dialog, **answer, confirmed=False)
    assert dialog["errors"] == {"confirmed": "not_confirmed"}
    assert "Nothing was removed" in await text_of(hass, dialog)
    assert logger in cloud.loggers

    cloud.faults.add("code", code=10001, path="device/datalogger/delete", times=1)
    dialog = await submit_options(hass, dialog, **answer, confirmed=True)
    assert dialog["errors"] == {"base": "uncertain"}
    assert "may have been made" in await text_of(hass, dialog)
    await time_passes(ROUND)
    dialog = await submit_options(hass, dialog, **answer, confirmed=True)
    assert dialog["reason"] == "datalogger_removed"
    assert logger not in cloud.loggers
    for _ in range(2):
        assert device_of(device_registry, loaded, logger.serial) is None
        assert device_of(device_registry, loaded, device.serial) is None
        assert state_of(device.serial, "ac_power") is None
        await time_passes(timedelta(hours=1))
    assert not {100, 102, 10012} & {request.code for request in cloud.requests}


async def test_nothing_to_remove(
    hass: HomeAssistant, entry: MockConfigEntry, bob: Account
) -> None:
    """Test that an account without data loggers says so."""
    dialog = await open_options(hass, entry, "remove_datalogger")
    assert dialog["type"] is FlowResultType.ABORT
    assert "no data logger" in await end_text(hass, dialog, "options")


async def test_nobody_can_own_a_plant(
    hass: HomeAssistant, cloud: SimulatedCloud, entry: MockConfigEntry
) -> None:
    """Test that a token whose users are not listed any more leads to no empty form."""
    for name in ("bob", "carla"):
        customer(cloud, name)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    cloud.accounts[0].customers.clear()
    dialog = await open_options(hass, entry, "end_user")
    assert dialog["reason"] == "no_users"
    assert "Register a user" in await end_text(hass, dialog, "options")


async def test_plants_of_one_name(
    hass: HomeAssistant, cloud: SimulatedCloud, entry: MockConfigEntry
) -> None:
    """Test that the plants of different customers are told apart."""
    plants = [customer(cloud, name).plants[0] for name in ("bob", "carla")]
    for plant in plants:
        plant.name = "Roof"
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    dialog = await open_options(hass, entry, "datalogger")
    shown = dialog["data_schema"].schema["plant"].config["options"]
    assert {one["label"] for one in shown} == {
        f"Roof ({plant.plant_id})" for plant in plants
    }
