"""Status of a reading: the decision table, row by row."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from custom_components.growatt_openapi.catalog import DataStatus
from custom_components.growatt_openapi.coordinator.status import (
    OFFLINE_AFTER,
    Observation,
    Status,
    status_of,
)

NOW = datetime(2026, 6, 15, 10, 30, tzinfo=UTC)
FRESH = NOW - OFFLINE_AFTER + timedelta(seconds=1)
OLD = NOW - OFFLINE_AFTER

LIVE = DataStatus.LIVE
ASLEEP = DataStatus.ASLEEP
OFFLINE = DataStatus.LOGGER_OFFLINE
LATE = DataStatus.CLOUD_LATE


@pytest.mark.parametrize(
    ("last_new_upload", "listed_offline", "updated", "online"),
    [
        # A change that was seen decides, whatever the list or the time of the upload.
        (FRESH, True, OLD, True),
        (FRESH, None, None, True),
        (OLD, False, FRESH, False),
        (OLD, None, FRESH, False),
        # Then the list of devices.
        (None, False, OLD, True),
        (None, True, FRESH, False),
        (None, False, None, True),
        # Then the age of the reading.
        (None, None, FRESH, True),
        (None, None, OLD, False),
        (None, None, None, None),
    ],
)
def test_online(
    *,
    last_new_upload: datetime | None,
    listed_offline: bool | None,
    updated: datetime | None,
    online: bool | None,
) -> None:
    """Test what decides whether a device is online."""
    seen = Observation(
        now=NOW,
        updated=updated,
        last_new_upload=last_new_upload,
        listed_offline=listed_offline,
    )
    assert status_of(seen).online is online


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        # What is online, or may be, is live; not even the night changes that.
        ({"updated": FRESH}, Status(online=True, data_status=LIVE)),
        ({"updated": FRESH, "is_dark": True}, Status(online=True, data_status=LIVE)),
        ({"updated": None}, Status(online=None, data_status=LIVE)),
        # What sleeps at night is asleep, whatever its data logger does.
        ({"updated": OLD, "is_dark": True}, Status(online=False, data_status=ASLEEP)),
        (
            {"updated": OLD, "is_dark": True, "logger_contact": NOW},
            Status(online=False, data_status=ASLEEP),
        ),
        # A data logger that was in contact long after the upload is not the cause.
        (
            {"updated": OLD, "logger_contact": OLD + OFFLINE_AFTER},
            Status(online=False, data_status=LATE),
        ),
        (
            {"updated": OLD, "logger_contact": OLD + OFFLINE_AFTER / 2},
            Status(online=False, data_status=OFFLINE),
        ),
        ({"updated": OLD}, Status(online=False, data_status=OFFLINE)),
        (
            {"updated": None, "listed_offline": True, "logger_contact": NOW},
            Status(online=False, data_status=OFFLINE),
        ),
    ],
)
def test_status(facts: dict[str, Any], status: Status) -> None:
    """Test the status of a reading, and why a device uploads nothing new."""
    assert status_of(Observation(now=NOW, **facts)) == status
