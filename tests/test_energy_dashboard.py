"""The Energy dashboard takes the sensors of every hybrid, and finds no fault."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from homeassistant.components.recorder import Recorder
from homeassistant.components.sensor import (
    ATTR_STATE_CLASS,
    SensorDeviceClass,
    SensorStateClass,
)
from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_UNIT_OF_MEASUREMENT,
    PERCENTAGE,
    UnitOfEnergy,
    UnitOfPower,
)
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator import SimulatedCloud

from .conftest import NOON, Pass, StateOf

type Ask = Callable[..., Awaitable[Any]]
type Source = dict[str, Any]

FIVE_MINUTES = timedelta(minutes=5)
ROUND = timedelta(minutes=5, seconds=6)
ENERGY = (
    SensorDeviceClass.ENERGY,
    SensorStateClass.TOTAL_INCREASING,
    UnitOfEnergy.KILO_WATT_HOUR,
)
POWER = (SensorDeviceClass.POWER, SensorStateClass.MEASUREMENT, UnitOfPower.WATT)
CHARGE = (SensorDeviceClass.BATTERY, SensorStateClass.MEASUREMENT, PERCENTAGE)

# What each source of the dashboard is made of: its name there, and the key here.
SOLAR = {"stat_energy_from": "pv_energy_total", "stat_rate": "pv_power"}
GRID_POWER = {
    "stat_rate_from": "grid_import_power",
    "stat_rate_to": "grid_export_power",
}
GRID = {
    "stat_energy_from": "energy_import_total",
    "stat_energy_to": "energy_export_total",
    **GRID_POWER,
}
BATTERY = {
    "stat_energy_from": "battery_discharge_energy_total",
    "stat_energy_to": "battery_charge_energy_total",
    "stat_rate_from": "battery_discharge_power",
    "stat_rate_to": "battery_charge_power",
    "stat_soc": "battery_soc",
}
IMPORT = {
    "stat_energy_from": "energy_import_total",
    "stat_rate": "grid_import_power",
}
ALL = {"solar": SOLAR, "grid": GRID, "battery": BATTERY}

# The house, the kind of its device, and the sources that device has.
DEVICES = [
    ("villa", "min", ALL),
    ("hybrid", "sph", ALL),
    ("hybrid", "meter", {"grid": GRID}),
    ("retrofit", "spa", ALL),
    ("sph_s", "sph_s", ALL),
    ("wit", "wit", ALL),
    # Nothing goes back to the grid.
    ("offgrid", "storage", {"solar": SOLAR, "grid": IMPORT, "battery": BATTERY}),
    # It counts nothing but the sun.
    ("balcony", "noah", {"solar": SOLAR, "grid": GRID_POWER}),
    ("atess", "hps", ALL),
    # It does not count the sun.
    ("atess", "pcs", {"grid": GRID, "battery": BATTERY}),
    ("atess", "pbd", {"solar": SOLAR, "battery": BATTERY}),
]


@pytest.fixture(autouse=True)
def _custom_integrations(
    recorder_mock: Recorder, enable_custom_integrations: None
) -> None:
    """Let Home Assistant find the integration, after the recorder has started."""


@pytest.fixture
def serial(cloud: SimulatedCloud, kind: str) -> str:
    """Return the serial of a device, or what stands for it on a bus."""
    found = [(one.kind, one.serial) for one in cloud.devices]
    found += [
        ("meter", f"{thing.logger.serial}_meter_{thing.address}")
        for plant in cloud.plants
        for thing in plant.bus
    ]
    return dict(found)[kind]


@pytest.fixture
async def ask(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
) -> Ask:
    """Return what asks a Home Assistant that records, and has the dashboard."""
    assert await async_setup_component(hass, "energy", {})
    client = await hass_ws_client(hass)

    async def asked(question: str, **more: Any) -> Any:
        await client.send_json_auto_id({"type": question, **more})
        answer = await client.receive_json()
        assert answer["success"], answer
        return answer["result"]

    return asked


def source(kind: str, entity_ids: Mapping[str, str]) -> Source:
    """Return a source as the page of the dashboard saves it."""
    rates = {"stat_rate_from", "stat_rate_to"}
    stats = {name: one for name, one in entity_ids.items() if name not in rates}
    both = {name: one for name, one in entity_ids.items() if name in rates}
    extras: Source = {"cost_adjustment_day": 0} if kind == "grid" else {}
    return {
        "type": kind,
        **stats,
        **({"power_config": both} if both else {}),
        **extras,
    }


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(("home", "kind", "sources"), DEVICES)
async def test_each_source_can_be_picked(
    serial: str, sources: Mapping[str, Mapping[str, str]], state_of: StateOf
) -> None:
    """Test that each sensor has what the page of the dashboard offers it by."""
    for parts in sources.values():
        for name, key in parts.items():
            state = state_of(serial, key)
            assert state is not None, key
            assert (
                state.attributes[ATTR_DEVICE_CLASS],
                state.attributes[ATTR_STATE_CLASS],
                state.attributes[ATTR_UNIT_OF_MEASUREMENT],
            ) == (
                CHARGE
                if name == "stat_soc"
                else POWER
                if name.startswith("stat_rate")
                else ENERGY
            ), key


@pytest.mark.parametrize(("home", "kind", "sources"), DEVICES)
async def test_dashboard_finds_no_fault(
    hass: HomeAssistant,
    serial: str,
    sources: Mapping[str, Mapping[str, str]],
    ask: Ask,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that Home Assistant accepts each source, and works its power out."""
    chosen = [
        source(
            kind, {name: state_of(serial, key).entity_id for name, key in parts.items()}
        )
        for kind, parts in sources.items()
    ]
    saved = await ask("energy/save_prefs", energy_sources=chosen)
    await time_passes(ROUND)
    await async_wait_recording_done(hass)
    # What Home Assistant works out itself begins in the one or the other.
    for start in (NOON, NOON + FIVE_MINUTES):
        do_adhoc_statistics(hass, start=start)
        await async_wait_recording_done(hass)
    found = await ask("energy/validate")
    assert found["energy_sources"] == [[]] * len(chosen)

    for kept, parts in zip(saved["energy_sources"], sources.values(), strict=True):
        shown = float(hass.states.get(kept["stat_rate"]).state)
        flows = {
            name: float(state_of(serial, key).state)
            for name, key in parts.items()
            if name.startswith("stat_rate")
        }
        assert shown == pytest.approx(
            flows.get("stat_rate", flows.get("stat_rate_from", 0))
            - flows.get("stat_rate_to", 0)
        )
