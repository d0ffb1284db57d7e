"""What the entries serve; a plant, data logger or device belongs to one entry only."""

from typing import TYPE_CHECKING

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from .const import DOMAIN

if TYPE_CHECKING:
    from .coordinator import GrowattConfigEntry


@callback
def async_served_keys(hass: HomeAssistant) -> set[str]:
    """Return the plant ids and serials of all enabled entries."""
    return {
        key
        for entry in hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        for key in async_keys_of(hass, entry)
    }


@callback
def async_claimed_keys(hass: HomeAssistant, entry: GrowattConfigEntry) -> set[str]:
    """Return the plant ids and serials that older, enabled entries serve."""
    return {
        key
        for other in hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        if _age(other) < _age(entry)
        for key in async_keys_of(hass, other)
    }


@callback
def async_occupied_keys(hass: HomeAssistant, entry: GrowattConfigEntry) -> set[str]:
    """Return the plant ids and serials that other entries serve at this moment."""
    loaded: list[GrowattConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    return {
        key
        for other in loaded
        if other is not entry
        for key in other.runtime_data.inventory.data.keys
    }


@callback
def async_keys_of(hass: HomeAssistant, entry: ConfigEntry) -> set[str]:
    """Return the plant ids and serials the registry has for an entry."""
    return {
        key
        for device in dr.async_entries_for_config_entry(
            dr.async_get(hass), entry.entry_id
        )
        for domain, key in device.identifiers
        if domain == DOMAIN
    }


def _age(entry: ConfigEntry) -> tuple[float, str]:
    """Return what orders entries by age."""
    return entry.created_at.timestamp(), entry.entry_id
