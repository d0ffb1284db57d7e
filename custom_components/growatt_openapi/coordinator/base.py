"""When a question is asked again, and what each failure means to Home Assistant."""

from abc import abstractmethod
from datetime import datetime, timedelta
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from ..api import (
    GrowattClient,
    GrowattConnectionError,
    GrowattError,
    GrowattNoPlantsError,
    GrowattPermissionError,
    GrowattRateLimitError,
    GrowattTokenError,
)
from ..catalog.families.account import Waiting
from ..const import DOMAIN, LOGGER

# Growatt refuses an identical request before the time between two uploads is over, and
# its clock may go a little slower than ours.
MARGIN: Final = timedelta(seconds=0.25)
FIVE_MINUTES: Final = timedelta(minutes=5) + MARGIN
LONGEST_PAUSE: Final = timedelta(minutes=30)
KEEP_VALUES: Final = timedelta(minutes=30)
"""How long entities keep their last values while Growatt fails."""
# Growatt now and then refuses a good token once.
REFUSALS_THAT_PROVE: Final = 2


class GrowattCoordinator[DataT](DataUpdateCoordinator[DataT]):
    """Turn the client's errors into Home Assistant's, for every coordinator."""

    config_entry: ConfigEntry[Any]

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
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
        self.due: datetime | None = None
        """When it is asked again."""
        self.logged: Waiting | None = None
        """The cause that the log says keeps this from an answer."""
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
            if self.data is not None:
                self.data = self._unanswered(err)
            if self.answered and keep > timedelta():
                LOGGER.debug("Keeping the last values: %s", err)
                self._wait(min(pause, keep))
                return self.data
            self._wait(pause)
            self._log_once(cause_of(err))
            raise UpdateFailed(
                translation_domain=DOMAIN,
                translation_key=cause_of(err),
                translation_placeholders={"error": str(err)},
                retry_after=pause.total_seconds(),
            ) from err
        self.answered = dt_util.utcnow()
        self.failures = 0
        self.problem = None
        self._failing_since = None
        # Whoever has not logged the failure does not log the end of it.
        self.last_update_success |= self.logged is None
        self.logged = None
        self._wait(self._usual_pause(data))
        return data

    def _log_once(self, cause: Waiting) -> None:
        """Let Home Assistant log a failure, unless another question has logged it.

        It logs what fails while the last update was a success.
        """
        loaded = getattr(self.config_entry, "runtime_data", None)
        others = loaded.coordinators if loaded else ()
        is_new = self.logged is None and all(one.logged is not cause for one in others)
        if is_new:
            self.logged = cause
        self.last_update_success = is_new

    def _wait(self, pause: timedelta | None) -> None:
        """Ask again after a pause; without one, whenever someone wants it."""
        if pause is None:
            self.update_interval = self.due = None
            return
        self.due = dt_util.utcnow() + pause
        # Home Assistant counts from the last full second.
        self.update_interval = pause + timedelta(seconds=self.hass.loop.time() % 1)

    def _usual_pause(self, data: DataT) -> timedelta | None:
        """Return how long to wait after an answer."""
        return self._every

    def _unanswered(self, err: GrowattError) -> DataT:
        """Return the last answer, after a question that brought none."""
        return self.data

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


def cause_of(err: GrowattError) -> Waiting:
    """Return what an error of the client makes everybody wait for; a key of a text."""
    match err:
        case GrowattNoPlantsError():
            return Waiting.NO_PLANTS
        case GrowattRateLimitError():
            return Waiting.RATE_LIMITED
        case GrowattConnectionError():
            return Waiting.CANNOT_CONNECT
        case GrowattPermissionError() | GrowattTokenError():
            return Waiting.NOT_PERMITTED
    return Waiting.UNEXPECTED_ANSWER
