"""Status of a reading: whether its device is online, and why there is no newer one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..catalog import DataStatus

OFFLINE_AFTER: Final = timedelta(minutes=20)
"""A device that uploaded nothing new for so long is not online."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Facts from which the status of a reading follows."""

    now: datetime
    updated: datetime | None
    """The true instant of the upload."""
    last_new_upload: datetime | None = None
    """When the readings of the device were last seen to change."""
    listed_offline: bool | None = None
    """What the list of devices shows, where it is not older than the reading."""
    is_dark: bool = False
    """Whether it is night, and the device one that sleeps at night."""
    logger_contact: datetime | None = None
    """The last contact of a data logger that is online."""


@dataclass(frozen=True, slots=True)
class Status:
    """Status of a reading."""

    online: bool | None
    data_status: DataStatus


def status_of(seen: Observation) -> Status:
    """Return the status of a reading.

    A device is online while its readings change. Before the first change is seen, the
    list of devices decides; without it, the age of the reading.
    """
    online = _is_online(seen)
    if online is not False:
        return Status(online, DataStatus.LIVE)
    if seen.is_dark:
        return Status(online, DataStatus.ASLEEP)
    # The list of data loggers is old; all the more a later contact in it proves.
    if seen.logger_contact and seen.updated:
        late = seen.logger_contact - seen.updated >= OFFLINE_AFTER
        return Status(
            online, DataStatus.CLOUD_LATE if late else DataStatus.LOGGER_OFFLINE
        )
    return Status(online, DataStatus.LOGGER_OFFLINE)


def _is_online(seen: Observation) -> bool | None:
    """Return whether the device is online, None where nothing proves it."""
    if seen.last_new_upload is not None:
        return seen.now - seen.last_new_upload < OFFLINE_AFTER
    if seen.listed_offline is not None:
        return not seen.listed_offline
    if seen.updated is not None:
        return seen.now - seen.updated < OFFLINE_AFTER
    return None
