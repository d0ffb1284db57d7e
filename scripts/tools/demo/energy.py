"""Filling the Energy dashboard: its sources, and the simulated hours before now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from simulator import SimulatedCloud

from .home_assistant import HomeAssistant
from .readings import Reading

HOURS_BACK = 48
# The keys of the sensors, under the names that Home Assistant has for their parts.
SOURCES = {
    "solar": {"stat_energy_from": "energy_total", "stat_rate": "pv_power"},
    "grid": {
        "stat_energy_from": "energy_import_total",
        "stat_energy_to": "energy_export_total",
    },
    "battery": {
        "stat_energy_from": "battery_discharge_energy_total",
        "stat_energy_to": "battery_charge_energy_total",
        "stat_soc": "battery_soc",
    },
}
EXTRAS = {"grid": {"cost_adjustment_day": 0}}


async def set_up_dashboard(home: HomeAssistant, readings: Iterable[Reading]) -> None:
    """Name the devices' sensors as the sources of the Energy dashboard."""
    entities: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in readings:
        if not one.device.is_plant:
            entities[one.device.owner][one.key] = one.entity_id
    for known in entities.values():
        # Where a battery is behind the inverter, its output is not what the sun gave.
        if "pv_energy_total" in known:
            known["energy_total"] = known["pv_energy_total"]
    sources = [source for known in entities.values() for source in _sources(known)]
    await home.ask("energy/save_prefs", energy_sources=sources)


def _sources(known: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield each kind of source that one device has all energies of."""
    for kind, keys in SOURCES.items():
        if all(key in known for name, key in keys.items() if "energy" in name):
            stats = {name: known[key] for name, key in keys.items() if key in known}
            yield {"type": kind, **stats, **EXTRAS.get(kind, {})}


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
    for one in readings:
        known = history[start].get(one.device.owner, {})
        if one.key.endswith("_total") and one.key in known:
            states = [
                (at, truth[one.device.owner][one.key]) for at, truth in history.items()
            ]
            await _import(home, one, states)


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
