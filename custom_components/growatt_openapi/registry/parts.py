"""The parts of devices that have a page of their own, such as batteries."""

from collections.abc import Iterator

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import AnyDeviceEntry, ChildDeviceEntry

from ..catalog import PROFILES, GrowattDescription, Part, Profile
from ..const import DOMAIN
from ..coordinator.runtime import GrowattConfigEntry


def part_identifier(key: str, part: Part) -> tuple[str, str]:
    """Return the identifier of a part of a plant id or serial."""
    return DOMAIN, f"{key}_{part.key}"


@callback
def async_keys_of_device(hass: HomeAssistant, device: AnyDeviceEntry) -> set[str]:
    """Return the plant id or serial of a device, or of the one it is a part of."""
    whole = (
        dr.async_get(hass).async_get(
            device.parent_device_id, include_child_devices=False
        )
        if isinstance(device, ChildDeviceEntry)
        else device
    )
    identifiers = whole.identifiers if whole else ()
    return {key for domain, key in identifiers if domain == DOMAIN}


@callback
def async_forget_part(
    entry: GrowattConfigEntry, key: str, device: ChildDeviceEntry
) -> bool:
    """Forget a part that its device no longer reports, and return whether it is so."""
    data = entry.runtime_data
    readings = [
        (PROFILES[one.family], one.data[key])
        for one in data.sources
        if key in one.data and not one.data[key].expired
    ]
    there = any(
        description.proved(reading)
        for profile, reading in readings
        for _, description in _of_part(profile, key, device)
    )
    if key in data.inventory.data.keys and (there or not readings):
        return False
    data.added[key] -= {
        (platform, description.key)
        for profile in PROFILES.values()
        for platform, description in _of_part(profile, key, device)
    }
    return True


def _of_part(
    profile: Profile, key: str, device: ChildDeviceEntry
) -> Iterator[tuple[Platform, GrowattDescription]]:
    """Yield the entities of a part, with their platforms."""
    described: dict[Platform, tuple[GrowattDescription, ...]] = {
        Platform.SENSOR: profile.sensors,
        Platform.BINARY_SENSOR: profile.binary_sensors,
    }
    for platform, descriptions in described.items():
        for one in descriptions:
            if one.part and part_identifier(key, one.part) in device.identifiers:
                yield platform, one
