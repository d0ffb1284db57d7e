"""When a question is asked again, and what each failure means to Home Assistant."""

from abc import abstractmethod
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .api import (
    GrowattClient,
    GrowattConnectionError,
    GrowattError,
    GrowattNoPlantsError,
    GrowattPermissionError,
    GrowattRateLimitError,
    GrowattTokenError,
)
from .const import DOMAIN, LOGGER

if TYPE_CHECKING:
    from .runtime import GrowattData

type GrowattConfigEntry = ConfigEntry[GrowattData]

# Growatt refuses an identical request before the time between two uploads is over, so
# the pause between two is a little longer.
AFTER_UPLOAD: Final = timedelta(seconds=5)
FIVE_MINUTES: Final = timedelta(minutes=5) + AFTER_UPLOAD
LONGEST_PAUSE: Final = timedelta(minutes=30)
KEEP_VALUES: Final = timedelta(minutes=30)
"""How long entities keep their last values while Growatt fails."""
# Growatt now and then refuses a good token once.
REFUSALS_THAT_PROVE: Final = 2


class GrowattCoordinator[DataT](DataUpdateCoordinator[DataT]):
    """Turn the client's errors into Home Assistant's, for every coordinator."""

    config_entry: GrowattConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: GrowattConfigEntry,
        client: GrowattClient,
        *,
        name: str,
        every: timedelta | None,
    ) -> None:
        """Initialize the coordinator with the usual pause between two questions."""
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            name=f"{DOMAIN} {name}",
            update_interval=every,
        )
        self.client = client
        self.answered: datetime | None = None
        """When Growatt last answered."""
        self.failures = 0
        """How many questions in a row failed."""
        self._failing_since: datetime | None = None
        self.problem: GrowattError | None = None
        """Why the last question failed."""
        self._every = every

    @override
    async def _async_update_data(self) -> DataT:
        """Ask; while Growatt is in trouble, keep the last answer for a stated time."""
        try:
            data = await self._async_fetch()
        except GrowattError as err:
            self.failures += 1
            self.problem = err
            now = dt_util.utcnow()
            self._failing_since = self._failing_since or now
            keep = self._failing_since + KEEP_VALUES - now
            pause = self._pause(err)
            if self._token_is_refused(err):
                raise ConfigEntryAuthFailed(
                    translation_domain=DOMAIN, translation_key="invalid_auth"
                ) from err
            if self.answered and keep > timedelta():
                LOGGER.debug("Keeping the last values: %s", err)
                self.update_interval = min(pause, keep)
                return self.data
            self.update_interval = pause
            raise UpdateFailed(
                translation_domain=DOMAIN,
                translation_key=_cause(err),
                translation_placeholders={"error": str(err)},
                retry_after=pause.total_seconds(),
            ) from err
        self.answered = dt_util.utcnow()
        self.failures = 0
        self.problem = None
        self._failing_since = None
        self.update_interval = self._every
        return data

    def _pause(self, err: GrowattError) -> timedelta:
        """Return how long to wait after a failure: as told, or longer each time."""
        if isinstance(err, GrowattRateLimitError):
            return timedelta(seconds=err.retry_after + 1)
        grown: timedelta = FIVE_MINUTES * 2 ** min(self.failures - 1, 4)
        return min(grown, LONGEST_PAUSE)

    def _token_is_refused(self, err: GrowattError) -> bool:
        """Return whether it is certain that the server does not know the token."""
        return (
            isinstance(err, GrowattTokenError)
            and self.client.token_refusals >= REFUSALS_THAT_PROVE
        )

    @abstractmethod
    async def _async_fetch(self) -> DataT:
        """Ask Growatt."""


def _cause(err: GrowattError) -> str:
    """Return the key of the text for an error of the client."""
    match err:
        case GrowattNoPlantsError():
            return "no_plants"
        case GrowattRateLimitError():
            return "rate_limited"
        case GrowattConnectionError():
            return "cannot_connect"
        case GrowattPermissionError() | GrowattTokenError():
            return "not_permitted"
    return "unexpected_answer"
