"""Claims: a plant, data logger or device belongs to exactly one config entry."""

from collections.abc import Collection

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN

# Which entry serves a plant id or serial. Entries set up side by side, so what one
# takes is noted before it waits for anything.
_CLAIMS: HassKey[dict[str, str]] = HassKey(f"{DOMAIN}_claims")


@callback
def async_served_keys(hass: HomeAssistant) -> set[str]:
    """Return the plant ids and serials of all enabled entries."""
    return {
        key
        for entry in hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        for key in async_keys_of(hass, entry)
    }


@callback
def async_claim(
    hass: HomeAssistant, entry: ConfigEntry, keys: Collection[str]
) -> set[str]:
    """Claim plant ids and serials, and return those that another entry serves.

    An entry that is not loaded has none claimed; what the registry has for it waits for
    it, unless both have it: then the older entry goes first.
    """
    claims = hass.data.setdefault(_CLAIMS, {})
    own = async_keys_of(hass, entry)
    waiting = {
        key
        for other in hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        if other is not entry and other.entry_id not in claims.values()
        for key in async_keys_of(hass, other)
        if key not in own or _age(other) < _age(entry)
    }
    elsewhere = {
        key
        for key in keys
        if claims.get(key, entry.entry_id) != entry.entry_id or key in waiting
    }
    claims.update(dict.fromkeys(set(keys) - elsewhere, entry.entry_id))
    return elsewhere


@callback
def async_release(
    hass: HomeAssistant, entry: ConfigEntry, keep: Collection[str] = ()
) -> None:
    """Give up what an entry no longer serves."""
    claims = hass.data.get(_CLAIMS, {})
    for key in [key for key, owner in claims.items() if owner == entry.entry_id]:
        if key not in keep:
            del claims[key]


@callback
def async_lost_keys(hass: HomeAssistant, entry: ConfigEntry) -> set[str]:
    """Return what the registry has for an entry although another one serves it."""
    claims = hass.data.get(_CLAIMS, {})
    return {
        key
        for key in async_keys_of(hass, entry)
        if claims.get(key, entry.entry_id) != entry.entry_id
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
