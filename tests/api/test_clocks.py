"""The plants' clocks, and the true instants behind their times."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.growatt_openapi.api import PlantClock, zone_offset
from custom_components.growatt_openapi.api.values import wall_clock

BERLIN = ZoneInfo("Europe/Berlin")
WALL = datetime(2026, 6, 15, 12, 30)  # noqa: DTZ001 - a wall clock


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("GMT+8", 8),
        ("GMT+1", 1),
        ("GMT-5", -5),
        ("GMT 1", 1),
        ("GMT1", 1),
        (" GMT+0 ", 0),
        ("GMT+5:30", 5.5),
        ("GMT+5.5", 5.5),
        ("GMT+5.75", 5.75),
        ("GMT-3.5", -3.5),
        ("GMT-3:30", -3.5),
        ("GMT+14", 14),
        ("GMT-12", -12),
    ],
)
def test_zone(zone: str, hours: float) -> None:
    """Test the zones of plants, also with a sign that was lost on the way."""
    assert zone_offset(zone) == timedelta(hours=hours)


@pytest.mark.parametrize("zone", [None, "", "8", "UTC", "GMT", "GMT+15", "GMT+1x", "0"])
def test_no_zone(zone: str | None) -> None:
    """Test that what is no offset on this earth is none."""
    assert zone_offset(zone) is None


@given(st.text() | st.text("GMT+- .:0123456789"))
def test_zone_of_anything(zone: str) -> None:
    """Test that any text is an offset of at most 14 hours or none."""
    offset = zone_offset(zone)
    assert offset is None or abs(offset) <= timedelta(hours=14)


@pytest.mark.parametrize(
    ("clock", "instant"),
    [
        (PlantClock(timedelta(hours=1)), datetime(2026, 6, 15, 11, 30, tzinfo=UTC)),
        (PlantClock(timedelta(hours=-5)), datetime(2026, 6, 15, 17, 30, tzinfo=UTC)),
        (PlantClock(None, BERLIN), datetime(2026, 6, 15, 10, 30, tzinfo=UTC)),
        (PlantClock(), datetime(2026, 6, 15, 12, 30, tzinfo=UTC)),
    ],
)
def test_instant(clock: PlantClock, instant: datetime) -> None:
    """Test the instant of a wall clock; without an offset another zone is taken."""
    assert clock.instant(WALL) == instant


@given(
    st.datetimes().map("{:%Y-%m-%d %H:%M:%S}".format),
    st.sampled_from([None, -14, 0, 14]),
)
def test_instant_of_anything(wire: str, offset: int | None) -> None:
    """Test that each time that is believed has an instant in each zone."""
    zone = None if offset is None else timedelta(hours=offset)
    wall = wall_clock(wire)
    instant = PlantClock(zone, BERLIN).instant(wall)
    assert (instant is None) is (wall is None)


def test_no_instant() -> None:
    """Test that a thing that never reported has no instant."""
    assert PlantClock(timedelta(hours=1)).instant(None) is None


@pytest.mark.parametrize(
    ("ahead", "is_summer"),
    [
        (timedelta(), False),
        (timedelta(minutes=5), False),
        (timedelta(hours=1), True),
        (timedelta(minutes=55), True),
        (timedelta(hours=1, minutes=9), True),
        (timedelta(minutes=30), None),
        (timedelta(hours=2), None),
        (timedelta(hours=-1), None),
    ],
)
def test_summer_time(ahead: timedelta, *, is_summer: bool | None) -> None:
    """Test that two times of one upload tell summer time, or nothing."""
    clock = PlantClock(timedelta(hours=1), BERLIN)
    upload = datetime(2026, 6, 15, 11, 30, tzinfo=UTC)
    assert clock.is_summer(WALL + ahead, upload) is is_summer
    assert clock.in_summer() == PlantClock(timedelta(hours=2), BERLIN)


def test_summer_time_without_zone() -> None:
    """Test that a clock without an offset tells nothing, and stays as it is."""
    clock = PlantClock(None, BERLIN)
    assert clock.is_summer(WALL, datetime(2026, 6, 15, 9, 30, tzinfo=UTC)) is None
    assert clock.in_summer() == clock
