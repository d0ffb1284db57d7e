"""An SPH-S: its status, its battery, and what its answers get wrong."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf, device_of

ROUND = timedelta(minutes=5, seconds=6)
NIGHT = timedelta(hours=11)
KEYS = (
    *("pv_power", "ac_power", "load_power", "grid_import_power", "grid_export_power"),
    *("battery_charge_power", "battery_discharge_power", "battery_soc", "temperature"),
    *(f"pv{n}_{kind}" for n in (1, 2, 3) for kind in ("power", "voltage", "current")),
    *("energy_today", "energy_total", "pv_energy_today", "pv_energy_total"),
    *(
        f"{quantity}_{span}"
        for quantity in (
            *("energy_import", "energy_export", "energy_load"),
            *("battery_charge_energy", "battery_discharge_energy"),
        )
        for span in ("today", "total")
    ),
    *(
        f"{quantity}_{period}"
        for quantity in ("pv_energy", "energy_export", "energy_load")
        for period in ("month", "year")
    ),
)

pytestmark = pytest.mark.parametrize("home", ["sph_s"])


@pytest.mark.parametrize("later", [timedelta(), NIGHT])
@pytest.mark.usefixtures("everything_enabled", "loaded")
async def test_values(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass, later: timedelta
) -> None:
    """Test that all is the truth in the light and in the dark."""
    await time_passes(later)
    await time_passes(ROUND)
    serial = cloud.devices[0].serial
    truth = cloud.truth()[serial]
    states = {key: state_of(serial, key).state for key in KEYS}
    assert {key: float(state) for key, state in states.items()} == {
        key: pytest.approx(truth[key], abs=1e-6) for key in states
    }


@pytest.mark.usefixtures("everything_enabled", "loaded")
async def test_status_follows_its_text(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that a status of 3 is none of a fault, but one of 6 is."""
    device = cloud.devices[0]
    assert device.v4_last(device.snapshot())["status"] == 3
    assert state_of(device.serial, "status").state == "normal"
    assert state_of(device.serial, "work_mode").state == "battery"
    assert state_of(device.serial, "problem", "binary_sensor").state == STATE_OFF

    device.fault_code = 407
    for _ in range(2):
        await time_passes(ROUND)
    assert device.v4_last(device.snapshot())["status"] == 6
    assert state_of(device.serial, "status").state == "fault"
    assert state_of(device.serial, "problem", "binary_sensor").state == STATE_ON


@pytest.mark.usefixtures("everything_enabled")
async def test_only_what_is_there(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
    state_of: StateOf,
) -> None:
    """Test that what is always 0 has no entity, and that the voltage is no tenth."""
    serial = cloud.devices[0].serial
    assert device_of(device_registry, loaded, serial).model == "SPH 10000TL-HU"
    assert 48 <= float(state_of(serial, "battery_voltage").state) <= 57
    exists = {
        key: entity_registry.async_get_entity_id("sensor", DOMAIN, f"{serial}_{key}")
        is not None
        for key in (
            *("backup_l1_voltage", "backup_l2_voltage", "ac_l2_voltage"),
            *("battery_soh", "generator_power", "temperature_1", "power_factor"),
            *("battery_highest_cell_temperature", "energy_load_year"),
        )
    }
    assert [key for key, there in exists.items() if there] == [
        "backup_l1_voltage",
        "energy_load_year",
    ]
