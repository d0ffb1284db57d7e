"""Storage of requests and responses, so that both outlive a restart."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store

from ..api import GrowattClient
from ..const import DOMAIN, LOGGER
from ..helpers import async_iterate_in_slices

VERSION: Final = 1
SAVE_AFTER: Final = 1800.0
"""Seconds between two savings; when Home Assistant stops, it saves at once."""


class Memory:
    """The memory of one entry's client, on disk."""

    def __init__(
        self, hass: HomeAssistant, entry_id: str, client: GrowattClient
    ) -> None:
        """Initialize the memory, which is empty until it is loaded."""
        self._client = client
        self._store = _store(hass, entry_id)
        self._waiting = False

    async def async_load(self) -> bool:
        """Let a client that is new go on from before; return whether it can."""
        if not self._client.throttle.is_new:
            return False
        try:
            stored = await self._store.async_load()
        except HomeAssistantError, NotImplementedError:
            # It was written by another version, which may come back.
            LOGGER.debug("The memory on disk is of another version")
            return False
        if not isinstance(stored, dict) or stored.get("token") != self._fingerprint:
            return False
        try:
            self._client.take_up(stored["memory"])
        except KeyError, TypeError, ValueError, AttributeError:
            LOGGER.debug("The memory on disk makes no sense")
            return False
        return True

    @contextmanager
    def recalling(self, *, possible: bool) -> Iterator[None]:
        """Let old answers do for a while, where there are some."""
        self._client.throttle.recalls = possible
        try:
            yield
        finally:
            self._client.throttle.recalls = False

    @callback
    def async_note(self) -> None:
        """See to it that what is new gets to the disk before long."""
        if not self._waiting:
            self._waiting = True
            self._store.async_delay_save(self._from_thread, SAVE_AFTER)

    async def async_save(self) -> None:
        """Save now; nothing must be written for an entry that may be removed next."""
        pieces = [
            piece async for piece in async_iterate_in_slices(self._client.memory())
        ]
        await self._store.async_save(self._stored(pieces))

    def _from_thread(self) -> dict[str, Any]:
        """Return what is written; Home Assistant asks for it in a thread."""
        return self._stored(list(self._client.memory()))

    def _stored(self, memory: list[str]) -> dict[str, Any]:
        """Return what is written.

        The pieces are texts because Home Assistant's own writer refuses numbers and
        texts that Growatt may send.
        """
        self._waiting = False
        return {"token": self._fingerprint, "memory": memory}

    @property
    def _fingerprint(self) -> str:
        """Return what tells one token on one server from another, but not which."""
        connection = self._client.connection
        return sha256(f"{connection.server} {connection.token}".encode()).hexdigest()


async def async_remove_memory(hass: HomeAssistant, entry_id: str) -> None:
    """Remove the memory of an entry from the disk."""
    await _store(hass, entry_id).async_remove()


def _store(hass: HomeAssistant, entry_id: str) -> Store[dict[str, Any]]:
    """Return the file of an entry; what is in it is private."""
    return Store(
        hass,
        VERSION,
        f"{DOMAIN}.{entry_id}",
        private=True,
        serialize_in_event_loop=False,
    )
