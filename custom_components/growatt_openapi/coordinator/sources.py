"""Sources of entities: snapshots of everything of one family, and their listeners."""

from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from time import monotonic
from typing import Any, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..api import Family
from ..catalog import Offer, Snapshot
from ..const import DOMAIN, LOGGER
from ..helpers import MAX_SLICE
from .base import EntryContext

type Snapshots = Mapping[str, Snapshot]


class Source(Protocol):
    """Source of the entities of one family."""

    hass: HomeAssistant
    config_entry: ConfigEntry[Any]
    name: str
    family: Family
    offers: Offer
    data: Snapshots
    """Snapshots by plant id or serial."""
    last_update_success: bool

    @callback
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Add a listener to new snapshots; the context is what an entity shows."""

    @callback
    def async_update_listeners(self) -> None:
        """Update all listeners."""

    async def async_request_refresh(self) -> None:
        """Request new snapshots soon."""

    def peak_power(self, key: str) -> float | None:
        """Return the peak power in kW of the plant of a thing, None if unknown."""


class Listeners:
    """Listeners of a source, updated in slices to keep the event loop free."""

    def __init__(self, context: EntryContext, name: str) -> None:
        """Initialize without listeners."""
        self._context = context
        self._name = name
        self._known: dict[int, tuple[CALLBACK_TYPE, Any]] = {}
        self._last_id = 0
        self._outdated: deque[int] = deque()
        """The listeners that were not updated yet."""

    def add(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Add a listener, and return what removes it."""
        self._last_id = listener_id = self._last_id + 1
        self._known[listener_id] = update_callback, context

        def remove() -> None:
            self._known.pop(listener_id, None)

        return remove

    def contexts(self) -> Iterator[Any]:
        """Yield the contexts of the listeners."""
        for _, context in self._known.values():
            if context is not None:
                yield context

    def update(self) -> None:
        """Update all listeners: some now, the others slice by slice."""
        self._outdated = deque(self._known)
        self._update_slice()

    def _update_slice(self) -> None:
        """Update listeners for the time of a slice."""
        end = monotonic() + MAX_SLICE
        while self._outdated:
            update_callback, _ = self._known.get(self._outdated.popleft(), (None, None))
            try:
                if update_callback is not None:
                    update_callback()
            except Exception:  # noqa: BLE001 - one entity must not keep the others from theirs
                LOGGER.exception("Unexpected error updating %s", self._name)
            if monotonic() >= end:
                self._context.entry.async_create_background_task(
                    self._context.hass,
                    self._async_update_rest(),
                    f"{self._name} listeners",
                    eager_start=False,
                )
                return

    async def _async_update_rest(self) -> None:
        """Update another slice after the event loop had its turn."""
        self._update_slice()


class DerivedSource:
    """Source that requests nothing: its snapshots follow from other coordinators."""

    offers = Offer.READINGS
    last_update_success = True

    def __init__(self, context: EntryContext, family: Family) -> None:
        """Initialize the source without snapshots."""
        self.hass = context.hass
        self.config_entry = context.entry
        self.client = context.client
        self.name = f"{DOMAIN} {family}"
        self.family = family
        self.data: Snapshots = {}
        self._listeners = Listeners(context, self.name)

    @callback
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Add a listener to new snapshots."""
        return self._listeners.add(update_callback, context)

    @callback
    def async_update_listeners(self) -> None:
        """Update all listeners."""
        self._listeners.update()

    @callback
    def async_update(self) -> None:
        """Derive the snapshots anew, and update all listeners."""
        self.data = self._snapshots()
        self.async_update_listeners()

    async def async_request_refresh(self) -> None:
        """Derive the snapshots anew; that costs no request."""
        self.async_update()

    def peak_power(self, key: str) -> float | None:
        """Return None: nothing derived counts energy."""
        return None

    @abstractmethod
    def _snapshots(self) -> Snapshots:
        """Return the snapshots that follow from the other coordinators."""
