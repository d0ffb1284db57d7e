"""Energy dashboard of the demo: its sources, and simulated past hours."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from simulator import SimulatedCloud

from .home_assistant import HomeAssistant
from .readings import Device, Reading

HOURS_BACK = 48
# The keys of the sensors, under the names that Home Assistant has for their parts:
# those without which there is no such source, and those that may be missing.
ENERGIES = {
    "solar": {"stat_energy_from": "energy_total"},
    "grid": {
        "stat_energy_from": "energy_import_total",
        "stat_energy_to": "energy_export_total",
    },
    "battery": {
        "stat_energy_from": "battery_discharge_energy_total",
        "stat_energy_to": "battery_charge_energy_total",
    },
}
REST = {
    "solar": {"stat_rate": "pv_power"},
    "battery": {"stat_soc": "battery_soc"},
}
# The power of what goes both ways takes two sensors.
POWERS = {
    "grid": {
        "stat_rate_from": "grid_import_power",
        "stat_rate_to": "grid_export_power",
    },
    "battery": {
        "stat_rate_from": "battery_discharge_power",
        "stat_rate_to": "battery_charge_power",
    },
}
EXTRAS = {"grid": {"cost_adjustment_day": 0}}
# It measures what the inverter beside it gives, which is a source already.
WITHOUT_PANELS = "SPA"

type Source = dict[str, Any]


async def set_up_dashboard(home: HomeAssistant, readings: Iterable[Reading]) -> None:
    """Add the devices' sensors as sources of the Energy dashboard."""
    found = sources(readings)
    await home.ask("energy/save_prefs", energy_sources=found)


def sources(readings: Iterable[Reading]) -> list[Source]:
    """Return the sources of the Energy dashboard, each energy once."""
    entities: defaultdict[str, dict[str, str]] = defaultdict(dict)
    devices: dict[str, Device] = {}
    for reading in readings:
        if not reading.device.is_plant:
            devices[reading.device.owner] = reading.device
            entities[reading.device.owner][reading.key] = reading.entity_id
    found = []
    # A plant has one connection to the grid, however many devices measure it.
    places = set()
    for owner, known in entities.items():
        device = devices[owner]
        for source in _sources(known):
            if source["type"] == "solar" and device.model.startswith(WITHOUT_PANELS):
                continue
            if source["type"] == "grid":
                if device.place in places:
                    continue
                places.add(device.place)
            found.append(source)
    return found


def _sources(known: dict[str, str]) -> Iterator[Source]:
    """Yield each source type for which a device has all energy sensors."""
    if "pv_power" not in known:
        # What it counts is no energy of the sun.
        known = {key: name for key, name in known.items() if key != "energy_total"}
    elif "pv_energy_total" in known:
        # Where a battery is behind the inverter, its output is not what the sun gave.
        known = known | {"energy_total": known["pv_energy_total"]}
    for kind, keys in ENERGIES.items():
        if all(key in known for key in keys.values()):
            both_ways = POWERS.get(kind, {})
            powers = _named(both_ways, known)
            complete = powers and powers.keys() == both_ways.keys()
            yield {
                "type": kind,
                **_named(keys | REST.get(kind, {}), known),
                **({"power_config": powers} if complete else {}),
                **EXTRAS.get(kind, {}),
            }


def _named(keys: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    """Return the available sensors, by their key in the Energy preferences."""
    return {name: known[key] for name, key in keys.items() if key in known}


async def fill_history(
    home: HomeAssistant, readings: Iterable[Reading], cloud: SimulatedCloud
) -> None:
    """Put the counters of the last two days into Home Assistant's statistics."""
    history = {}
    this_hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    for back in range(HOURS_BACK, 0, -1):
        start = this_hour - timedelta(hours=back)
        cloud.clock.set(start + timedelta(hours=1))
        history[start] = cloud.truth()
    for reading in readings:
        known = history[start].get(reading.device.owner, {})
        if reading.key.endswith("_total") and reading.key in known:
            states = [
                (at, truth[reading.device.owner][reading.key])
                for at, truth in history.items()
            ]
            await _import(home, reading, states)


async def _import(
    home: HomeAssistant, reading: Reading, states: list[tuple[datetime, Any]]
) -> None:
    """Import the states of a counter at the ends of hours, named by their starts."""
    first = states[0][1]
    await home.ask(
        "recorder/import_statistics",
        metadata={
            "has_mean": False,
            "mean_type": 0,
            "has_sum": True,
            "name": None,
            "source": "recorder",
            "statistic_id": reading.entity_id,
            "unit_class": "energy",
            "unit_of_measurement": reading.unit,
        },
        stats=[
            {"start": start.isoformat(), "state": state, "sum": state - first}
            for start, state in states
        ],
    )
