"""One token on one server: the client all its users share, and finding its server."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util.hass_dict import HassKey

from ..api import (
    Connection,
    GrowattClient,
)
from ..const import DOMAIN

LONGEST_CALL: Final = 30.0
"""Seconds; Growatt was seen to take many."""

# Not below an entry: a flow asks before there is one, and the pace outlives a reload.
_CLIENTS: HassKey[dict[tuple[str, str], GrowattClient]] = HassKey(f"{DOMAIN}_clients")


@callback
def async_get_client(hass: HomeAssistant, server: str, token: str) -> GrowattClient:
    """Return the client of a token on a server, with its memory of what was asked."""
    clients = hass.data.setdefault(_CLIENTS, {})
    if (server, token) not in clients:
        # A token that nobody uses is not kept for longer than its pace matters.
        for key in [key for key, client in clients.items() if client.is_idle]:
            del clients[key]
        clients[server, token] = GrowattClient(
            connection=Connection(
                session=async_get_clientsession(hass),
                server=server,
                token=token,
                seconds=LONGEST_CALL,
            )
        )
    return clients[server, token]
