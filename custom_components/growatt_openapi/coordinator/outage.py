"""Outages: failed requests in a row, and one log line for each cause."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from ..api import GrowattError, GrowattRateLimitError
from ..catalog.families.account import WaitReason
from ..const import LOGGER
from ..messages import wait_reason
from .upload_schedule import FIVE_MINUTES

LONGEST_PAUSE: Final = timedelta(minutes=30)
KEEP_VALUES: Final = timedelta(minutes=30)
"""How long entities keep their last values while requests fail."""
_MAX_DOUBLINGS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Failed requests of one coordinator in a row."""

    since: datetime
    failures: int
    error: GrowattError
    """Why the last request failed."""

    @classmethod
    def after(cls, outage: Outage | None, error: GrowattError, now: datetime) -> Self:
        """Return the outage that an error begins or continues."""
        return cls(
            since=outage.since if outage else now,
            failures=outage.failures + 1 if outage else 1,
            error=error,
        )

    @property
    def pause(self) -> timedelta:
        """Return the time to the next request: as Growatt asks for, or growing."""
        if isinstance(self.error, GrowattRateLimitError):
            return timedelta(seconds=self.error.retry_after + 1)
        grown: timedelta = FIVE_MINUTES * 2 ** min(self.failures - 1, _MAX_DOUBLINGS)
        return min(grown, LONGEST_PAUSE)

    def values_last(self, now: datetime) -> timedelta:
        """Return for how long the last values are still shown."""
        return max(self.since + KEEP_VALUES - now, timedelta())


class OutageLog:
    """Log of the outages of one entry: a line for each cause, and one when it ends."""

    def __init__(self) -> None:
        """Initialize the log without an outage."""
        self._logged: dict[str, WaitReason] = {}
        """The cause by the kind of data whose failure is in the log."""

    def begin(self, kind: str, error: GrowattError) -> None:
        """Log that requests of one kind fail, unless another kind logged the cause."""
        reason = wait_reason(error)
        if kind not in self._logged and reason not in self._logged.values():
            self._logged[kind] = reason
            LOGGER.error("Requests for %s data fail: %s (%s)", kind, reason, error)

    def end(self, kind: str) -> None:
        """Log that requests succeed again, if their failure is in the log."""
        if self._logged.pop(kind, None):
            LOGGER.info("Requests for %s data succeed again", kind)
