"""Smart meters, a weather station and a GroBoost, as an owner sees them."""

from datetime import timedelta
import json
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator import SimulatedCloud
from simulator.devices.environment import Environment
from simulator.devices.meter import THREE_PHASES
from simulator.houses.recipes import add_meter

from ..conftest import Pass, StateOf, device_of
from ..test_diagnostics import SECRET, secrets_of
from ..test_sensor import ROUND

LOGGER = "SIML100002"
GRID, OUTPUT = f"{LOGGER}_meter_1", f"{LOGGER}_meter_2"
STATION = f"{LOGGER}_environment_3"
ON_BUS = {GRID: f"{LOGGER}#1", OUTPUT: f"{LOGGER}#2", STATION: f"{LOGGER}#3"}
GROBOOST = "SIMG100003"
METRIC = {"wind_speed": 3.6}
"""What Home Assistant multiplies with, as it shows km/h."""

HOUR = timedelta(hours=1, seconds=1)
SUNSET = timedelta(hours=12)


@pytest.fixture
def home() -> str:
    """Return the house that has them all."""
    return "weather"


def wrong(
    cloud: SimulatedCloud, state_of: StateOf, things: dict[str, str]
) -> dict[tuple[str, str], Any]:
    """Return what of the truth is not the state of an entity."""
    found = {}
    for thing, key_of_truth in things.items():
        for key, value in cloud.truth()[key_of_truth].items():
            if key.endswith("_wh"):
                continue
            state = state_of(thing, key)
            shown = state.state if state else None
            if key == "last_update":
                right = shown == value.isoformat()
            else:
                right = shown and float(shown) == pytest.approx(
                    value * METRIC.get(key, 1), abs=1e-9
                )
            if not right:
                found[thing, key] = (shown, value)
    return found


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.usefixtures("everything_enabled", "loaded")
async def test_values_are_the_truth(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass, *, flat: bool
) -> None:
    """Test that each value is shown, also once the firmware writes another shape."""
    things = ON_BUS | {GROBOOST: GROBOOST}
    assert wrong(cloud, state_of, things) == {}
    station = cloud.plants[0].bus[-1]
    assert isinstance(station, Environment)
    station.flat = flat
    for _ in range(2):
        await time_passes(ROUND)
    assert wrong(cloud, state_of, things) == {}


@pytest.mark.usefixtures("loaded")
async def test_devices(
    entry: MockConfigEntry, device_registry: dr.DeviceRegistry
) -> None:
    """Test that each hangs on its logger, by its model, without a serial on a bus."""
    logger = device_of(device_registry, entry, LOGGER)
    shown = {
        thing: (one.name, one.model, one.serial_number, one.via_device_id == logger.id)
        for thing in ON_BUS
        if (one := device_of(device_registry, entry, thing))
    }
    assert shown == {
        GRID: ("Smart meter 1", "CHNT three-phase", None, True),
        OUTPUT: ("Smart meter 2", "Smart meter", None, True),
        STATION: ("Environment sensor 3", "Environment sensor", None, True),
    }
    boost = device_of(device_registry, entry, GROBOOST)
    assert (boost.name, boost.sw_version) == (f"GroBoost {GROBOOST}", "9.1.0.2")
    assert (boost.model, boost.serial_number) == ("GroBoost", GROBOOST)


@pytest.mark.usefixtures("loaded")
async def test_only_what_a_model_measures(entity_registry: er.EntityRegistry) -> None:
    """Test that fields that stay 0 are no entities, and the rest is as expected."""

    def keys(thing: str, *, enabled: bool) -> set[str]:
        prefix = f"{thing}_"
        return {
            one.unique_id.removeprefix(prefix)
            for one in entity_registry.entities.values()
            if one.unique_id.startswith(prefix) and (one.disabled_by is None) is enabled
        }

    assert keys(OUTPUT, enabled=True) == {
        *("meter_power", "active_energy_total", "last_update", "online"),
    }
    assert keys(OUTPUT, enabled=False) == {
        *("apparent_power", "power_factor", "data_source"),
        *(
            f"tariff_{one}_energy_total"
            for one in ("peak", "flat", "valley", "shoulder")
        ),
    }
    assert keys(GRID, enabled=True) == {
        *("meter_power", "grid_import_power", "grid_export_power"),
        *("last_update", "online"),
        *(
            f"energy_{way}_{span}"
            for way in ("import", "export")
            for span in ("today", "total")
        ),
    }
    assert keys(STATION, enabled=True) == {
        *("ambient_temperature", "panel_temperature", "irradiance"),
        *("wind_speed", "wind_direction", "last_update", "online"),
    }
    assert keys(GROBOOST, enabled=True) == {
        *("consumed_power", "consumed_energy_total", "temperature"),
        *("last_update", "online"),
    }
    assert "channel_b_power" not in keys(GROBOOST, enabled=False)


@pytest.mark.usefixtures("loaded")
async def test_energy_dashboard(state_of: StateOf) -> None:
    """Test that a meter can be the grid of the Energy dashboard."""
    for key in ("energy_import_total", "energy_export_total"):
        attributes = state_of(GRID, key).attributes
        assert attributes["device_class"] == "energy"
        assert attributes["unit_of_measurement"] == "kWh"
        assert attributes["state_class"] == "total_increasing"


@pytest.mark.usefixtures("loaded")
async def test_at_night(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that meters and the weather go on at night; 0 of the sun is a value."""
    await time_passes(SUNSET)
    for _ in range(2):
        await time_passes(ROUND)
    assert float(state_of(STATION, "irradiance").state) == 0
    assert float(state_of(GROBOOST, "consumed_power").state) == 0
    assert float(state_of(GRID, "grid_import_power").state) > 0
    assert float(state_of(GRID, "grid_export_power").state) == 0
    assert wrong(cloud, state_of, {STATION: ON_BUS[STATION]}) == {}


@pytest.mark.usefixtures("loaded")
async def test_offline(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that what hangs on a silent logger goes offline, and comes back."""
    await time_passes(ROUND)
    assert state_of(GRID, "online", "binary_sensor").state == STATE_ON
    cloud.freeze(LOGGER)
    for _ in range(6):
        await time_passes(ROUND)
    for thing in ON_BUS:
        assert state_of(thing, "online", "binary_sensor").state == STATE_OFF
    cloud.thaw(LOGGER)
    for _ in range(2):
        await time_passes(ROUND)
    for thing in ON_BUS:
        assert state_of(thing, "online", "binary_sensor").state == STATE_ON


@pytest.mark.parametrize(
    ("fault", "options"),
    [
        ("http", {"status": 500}),
        ("code", {"code": 10011}),
        ("code", {"code": 10003}),
        ("count_mismatch", {}),
        ("empty_list", {}),
    ],
)
@pytest.mark.usefixtures("loaded")
async def test_failing_list(
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
    fault: str,
    options: dict[str, int],
) -> None:
    """Test that meters stay while the list of their bus fails, however long."""
    cloud.faults.add(fault, path="device/ammeter/meter_list", **options)
    plant = cloud.plants[0]
    gone = cloud.add_min(plant)
    await time_passes(HOUR)
    plant.remove(gone.serial)
    for _ in range(8):
        await time_passes(HOUR)
    await time_passes(ROUND)
    assert device_of(device_registry, entry, GRID)
    assert state_of(GRID, "meter_power").state != STATE_UNAVAILABLE
    # What else is missing is missed all the same.
    assert gone.serial not in entry.runtime_data.inventory.data.devices


@pytest.mark.usefixtures("loaded")
async def test_meter_is_gone(
    cloud: SimulatedCloud, entry: MockConfigEntry, time_passes: Pass
) -> None:
    """Test that a meter goes after three absences, alone or with its logger."""
    plant = cloud.plants[0]
    plant.remove(ON_BUS[OUTPUT])
    for _ in range(3):
        await time_passes(HOUR)
    devices = entry.runtime_data.inventory.data.devices
    assert (GRID in devices, OUTPUT in devices) == (True, False)
    plant.remove(LOGGER)
    for _ in range(3):
        await time_passes(HOUR)
    inventory = entry.runtime_data.inventory.data
    assert not {GRID, STATION} & inventory.devices.keys()
    assert LOGGER not in inventory.dataloggers
    assert GROBOOST in inventory.devices


@pytest.mark.usefixtures("everything_enabled")
async def test_two_buses(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that an address is one of its own logger, whatever that one is called."""
    plant = cloud.plants[0]
    grid = plant.bus[0]
    logger = cloud.builder_of(plant).logger(plant, "SIM_LOG_9")
    add_meter(cloud.builder_of(plant), plant, logger, grid.source, THREE_PHASES)
    other = "SIM_LOG_9_meter_1"
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    things = {GRID: ON_BUS[GRID], other: "SIM_LOG_9#1"}
    assert wrong(cloud, state_of, things) == {}
    parents = {
        serial: device_of(device_registry, entry, thing).via_device_id
        for serial, thing in ((LOGGER, GRID), ("SIM_LOG_9", other))
    }
    assert parents == {
        serial: device_of(device_registry, entry, serial).id for serial in parents
    }


@pytest.mark.usefixtures("everything_enabled")
async def test_logger_moves(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that meters follow their logger to another plant, with their history."""
    before = cloud.plants[0]
    after = cloud.builder_of(before).plant("Annex", 1)
    cloud.accounts[0].plants.append(after)
    cloud.add_min(after)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    meter = device_of(device_registry, entry, GRID).id
    moved = [thing for thing in before.bus if thing.logger.serial == LOGGER]
    logger = moved[0].logger
    before.bus = []
    before.loggers.remove(logger)
    after.loggers.append(logger)
    after.bus += moved
    for thing in moved:
        thing.plant = after
    for _ in range(3):
        await time_passes(HOUR)
    await time_passes(ROUND)
    inventory = entry.runtime_data.inventory.data
    assert inventory.devices[GRID].plant_id == str(after.plant_id)
    assert inventory.dataloggers[LOGGER].plant_id == str(after.plant_id)
    assert device_of(device_registry, entry, GRID).id == meter
    shown = device_of(device_registry, entry, LOGGER)
    plant = device_of(device_registry, entry, after.plant_id)
    assert shown.via_device_id == plant.id
    assert wrong(cloud, state_of, {GRID: ON_BUS[GRID]}) == {}


@pytest.mark.parametrize("home", ["hybrid"])
@pytest.mark.usefixtures("loaded")
async def test_beside_a_hybrid(cloud: SimulatedCloud, state_of: StateOf) -> None:
    """Test that a meter and the hybrid beside it tell the same of the grid."""
    hybrid, (meter,) = cloud.devices[0], cloud.plants[0].bus
    serial = f"{meter.logger.serial}_meter_{meter.address}"
    for key in (
        "grid_import_power",
        "grid_export_power",
        "energy_import_today",
        "energy_import_total",
        "energy_export_today",
        "energy_export_total",
    ):
        seen = [float(state_of(one, key).state) for one in (serial, hybrid.serial)]
        assert seen[0] == seen[1]


async def test_diagnostics(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """Test that a report has the values of a bus, and no serial in what it names."""
    cloud.faults.plant_secrets(SECRET)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    shown = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    text = json.dumps(shown)
    assert [secret for secret in secrets_of(cloud) if secret in text] == []
    assert len(shown["readings"]["growatt_openapi meter"]) == 2
    (weather,) = shown["readings"]["growatt_openapi environment"]
    assert weather["fields"]["radiant"] == cloud.truth()[ON_BUS[STATION]]["irradiance"]
