"""Snapshots of data loggers, from their list and from the devices behind them."""

from datetime import timedelta

import pytest

from custom_components.growatt_openapi.api import Datalogger
from custom_components.growatt_openapi.catalog import Snapshot
from custom_components.growatt_openapi.coordinator.dataloggers import (
    datalogger_snapshot,
)
from tests.conftest import NOON


def logger(*, lost: bool | None) -> Datalogger:
    """Return a data logger whose last contact was at noon."""
    return Datalogger(
        serial="L1",
        plant_id="1",
        model=None,
        lost=lost,
        updated=NOON,
        network="WIFI",
    )


@pytest.mark.parametrize(
    ("lost", "online"), [(True, False), (False, True), (None, None)]
)
def test_logger_alone(*, lost: bool | None, online: bool | None) -> None:
    """Test that the list of data loggers is the reading of one with nothing behind."""
    snapshot = datalogger_snapshot(logger(lost=lost), [], -60)
    assert snapshot.online is online
    assert snapshot.updated == NOON
    assert snapshot.text("network") == "WIFI"
    assert snapshot.number("wifi_signal", signed=True) == -60
    assert snapshot.wall is None


@pytest.mark.parametrize(
    ("lost", "online", "expected"),
    [(True, True, True), (True, False, False), (False, None, True)],
)
@pytest.mark.parametrize("minutes", [-5, 5])
def test_logger_with_devices(
    *, lost: bool, online: bool | None, expected: bool, minutes: int
) -> None:
    """Test that a logger is as fresh and online as the best of its devices."""
    updated = NOON + timedelta(minutes=minutes)
    device = Snapshot(updated=updated, online=online)
    silent = Snapshot(updated=None, online=None)
    snapshot = datalogger_snapshot(logger(lost=lost), [device, silent], None)
    assert snapshot.online is expected
    assert snapshot.updated == max(NOON, updated)
