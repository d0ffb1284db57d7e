"""Readings: the integration's entities, compared with the expected values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
import math
import re
from typing import Any

from .home_assistant import DOMAIN, HomeAssistant
from .simulator import Truth

# Bus devices of a data logger have an address and no serial number.
ON_BUS = re.compile(r"_[a-z]+_(\d+)$")
# Home Assistant shows wind in km/h, where the simulator has m/s.
SHOWN_FOR_ONE = {"km/h": 3.6}
NO_VALUE = ("unknown", "unavailable")
# Keys that must be shown wherever the simulator has a value other than zero.
EVERYDAY = frozenset(
    {
        "ac_power",
        "battery_charge_energy_today",
        "battery_charge_energy_total",
        "battery_charge_power",
        "battery_discharge_energy_today",
        "battery_discharge_energy_total",
        "battery_discharge_power",
        "battery_soc",
        "energy_export_today",
        "energy_export_total",
        "energy_import_today",
        "energy_import_total",
        "energy_load_today",
        "energy_load_total",
        "energy_month",
        "energy_today",
        "energy_total",
        "energy_year",
        "grid_export_power",
        "grid_import_power",
        "last_update",
        "load_power",
        "peak_power",
        "power",
        "pv_power",
        "status",
    }
)


@dataclass(frozen=True, kw_only=True)
class Device:
    """A device of the integration."""

    key: str  # the integration's identifier
    owner: str  # the simulator's key: serial, plant id, or logger#address
    name: str
    model: str
    place: str  # id in the device registry of its plant
    is_plant: bool


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One entity of the integration, and its state."""

    device: Device
    key: str
    entity_id: str
    name: str
    state: str
    unit: str
    everyday: bool

    @property
    def has_value(self) -> bool:
        """Return whether there is a value."""
        return self.state not in NO_VALUE

    def true_value(self, truths: Iterable[Truth]) -> Any:
        """Return the expected value that fits best, or None without any."""
        factor = SHOWN_FOR_ONE.get(self.unit)
        known = [
            value if factor is None else round(value * factor, 3)
            for truth in truths
            if (value := truth.get(self.device.owner, {}).get(self.key)) is not None
        ]
        fitting = [value for value in known if same(self.state, value)]
        return (fitting or known or [None])[-1]


async def devices_of(home: HomeAssistant) -> dict[str, Device]:
    """Return the integration's devices by their id in the registry."""
    listed = {
        device["id"]: device for device in await home.ask("config/device_registry/list")
    }
    found = {}
    for device_id, device in listed.items():
        # Entities of a part, such as a battery, belong to the whole device.
        whole = listed.get(device.get("parent_device_id"), device)
        owners = [owner for domain, owner in whole["identifiers"] if domain == DOMAIN]
        if owners:
            found[device_id] = Device(
                key=owners[0],
                owner=ON_BUS.sub(r"#\1", owners[0]),
                name=device["name_by_user"] or device["name"],
                model=whole["model"] or "",
                place=_outermost(whole["id"], listed),
                is_plant=whole["entry_type"] == "service",
            )
    return found


def _outermost(device_id: str, listed: dict[str, dict[str, Any]]) -> str:
    """Return the id of the outermost device that a device is connected through."""
    while (beyond := listed[device_id]["via_device_id"]) in listed:
        device_id = beyond
    return device_id


async def readings_of(home: HomeAssistant) -> list[Reading]:
    """Return the integration's enabled entities with their states, device by device."""
    devices = await devices_of(home)
    states = {state["entity_id"]: state for state in await home.ask("get_states")}
    found = [
        _reading(entity, devices[entity["device_id"]], states[entity["entity_id"]])
        for entity in await home.ask("config/entity_registry/list")
        if entity["platform"] == DOMAIN and entity["entity_id"] in states
    ]
    order = list(devices.values())
    return sorted(
        found, key=lambda reading: (order.index(reading.device), reading.name)
    )


def _reading(entity: dict[str, Any], device: Device, state: dict[str, Any]) -> Reading:
    """Return an entity of the registry together with its state."""
    name = state["attributes"].get("friendly_name", entity["entity_id"])
    return Reading(
        device=device,
        key=entity["unique_id"].removeprefix(f"{device.key}_"),
        entity_id=entity["entity_id"],
        name=name.removeprefix(device.name).strip(),
        state=state["state"],
        unit=state["attributes"].get("unit_of_measurement", ""),
        everyday=entity["entity_category"] is None,
    )


def same(state: str, truth: Any) -> bool:
    """Return whether a state equals an expected value."""
    if isinstance(truth, str):
        try:
            return datetime.fromisoformat(state) == datetime.fromisoformat(truth)
        except ValueError:
            return state == truth
    try:
        return math.isclose(float(state), truth, rel_tol=1e-6, abs_tol=1e-3)
    except ValueError:
        return False


def missing(
    devices: Iterable[Device], readings: Iterable[Reading], truth: Truth
) -> list[str]:
    """Return the missing devices, entities and everyday values."""
    readings = list(readings)
    owners = {device.owner for device in devices}
    shown = {(reading.device.owner, reading.key) for reading in readings}
    absent = [
        f"{owner}: device is missing" for owner in truth if owner not in owners
    ] + [
        f"{owner} {key}: entity is missing"
        for owner, values in truth.items()
        for key in sorted(EVERYDAY & values.keys())
        if values[key] and (owner, key) not in shown
    ]
    empty = [
        f"{reading.device.owner} {reading.key}: {reading.state}"
        for reading in readings
        if reading.everyday and not reading.has_value
    ]
    return absent + empty + ([] if readings else ["No entities found"])


def wrong(readings: Iterable[Reading], truths: list[Truth]) -> list[str]:
    """Return the readings that differ from all expected values."""
    return [
        f"{reading.device.owner} {reading.key}: {reading.state}, expected {truth}"
        for reading in readings
        if reading.has_value
        and (truth := reading.true_value(truths)) is not None
        and not same(reading.state, truth)
    ]
