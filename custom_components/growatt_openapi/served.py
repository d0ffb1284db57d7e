"""What the entries serve; a plant, data logger or device belongs to one entry only."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from .const import DOMAIN


@callback
def async_served_keys(
    hass: HomeAssistant, *, besides: ConfigEntry | None = None
) -> set[str]:
    """Return the plant ids and serials of all enabled entries but one."""
    return {
        key
        for entry in hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        if entry is not besides
        for key in async_keys_of(hass, entry)
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
