"""Values, units and texts of the entities, against what the houses really do."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from syrupy.assertion import SnapshotAssertion

from homeassistant.components.sensor import ATTR_STATE_CLASS
from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_OFF,
    STATE_ON,
    STATE_UNKNOWN,
    EntityCategory,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator import SimulatedCloud

from .conftest import Pass, StateOf, device_of

HOUR = timedelta(hours=1)
ROUND = timedelta(minutes=5, seconds=6)


@pytest.mark.usefixtures("everything_enabled", "loaded")
@pytest.mark.parametrize(
    "home",
    [
        "villa",
        "duo",
        "hall",
        "hybrid",
        "retrofit",
        "offgrid",
        "balcony",
        "atess",
        "wit",
        "sph_s",
        "weather",
    ],
)
async def test_entities(
    entry: MockConfigEntry,
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
) -> None:
    """Test that each entity has the right unit, class, category and text."""
    entries = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    shown = {
        one.unique_id: {
            "name": one.original_name,
            "category": one.entity_category,
            "device_class": one.original_device_class,
            "unit": one.unit_of_measurement,
            "options": one.options,
            "state": hass.states.get(one.entity_id),
        }
        for one in entries
    }
    assert {key: shown[key] for key in sorted(shown)} == snapshot


@pytest.mark.usefixtures("everything_enabled")
@pytest.mark.parametrize(
    "home",
    [
        "villa",
        "duo",
        "hall",
        "hybrid",
        "retrofit",
        "offgrid",
        "balcony",
        "fleet",
        "atess",
        "wit",
        "sph_s",
    ],
)
async def test_values_are_the_truth(
    cloud: SimulatedCloud, loaded: MockConfigEntry, state_of: StateOf
) -> None:
    """Test that every value the house knows is the state of its entity."""
    wrong = {
        (thing, key): (state.state, value)
        for thing, facts in cloud.truth().items()
        for key, value in facts.items()
        if (state := state_of(thing, key)) is not None
        and state.state not in {str(value), getattr(value, "isoformat", str)()}
        and float(state.state) != pytest.approx(float(value), abs=1e-9)
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "home", ["villa", "hybrid", "offgrid", "atess", "wit", "sph_s"]
)
@pytest.mark.usefixtures("loaded")
async def test_everyday_entities(
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    """Test that a hybrid shows about 25 entities, the rest off and diagnostic."""
    serial = cloud.devices[0].serial
    device = device_of(device_registry, entry, serial)
    entries = er.async_entries_for_device(
        entity_registry, device.id, include_disabled_entities=True
    )
    enabled = [one for one in entries if one.disabled_by is None]
    assert 20 <= len(enabled) <= 28
    assert {one.entity_category for one in entries if one.disabled_by is not None} == {
        EntityCategory.DIAGNOSTIC
    }


@pytest.mark.parametrize("home", ["villa", "hybrid", "atess", "wit", "sph_s"])
@pytest.mark.usefixtures("loaded")
async def test_energy_dashboard(cloud: SimulatedCloud, state_of: StateOf) -> None:
    """Test that the Energy dashboard can pick every source of a hybrid."""
    serial = cloud.devices[0].serial
    kinds = {
        key: (
            state.attributes.get(ATTR_DEVICE_CLASS),
            state.attributes.get(ATTR_UNIT_OF_MEASUREMENT),
            state.attributes.get(ATTR_STATE_CLASS),
        )
        for key in (
            "pv_energy_total",
            "energy_import_total",
            "energy_export_total",
            "battery_charge_energy_total",
            "battery_discharge_energy_total",
            "battery_soc",
            "pv_power",
        )
        if (state := state_of(serial, key))
    }
    energy = ("energy", "kWh", "total_increasing")
    assert kinds == {
        "pv_energy_total": energy,
        "energy_import_total": energy,
        "energy_export_total": energy,
        "battery_charge_energy_total": energy,
        "battery_discharge_energy_total": energy,
        "battery_soc": ("battery", "%", "measurement"),
        "pv_power": ("power", "W", "measurement"),
    }


@pytest.mark.usefixtures("loaded")
async def test_only_the_hardware_that_is_there(
    cloud: SimulatedCloud, entity_registry: er.EntityRegistry
) -> None:
    """Test that inputs, batteries and meters that are not fitted have no entities."""
    serial = cloud.devices[0].serial

    def exists(key: str) -> bool:
        return bool(
            entity_registry.async_get_entity_id(
                "sensor", "growatt_openapi", f"{serial}_{key}"
            )
        )

    assert exists("pv2_power")
    assert not exists("pv3_power")
    assert exists("battery1_soc")
    assert not exists("battery2_soc")
    assert not exists("backup_power")
    assert not exists("external_pv1_power")


@pytest.mark.parametrize("home", ["duo"])
@pytest.mark.usefixtures("loaded")
async def test_no_battery_no_meter(cloud: SimulatedCloud, state_of: StateOf) -> None:
    """Test that a MIN without battery and meter has neither."""
    serial = cloud.devices[-1].serial
    keys = ("battery_soc", "battery_charge_power", "grid_import_power", "load_power")
    assert [state_of(serial, key) for key in keys] == [None] * len(keys)
    assert state_of(serial, "ac_power")


@pytest.mark.usefixtures("loaded")
async def test_offline(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that an offline device shows no stale power but its counters."""
    serial = cloud.devices[0].serial
    total = state_of(serial, "energy_total").state
    await time_passes(ROUND)
    assert state_of(serial, "online", "binary_sensor").state == STATE_ON

    cloud.freeze(serial)
    for _ in range(6):
        await time_passes(ROUND)
    assert state_of(serial, "online", "binary_sensor").state == STATE_OFF
    assert state_of(serial, "ac_power").state == STATE_UNKNOWN
    assert float(state_of(serial, "energy_total").state) >= float(total)

    cloud.thaw(serial)
    for _ in range(2):
        await time_passes(ROUND)
    assert state_of(serial, "online", "binary_sensor").state == STATE_ON
    assert float(state_of(serial, "ac_power").state) > 0


@pytest.mark.parametrize(
    "home", ["villa", "hall", "hybrid", "retrofit", "offgrid", "wit", "sph_s"]
)
@pytest.mark.usefixtures("everything_enabled", "loaded")
async def test_fault(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that a fault is a problem, with its code, and goes away again."""
    device = cloud.devices[0]
    assert state_of(device.serial, "problem", "binary_sensor").state == STATE_OFF

    device.fault_code = 302
    for _ in range(2):
        await time_passes(ROUND)
    assert state_of(device.serial, "problem", "binary_sensor").state == STATE_ON
    assert state_of(device.serial, "fault_code").state == "302"

    device.fault_code = 0
    for _ in range(2):
        await time_passes(ROUND)
    assert state_of(device.serial, "problem", "binary_sensor").state == STATE_OFF


@pytest.mark.usefixtures("loaded")
async def test_summer_time_is_remembered(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that the last update stays where it is when the sun has set."""
    serial = cloud.devices[0].serial
    cloud.plants[0].summer_time = True
    await time_passes(HOUR)
    for _ in range(2):
        await time_passes(ROUND)
    truth = cloud.truth()[serial]["last_update"]
    assert state_of(serial, "last_update").state == truth.isoformat()

    cloud.freeze(serial)
    for _ in range(4):
        await time_passes(HOUR)
    assert state_of(serial, "last_update").state == truth.isoformat()
