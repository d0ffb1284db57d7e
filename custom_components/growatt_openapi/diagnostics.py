"""Diagnostics: numbers, times and known words; nothing that identifies anybody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
import re
from typing import Any, Final

from homeassistant.components.diagnostics import REDACTED
from homeassistant.const import CONF_REGION, CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import AnyDeviceEntry

from .api import Family
from .catalog import Snapshot
from .const import CONF_EXCLUDED_PLANTS
from .coordinator.base import GrowattCoordinator
from .coordinator.runtime import GrowattConfigEntry
from .coordinator.sources import Source
from .registry.parts import async_keys_of_device

_FIELD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")
# Fields that say who or where even as a number.
_IDENTIFYING: Final = re.compile(
    r"^id$|ID$|Id$|_id$|[Ss][Nn]$|^(lat|lng|lon)|_(lat|lng)$"
    r"|(?i:serial|imei|iccid|phone|mobile)"
)
# A text that names no one: a number, a time, a word of the cloud.
_HARMLESS: Final = re.compile(
    r"-?\d{1,7}(\.\d{1,6})?|\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?(\.0)?"
    r"|GMT ?[+-]?\d{1,2}|Waiting|Normal|Fault|Unknown"
)


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: GrowattConfigEntry
) -> dict[str, Any]:
    """Return diagnostics of an account."""
    data = entry.runtime_data
    inventory = data.inventory.data
    return {
        "region": entry.data[CONF_REGION],
        "plants": len(inventory.plants),
        "plants_left_out": len(entry.options.get(CONF_EXCLUDED_PLANTS, [])),
        "dataloggers": len(inventory.dataloggers),
        "devices": len(inventory.devices),
        "unmapped_types": sorted(
            device.type_name
            for device in inventory.devices.values()
            if device.family is Family.UNMAPPED
        ),
        "token_refusals": data.client.token_refusals,
        "held_back": _held_back(data.held_back.values()),
        "requests": {
            coordinator.name: _requests(coordinator)
            for coordinator in data.coordinators
        },
        "readings": {
            source.name: [_reading(entry, source, key) for key in sorted(source.data)]
            for source in data.sources
        },
    }


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: GrowattConfigEntry, device: AnyDeviceEntry
) -> dict[str, Any]:
    """Return diagnostics of a plant, a data logger, a device or a part of one."""
    keys = async_keys_of_device(hass, device)
    return {
        source.name: {
            **(_requests(source) if isinstance(source, GrowattCoordinator) else {}),
            "reading": _reading(entry, source, key),
        }
        for source in entry.runtime_data.sources
        for key in keys & source.data.keys()
    }


def _held_back(counters: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return how many values could not be believed, by the key of the counter."""
    found: Counter[str] = Counter()
    for counts in counters:
        found.update(counts)
    return {key: times for key, times in sorted(found.items()) if times}


def _requests(coordinator: GrowattCoordinator[Any]) -> dict[str, Any]:
    """Return how the requests of a coordinator do."""
    outage = coordinator.outage
    return {
        "answering": outage is None,
        "answered": coordinator.answered,
        "failures": outage.failures if outage else 0,
        "error": str(outage.error) if outage else None,
        "interval": coordinator.update_interval and str(coordinator.update_interval),
    }


def _reading(entry: GrowattConfigEntry, source: Source, key: str) -> dict[str, Any]:
    """Return what is in a reading, field by field."""
    reading = source.data[key]
    secrets = _secrets(entry)
    return {
        "updated": reading.updated,
        "online": reading.online,
        "status": reading.status,
        "fields": _fields(reading, secrets),
    }


def _fields(reading: Snapshot, secrets: set[str]) -> dict[str, Any]:
    """Return the fields of a reading that identify nobody."""
    return {
        name: _shown(name, value, secrets)
        for name, value in sorted(reading.fields.items())
        if _FIELD.fullmatch(name) and not any(secret in name for secret in secrets)
    }


def _shown(name: str, value: Any, secrets: set[str]) -> Any:
    """Return a value, or that it is hidden."""
    if value is None or isinstance(value, bool | datetime | StrEnum):
        return value
    harmless = isinstance(value, int | float) or (
        isinstance(value, str) and _HARMLESS.fullmatch(value)
    )
    known = any(secret in str(value) for secret in secrets)
    return (
        value if harmless and not known and not _IDENTIFYING.search(name) else REDACTED
    )


def _secrets(entry: GrowattConfigEntry) -> set[str]:
    """Return every text that names this account."""
    inventory = entry.runtime_data.inventory.data
    plants: Mapping[str, Any] = inventory.all_plants
    owners = {plant.owner_id for plant in plants.values() if plant.owner_id}
    names = {plant.name for plant in plants.values()}
    return {entry.data[CONF_TOKEN], *inventory.keys, *plants, *owners, *names}
