"""System health: accounts, failing requests, and reachability of the servers."""

from typing import Any

from homeassistant.components import system_health
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN
from .coordinator.runtime import GrowattConfigEntry


@callback
def async_register(
    hass: HomeAssistant, register: system_health.SystemHealthRegistration
) -> None:
    """Register what the system page shows."""
    register.async_register_info(_async_info)


async def _async_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return how the accounts do, and whether their servers can be reached."""
    entries: list[GrowattConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    servers = sorted({entry.data[CONF_URL] for entry in entries})
    coordinators = [
        coordinator
        for entry in entries
        for coordinator in entry.runtime_data.coordinators
    ]
    answered = [
        coordinator.answered for coordinator in coordinators if coordinator.answered
    ]
    return {
        "accounts": len(entries),
        "devices": sum(
            len(entry.runtime_data.inventory.data.devices) for entry in entries
        ),
        "failing": sum(1 for coordinator in coordinators if coordinator.outage),
        "last_answer": max(answered, default=None),
        **{
            f"server_{number}": system_health.async_check_can_reach_url(hass, server)
            for number, server in enumerate(servers, start=1)
        },
    }
