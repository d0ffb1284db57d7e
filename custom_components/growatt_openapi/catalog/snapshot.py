"""Snapshots: the newest reading of a plant or device, and how fresh it is."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from ..api import Reading


class DataStatus(StrEnum):
    """Freshness of the values of a device, or the reason why there are no new ones."""

    LIVE = "live"
    ASLEEP = "asleep"
    LOGGER_OFFLINE = "logger_offline"
    CLOUD_LATE = "cloud_late"
    RATE_LIMITED = "rate_limited"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot(Reading):
    """The newest reading of one thing, as entities show it."""

    updated: datetime | None = None
    """The true instant of the upload."""
    online: bool | None = None
    status: DataStatus | None = None
    received: datetime | None = None
    """When the reading was last part of an answer."""
    expired: bool = False
    """Whether the values are too old to be shown, or may not be known any more."""
    restored: bool = False
    """Whether the values are from before a restart."""

    @classmethod
    def of(
        cls,
        reading: Reading,
        *,
        updated: datetime | None,
        received: datetime | None = None,
        restored: bool = False,
    ) -> Self:
        """Return a reading with the instant of its upload."""
        return cls(
            fields=reading.fields,
            wall=reading.wall,
            updated=updated,
            received=received,
            restored=restored,
        )

    def as_stale(self, status: DataStatus, *, expired: bool) -> Self:
        """Return the snapshot after a request that returned no newer reading."""
        return replace(self, status=status, expired=expired)
