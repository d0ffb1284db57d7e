"""Data loggers: added once Growatt found the check code right, and removed again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud
from simulator.model import Plant
from simulator.unregistered import LoggerSet
from tests.conftest import Pass, StateOf, asked, device_of

from .conftest import Act, Refuse

ROUND = timedelta(minutes=5, seconds=6)
HOUR = timedelta(hours=1)

type DeviceId = Callable[[object], str]


@pytest.fixture
def home() -> str:
    """Return the house of a dealer."""
    return "new"


@pytest.fixture
def box(cloud: SimulatedCloud) -> LoggerSet:
    """Return a data logger with an inverter, which nobody has registered."""
    return cloud.unregistered.sets[0]


async def test_from_an_empty_plant_to_live_values_and_back(
    cloud: SimulatedCloud,
    roof: Plant,
    box: LoggerSet,
    loaded: MockConfigEntry,
    act: Act,
    device_id: DeviceId,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that devices come with a logger that is added, go with it, and return."""
    logger, serial = box.logger, box.devices[0].serial
    cloud.online_after = timedelta(minutes=7)
    plant = device_id(roof.plant_id)
    typed = {"serial_number": f" {logger.serial.lower()} ", "check_code": " "}
    typed["check_code"] += logger.check_code
    names: set[str] = set()
    for _ in range(2):
        response = await act("add_datalogger", device_id=plant, **typed)
        told = {"plant_id": str(roof.plant_id), "serial_number": logger.serial}
        assert response == told
        assert device_of(device_registry, loaded, serial) is None
        for _ in range(3):
            await time_passes(ROUND)
        state = state_of(serial, "ac_power")
        assert float(state.state) > 0
        # Its history goes on, as the name is the one it had before.
        assert (names := {*names, state.entity_id}) == {state.entity_id}
        assert state_of(logger.serial, "online", "binary_sensor").state == "on"

        response = await act("remove_datalogger", device_id=device_id(logger.serial))
        assert response == told
        assert roof.loggers == roof.devices == []
        for _ in range(4):
            for thing in (serial, logger.serial):
                assert device_of(device_registry, loaded, thing) is None
                assert state_of(thing, "last_update") is None
            await time_passes(HOUR)


@pytest.mark.parametrize("home", ["villa"])
async def test_logger_that_stays_silent(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    act: Act,
    device_id: DeviceId,
    time_passes: Pass,
) -> None:
    """Test that nobody looks for its devices more often than three times in a hurry."""
    cloud.add_home("new")
    cloud.online_after = timedelta(days=1)
    logger = cloud.unregistered.sets[0].logger
    cloud.requests.clear()
    await act(
        "add_datalogger",
        device_id=device_id(cloud.plants[0].plant_id),
        serial_number=logger.serial,
        check_code=logger.check_code,
    )
    for _ in range(8):
        await time_passes(ROUND)
    assert asked(cloud).count("device/list") == 2


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"check_code": "1"}, "check_code_wrong"),
        ({"check_code": " "}, "check_code_wrong"),
        ({"serial_number": "SIML999999"}, "check_code_wrong"),
        ({"serial_number": "SIML"}, "serial_refused"),
        ({"serial_number": ""}, "serial_refused"),
    ],
)
async def test_label_that_was_misread(
    cloud: SimulatedCloud,
    roof: Plant,
    box: LoggerSet,
    loaded: MockConfigEntry,
    refuse: Refuse,
    device_id: DeviceId,
    typed: dict[str, str],
    reason: str,
) -> None:
    """Test that nothing is added unless serial and check code belong together."""
    right = {"serial_number": box.logger.serial, "check_code": box.logger.check_code}
    device = device_id(roof.plant_id)
    failure = await refuse("add_datalogger", device_id=device, **right | typed)
    assert failure.translation_key == reason
    assert "device/datalogger/add" not in asked(cloud)


async def test_logger_of_others(
    cloud: SimulatedCloud,
    roof: Plant,
    loaded: MockConfigEntry,
    refuse: Refuse,
    device_id: DeviceId,
) -> None:
    """Test that a logger that is registered elsewhere is not added."""
    theirs = cloud.add_home("villa").plants[0].loggers[0]
    failure = await refuse(
        "add_datalogger",
        device_id=device_id(roof.plant_id),
        serial_number=theirs.serial,
        check_code=theirs.check_code,
    )
    assert failure.translation_key == "serial_taken"
    assert roof.loggers == []


@pytest.mark.parametrize("home", ["balcony"])
async def test_device_with_a_logger_inside(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    act: Act,
    device_id: DeviceId,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that what is its own logger is removed by its own device."""
    own = next(one for one in cloud.devices if one.logger.serial == one.serial)
    await act("remove_datalogger", device_id=device_id(own.serial))
    assert own not in cloud.devices
    assert device_of(device_registry, loaded, own.serial) is None


@pytest.mark.parametrize("home", ["all"])
async def test_part_of_a_device(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    refuse: Refuse,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that a battery does not stand for the device that is its own logger."""
    own = next(one for one in cloud.devices if one.logger.serial == one.serial)
    whole = device_of(device_registry, loaded, own.serial)
    (battery, *_) = dr.async_entries_for_parent_device(device_registry, whole.id)
    failure = await refuse("remove_datalogger", device_id=battery.id)
    assert failure.translation_key == "not_a_datalogger"


@pytest.mark.parametrize("home", ["villa"])
async def test_wrong_kind_of_device(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    refuse: Refuse,
    device_id: DeviceId,
) -> None:
    """Test that a plant has to be a plant, and a data logger a data logger."""
    inverter = device_id(cloud.devices[0].serial)
    plant = device_id(cloud.plants[0].plant_id)
    logger = device_id(cloud.loggers[0].serial)
    for device in (inverter, plant, device_id("simulated")):
        failure = await refuse("remove_datalogger", device_id=device)
        assert failure.translation_key == "not_a_datalogger"
    for device in (inverter, logger, device_id("simulated")):
        failure = await refuse("get_power_curve", device_id=device, date="2026-06-15")
        assert failure.translation_key == "not_a_plant"
        failure = await refuse("delete_plant", device_id=device, confirm_name="Villa")
        assert failure.translation_key == "not_a_plant"
    assert cloud.plants[0].loggers
