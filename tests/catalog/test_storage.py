"""Off-grid storage: mains as a help, one battery, counters that hold nonsense."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.catalog import Snapshot, Value
from custom_components.growatt_openapi.catalog.families.storage import STORAGE
from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from simulator import SimulatedCloud

from ..api.ways import Close, close_v4, open_all
from ..conftest import Pass, StateOf

ROUND = timedelta(minutes=5, seconds=6)
NOON, EVENING, NIGHT = timedelta(hours=2), timedelta(hours=7), timedelta(hours=13)
KEYS = (
    *("pv_power", "ac_power", "load_power", "grid_import_power", "temperature"),
    *("battery_charge_power", "battery_discharge_power", "battery_soc"),
    *(f"pv{number}_{kind}" for number in (1, 2) for kind in ("power", "voltage")),
    *(
        f"{quantity}_{span}"
        for quantity in (
            *("pv_energy", "energy_import", "energy_load", "pv1_energy", "pv2_energy"),
            *("battery_charge_energy", "battery_discharge_energy"),
        )
        for span in ("today", "total")
    ),
)


@pytest.fixture
def home() -> str:
    """Return the house that is simulated."""
    return "offgrid"


@pytest.mark.parametrize("close", [open_all, close_v4])
@pytest.mark.parametrize(
    ("later", "moving", "status"),
    [
        (NOON, "battery_charge_power", "charging"),
        (EVENING, "battery_discharge_power", "discharging"),
        (NIGHT, "grid_import_power", "normal"),
    ],
)
@pytest.mark.usefixtures("everything_enabled")
async def test_values(
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    state_of: StateOf,
    time_passes: Pass,
    close: Close,
    later: timedelta,
    moving: str,
    status: str,
) -> None:
    """Test that all is the truth on each way, whatever feeds the house."""
    close(cloud)
    await time_passes(later)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    serial = cloud.devices[0].serial
    truth = cloud.truth()[serial]
    assert truth[moving] > 0
    states = {key: state_of(serial, key).state for key in KEYS}
    assert {key: float(state) for key, state in states.items()} == {
        key: pytest.approx(truth[key], abs=1e-6) for key in states
    }
    assert state_of(serial, "status").state == status == truth["status"]


@pytest.mark.usefixtures("everything_enabled", "loaded")
async def test_only_what_is_there(
    cloud: SimulatedCloud, entity_registry: er.EntityRegistry
) -> None:
    """Test that counters with nonsense prove neither export nor a second battery."""
    serial = cloud.devices[0].serial
    exists = {
        key: entity_registry.async_get_entity_id("sensor", DOMAIN, f"{serial}_{key}")
        is not None
        for key in (
            *("grid_export_power", "energy_export_total", "generator_power"),
            *("battery1_charge_power", "battery2_charge_power", "battery_soh"),
            *("pv1_current", "energy_import_total", "bypass_energy_total"),
        )
    }
    assert [key for key, there in exists.items() if there] == [
        *("pv1_current", "energy_import_total", "bypass_energy_total")
    ]


def values(fields: dict[str, float], *keys: str) -> dict[str, Value]:
    """Return what sensors make of an answer, as far as it proves them."""
    reading = Snapshot(fields=fields)
    return {
        sensor.key: sensor.read(reading)
        for sensor in STORAGE.sensors
        if sensor.key in keys and sensor.proved(reading)
    }


def test_two_batteries() -> None:
    """Test that two batteries at the grid are one in all, and two on their own."""
    fields = {
        "pCharge": 500,
        "pCharge2": 300,
        "pDischarge": 0,
        "pDischarge2": 0,
        "eChargeToday": 1.1,
        "eChargeToday2": 0.7,
        "eChargeTotal2": 52.3,
        "eDischargeTotal": 40.5,
        "eDischargeTotal2": 38.5,
        "eBatDisChargeTotal": 0,
    }
    assert values(
        fields,
        *("battery_charge_power", "battery_discharge_power"),
        *("battery_charge_energy_today", "battery_discharge_energy_total"),
        *("battery1_charge_power", "battery2_charge_power"),
        *("battery2_charge_energy_total", "battery1_discharge_energy_total"),
    ) == {
        "battery_charge_power": 800,
        "battery_discharge_power": 0,
        "battery_charge_energy_today": 1.8,
        "battery_discharge_energy_total": 79.0,
        "battery1_charge_power": 500,
        "battery2_charge_power": 300,
        "battery2_charge_energy_total": 52.3,
        "battery1_discharge_energy_total": 40.5,
    }


@pytest.mark.parametrize(
    ("power", "charged", "discharged"), [(-420, 420, 0), (534, 0, 534), (0, 0, 0)]
)
def test_sign_of_the_battery(power: int, charged: int, discharged: int) -> None:
    """Test that one field alone can tell both directions."""
    fields = {"capacity": 50, "pBat": power, "pCharge": 0, "pDischarge": 0}
    assert values(fields, "battery_charge_power", "battery_discharge_power") == {
        "battery_charge_power": charged,
        "battery_discharge_power": discharged,
    }


def test_energy_at_the_grid() -> None:
    """Test that storage at the grid imports what its meter counts, if that is sane."""
    keys = ("energy_import_today", "energy_import_total", "energy_export_total")
    fields = {
        "pacToUser": 192.9,
        "pacToGrid": 12,
        "eacChargeToday": 1,
        "eacChargeTotal": 9,
        "eToUserToday": 6,
        "eToUserTotal": 310.2,
        "eToGridTotal": 7648481.6,
    }
    assert values(fields, *keys) == {
        "energy_import_today": 6,
        "energy_import_total": 310.2,
    }
    assert values(fields | {"eToUserTotal": 24137119.8}, *keys) == {
        "energy_import_today": 6
    }
