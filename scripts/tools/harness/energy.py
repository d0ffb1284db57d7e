"""Energy dashboard: its sources, and the statistics of the hours before now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from simulator import SimulatedCloud

from .home_assistant import HomeAssistant
from .readings import Reading

HOURS_BACK = 48
# Keys of sensors by Home Assistant's names of the parts of a source: required ones,
# then optional ones.
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
OPTIONAL = {
    "solar": {"stat_rate": "pv_power"},
    "battery": {"stat_soc": "battery_soc"},
}
# Power in two directions takes two sensors.
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
# It measures the output of the inverter beside it, which is a source already.
WITHOUT_PANELS = "SPA"

type Source = dict[str, Any]


async def set_up_dashboard(home: HomeAssistant, readings: Iterable[Reading]) -> None:
    """Add the devices' sensors as sources of the Energy dashboard."""
    found = sources(readings)
    await home.ask("energy/save_prefs", energy_sources=found)


def sources(readings: Iterable[Reading]) -> list[Source]:
    """Return the sources of the Energy dashboard, each energy once."""
    entities: defaultdict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for reading in readings:
        device = reading.device
        if not device.is_plant:
            known = entities[device.owner, device.model, device.place]
            known[reading.key] = reading.entity_id
    found: dict[tuple[str, str], Source] = {}
    for (owner, model, place), known in entities.items():
        for source in _sources(known, has_panels=not model.startswith(WITHOUT_PANELS)):
            # A plant has one connection to the grid, however many devices measure it.
            where = place if source["type"] == "grid" else owner
            found.setdefault((source["type"], where), source)
    return list(found.values())


def _sources(known: dict[str, str], *, has_panels: bool) -> Iterator[Source]:
    """Yield each kind of source for which a device has all energies."""
    if "pv_power" not in known:
        # Its counter is no energy of the sun.
        known = {key: name for key, name in known.items() if key != "energy_total"}
    elif "pv_energy_total" in known:
        # Behind an inverter with a battery, output is not the energy of the sun.
        known = known | {"energy_total": known["pv_energy_total"]}
    for kind, keys in ENERGIES.items():
        if all(key in known for key in keys.values()) and (
            has_panels or kind != "solar"
        ):
            yield _source(kind, known)


def _source(kind: str, known: dict[str, str]) -> Source:
    """Return a source with its energies, and its powers if they are complete."""
    both_ways = POWERS.get(kind, {})
    powers = _named(both_ways, known)
    complete = powers and powers.keys() == both_ways.keys()
    return {
        "type": kind,
        **_named(ENERGIES[kind] | OPTIONAL.get(kind, {}), known),
        **({"power_config": powers} if complete else {}),
        **EXTRAS.get(kind, {}),
    }


def _named(keys: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    """Return the known sensors, by Home Assistant's names of the parts of a source."""
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
        owner, key = reading.device.owner, reading.key
        if key.endswith("_total") and key in history[start].get(owner, {}):
            states = [(at, truth[owner][key]) for at, truth in history.items()]
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
