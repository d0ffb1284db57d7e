"""Data loggers: data from their list and from the devices behind them."""

from datetime import timedelta

import pytest

from custom_components.growatt_openapi.api import Datalogger, Reading
from tests.conftest import NOON


def logger(*, lost: bool | None) -> Datalogger:
    """Return a data logger that was heard at noon."""
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
    reading = Reading.of_datalogger(logger(lost=lost), [], -60)
    assert reading.flag("online") is online
    assert reading.instant("last_update") == NOON
    assert reading.text("network") == "WIFI"
    assert reading.number("wifi_signal", signed=True) == -60
    assert reading.wall is None


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
    device = Reading(fields={}).judged(updated=updated, online=online)
    silent = Reading(fields={}).judged(updated=None, online=None)
    reading = Reading.of_datalogger(logger(lost=lost), [device, silent], None)
    assert reading.flag("online") is expected
    assert reading.instant("last_update") == max(NOON, updated)
