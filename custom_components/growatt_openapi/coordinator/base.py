"""Base coordinator: polling interval, back-off, and mapping of client errors."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from ..api import GrowattClient, GrowattError, GrowattTokenError
from ..const import DOMAIN, LOGGER
from ..messages import wait_reason
from .outage import Outage, OutageLog

# Growatt now and then refuses a good token once.
REFUSALS_THAT_PROVE: Final = 2


@dataclass(slots=True, kw_only=True)
class EntryContext:
    """What the coordinators of one entry share."""

    hass: HomeAssistant
    entry: ConfigEntry[Any]
    client: GrowattClient
    log: OutageLog
    restoring: bool = False
    """Whether responses from before a restart serve for the first refresh."""


class GrowattCoordinator[DataT](DataUpdateCoordinator[DataT]):
    """Coordinator that turns the client's errors into those of Home Assistant."""

    config_entry: ConfigEntry[Any]

    def __init__(
        self, context: EntryContext, *, kind: str, interval: timedelta
    ) -> None:
        """Initialize the coordinator of one kind of data with its usual interval."""
        super().__init__(
            context.hass,
            LOGGER,
            config_entry=context.entry,
            name=f"{DOMAIN} {kind}",
            update_interval=interval,
        )
        self.context = context
        self.client = context.client
        self.kind = kind
        self.answered: datetime | None = None
        """When a request last succeeded."""
        self.outage: Outage | None = None
        """The failed requests since then."""
        self.expired = False
        """Whether the last data are too old to be shown."""
        self.due: datetime | None = None
        """When the next request is due; None while there is nothing to ask for."""
        self._interval = interval

    @override
    async def _async_update_data(self) -> DataT:
        """Fetch the data; during an outage, keep the last data for a stated time."""
        try:
            data = await self._async_fetch()
        except GrowattError as err:
            return self._during_outage(err)
        if self.outage:
            self.context.log.end(self.kind)
        self.answered = dt_util.utcnow()
        self.outage = None
        self.expired = False
        self._schedule(self._usual_pause(data))
        return data

    def _during_outage(self, err: GrowattError) -> DataT:
        """Return the last data, and schedule the next request.

        Raises ConfigEntryAuthFailed where the token is certainly refused, and
        UpdateFailed where there are no last data.
        """
        now = dt_util.utcnow()
        self.outage = outage = Outage.after(self.outage, err, now)
        if self._is_token_refused(err):
            raise ConfigEntryAuthFailed(
                translation_domain=DOMAIN, translation_key="invalid_auth"
            ) from err
        if self.data is None:
            raise UpdateFailed(
                translation_domain=DOMAIN,
                translation_key=wait_reason(err),
                translation_placeholders={"error": str(err)},
            ) from err
        values_last = outage.values_last(now) if self.answered else timedelta()
        self.expired = not values_last
        if values_last:
            LOGGER.debug("Keeping the last %s data: %s", self.kind, err)
            self._schedule(min(outage.pause, values_last))
        else:
            self._schedule(outage.pause)
            self.context.log.begin(self.kind, err)
        return self._stale_data(err)

    def _schedule(self, pause: timedelta | None) -> None:
        """Set when the next request is due; without a pause, none is scheduled."""
        if pause is None:
            self.update_interval = self.due = None
            return
        self.due = dt_util.utcnow() + pause
        # Home Assistant counts from the last full second.
        self.update_interval = pause + timedelta(seconds=self.hass.loop.time() % 1)

    def _usual_pause(self, data: DataT) -> timedelta | None:
        """Return the time to the next request after data were fetched."""
        return self._interval

    def _stale_data(self, err: GrowattError) -> DataT:
        """Return the last data after a request failed."""
        return self.data

    def _is_token_refused(self, err: GrowattError) -> bool:
        """Return whether it is certain that the server does not know the token."""
        return (
            isinstance(err, GrowattTokenError)
            and self.client.token_refusals >= REFUSALS_THAT_PROVE
        )

    @abstractmethod
    async def _async_fetch(self) -> DataT:
        """Fetch the data; raise a GrowattError where that fails."""
