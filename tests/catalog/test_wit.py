"""A WIT: three phases, and two of the three batteries it can have."""

from datetime import timedelta
from typing import ClassVar

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.catalog import Snapshot
from custom_components.growatt_openapi.catalog.families.wit import WIT
from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.const import STATE_ON, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from simulator import SimulatedCloud
from simulator.devices.wit import Wit

from ..conftest import Pass, StateOf, device_of

HOUR = timedelta(hours=1, seconds=1)
ROUND = timedelta(minutes=5, seconds=6)
MORNING, EVENING = timedelta(hours=17), timedelta(hours=10)
KEYS = (
    *("pv_power", "ac_power", "load_power", "grid_import_power", "grid_export_power"),
    *("battery_charge_power", "battery_discharge_power", "battery_soc", "temperature"),
    *("energy_today", "energy_total", "pv_energy_today", "pv_energy_total"),
    *(
        f"{quantity}_{span}"
        for quantity in (
            *("energy_import", "energy_export", "energy_load"),
            *("battery_charge_energy", "battery_discharge_energy"),
        )
        for span in ("today", "total")
    ),
)
BATTERIES = tuple(
    f"battery{number}_{quantity}"
    for number in (1, 2)
    for quantity in (
        *("soc", "charge_power", "discharge_power"),
        *("charge_energy_today", "charge_energy_total"),
        *("discharge_energy_today", "discharge_energy_total"),
    )
)


@pytest.fixture
def home() -> str:
    """Return the house that is simulated."""
    return "wit"


@pytest.mark.parametrize(
    ("later", "moving", "keys"),
    [
        # In the morning, what a battery gave may for hours be that of yesterday.
        (MORNING, "battery_charge_power", KEYS),
        (EVENING, "battery_discharge_power", (*KEYS, *BATTERIES)),
    ],
)
@pytest.mark.usefixtures("everything_enabled", "loaded")
async def test_values(
    cloud: SimulatedCloud,
    state_of: StateOf,
    time_passes: Pass,
    later: timedelta,
    moving: str,
    keys: tuple[str, ...],
) -> None:
    """Test that all is the truth while the batteries fill in the morning, and empty."""
    await time_passes(later)
    for _ in range(14):
        # What might be energy of yesterday is believed after an hour.
        await time_passes(ROUND)
    serial = cloud.devices[0].serial
    truth = cloud.truth()[serial]
    assert truth[moving] > 0
    states = {key: state_of(serial, key).state for key in keys}
    assert {key: float(state) for key, state in states.items()} == {
        key: pytest.approx(truth[key], abs=1e-6) for key in states
    }
    assert state_of(serial, "status").state == "normal"


async def test_two_batteries(
    cloud: SimulatedCloud, loaded: MockConfigEntry, device_registry: dr.DeviceRegistry
) -> None:
    """Test that each battery is a device, and that there is no third one."""
    serial = cloud.devices[0].serial
    assert device_of(device_registry, loaded, serial).model == "WIT 50K-HU"
    found = [
        device_registry.async_get_child_device_by_identifier(
            (DOMAIN, f"{serial}_battery_{number}"), loaded.entry_id
        )
        for number in (1, 2, 3)
    ]
    assert [child and child.name for child in found] == ["Battery 1", "Battery 2", None]


@pytest.mark.usefixtures("everything_enabled", "loaded")
async def test_only_what_is_there(
    cloud: SimulatedCloud, entity_registry: er.EntityRegistry
) -> None:
    """Test that floating voltages, markers and nonsense prove nothing."""
    serial = cloud.devices[0].serial
    exists = {
        key: entity_registry.async_get_entity_id("sensor", DOMAIN, f"{serial}_{key}")
        is not None
        for key in (
            *("pv4_voltage", "pv5_voltage", "string8_voltage", "string9_voltage"),
            *("battery3_voltage", "external_pv1_energy_total", "generator_power"),
            *("insulation_resistance", "battery_highest_module_soc"),
        )
    }
    assert [key for key, there in exists.items() if there] == [
        "pv4_voltage",
        "string8_voltage",
    ]


def test_batteries_one_by_one() -> None:
    """Test that what goes into one battery and out of another does not cancel out."""
    reading = Snapshot(fields={"batPower": 1200.0, "batPower2": -500.0, "batPower3": 0})
    sensors = {sensor.key: sensor for sensor in WIT.sensors}
    assert {
        key: sensors[key].read(reading)
        for key in (
            *("battery_charge_power", "battery_discharge_power"),
            *("battery1_charge_power", "battery1_discharge_power"),
            *("battery2_charge_power", "battery2_discharge_power"),
        )
    } == {
        "battery_charge_power": 1200,
        "battery_discharge_power": 500,
        "battery1_charge_power": 1200,
        "battery1_discharge_power": 0,
        "battery2_charge_power": 0,
        "battery2_discharge_power": 500,
    }


class NumberedWit(Wit):
    """A WIT under a number that no manual has, as V1 may list it next year."""

    v1_type: ClassVar = 12


async def test_number_is_new_but_the_name_is_not(
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    issue_registry: ir.IssueRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that the name of V4 tells the family, and goes on telling it without V4."""
    wit = cloud.devices[0]
    wit.__class__ = NumberedWit
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    cloud.faults.add("code", path="new-api/queryDeviceList", code=1)
    await time_passes(HOUR)
    inventory = entry.runtime_data.inventory.data
    assert inventory.devices[wit.serial].family == "wit"
    device = device_of(device_registry, entry, wit.serial)
    assert device is not None
    assert device.model == wit.commercial_name
    assert device.name == wit.alias
    assert state_of(wit.serial, "battery_soc").state != STATE_UNAVAILABLE
    assert not issue_registry.issues


async def test_family_is_learned_later(
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a device is of no known type only until V4 tells its name."""
    wit = cloud.devices[0]
    wit.__class__ = NumberedWit
    rule = cloud.faults.add("code", path="new-api/queryDeviceList", code=1)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(issue_registry.issues) == 1
    assert state_of(wit.serial, "online", "binary_sensor").state == STATE_ON
    cloud.faults.rules.remove(rule)
    for _ in range(2):
        await time_passes(HOUR)
    assert not issue_registry.issues
    assert state_of(wit.serial, "battery_soc").state != STATE_UNAVAILABLE
    for key, platform in (("online", "binary_sensor"), ("last_update", "sensor")):
        assert state_of(wit.serial, key, platform).state != STATE_UNAVAILABLE
    # Nothing goes back and forth.
    questions = len(cloud.requests)
    await time_passes(HOUR)
    assert len(cloud.requests) - questions < 20
