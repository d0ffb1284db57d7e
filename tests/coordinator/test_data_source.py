"""Data source of a device, and the diagnostic sensors of the account."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf

ROUND = timedelta(minutes=5, seconds=6)
ROUNDS_TO_BE_QUIET = 5
HALF_AN_HOUR = timedelta(minutes=30)
ACCOUNT = "simulated"


@pytest.fixture(autouse=True)
def _everything_enabled(everything_enabled: None) -> None:
    """Show the entities that are off by default."""


@pytest.fixture
def serial(cloud: SimulatedCloud) -> str:
    """Return the serial of the first device."""
    return cloud.devices[0].serial


@pytest.mark.usefixtures("loaded")
async def test_logger_goes_offline(
    cloud: SimulatedCloud, serial: str, time_passes: Pass, state_of: StateOf
) -> None:
    """Test that a data logger that uploads nothing is told apart from one that does."""
    await time_passes(ROUND)
    assert state_of(serial, "data_source").state == "live"
    cloud.freeze(serial)
    for _ in range(ROUNDS_TO_BE_QUIET):
        await time_passes(ROUND)
    assert state_of(serial, "data_source").state == "logger_offline"
    cloud.thaw(serial)
    await time_passes(ROUND)
    assert state_of(serial, "data_source").state == "live"


@pytest.mark.parametrize("home", ["duo"])
@pytest.mark.usefixtures("loaded")
async def test_cloud_is_late(
    cloud: SimulatedCloud,
    time_passes: Pass,
    state_of: StateOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Test that a data logger that spoke later than its device shows a late cloud."""
    device = next(one for one in cloud.devices if one.kind == "min")
    kept = device.snapshot()
    monkeypatch.setattr(device, "snapshot", lambda: kept)
    for _ in range(14):
        await time_passes(ROUND)
    assert state_of(device.serial, "data_source").state == "cloud_late"


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("kind", "code", "source", "waiting_for"),
    [
        ("code", 102, "rate_limited", "rate_limited"),
        ("code", 12, "refused", "not_permitted"),
        ("http", None, "cloud_late", "unexpected_answer"),
        ("close", None, "cloud_late", "cannot_connect"),
    ],
)
async def test_cloud_does_not_answer(
    cloud: SimulatedCloud,
    serial: str,
    time_passes: Pass,
    state_of: StateOf,
    kind: str,
    code: int | None,
    source: str,
    waiting_for: str,
) -> None:
    """Test that the reason is told, also when the values are too old to be shown."""
    options = {"code": code} if code else {"status": 502} if kind == "http" else {}
    cloud.faults.add(kind, path="new-api/queryLastData", **options)
    for path in ("device/tlx/tlxs_data", "device/tlx/tlx_last_data"):
        known = {"code": 10011 if code == 12 else 10012} if code else options
        cloud.faults.add(kind, path=path, **known)
    await time_passes(ROUND)
    assert state_of(serial, "data_source").state == source
    assert state_of(ACCOUNT, "waiting_for").state == waiting_for
    assert state_of(serial, "ac_power").state not in {STATE_UNAVAILABLE, STATE_UNKNOWN}
    for _ in range(3):
        await time_passes(HALF_AN_HOUR)
    assert state_of(serial, "ac_power").state == STATE_UNAVAILABLE
    assert state_of(serial, "data_source").state == source
    cloud.faults.clear()
    for _ in range(3):
        await time_passes(HALF_AN_HOUR)
    assert state_of(serial, "data_source").state == "live"
    assert state_of(ACCOUNT, "waiting_for").state == "upload"


@pytest.mark.parametrize("home", ["fleet"])
async def test_one_device_is_refused_from_the_start(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    state_of: StateOf,
) -> None:
    """Test that a device of which nothing may be known says so."""
    refused, other = (device.serial for device in cloud.devices[:2])
    cloud.faults.add("code", path="new-api/", serial=refused, code=12)
    cloud.faults.add("code", path="device/tlx", serial=refused, code=10011)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(refused, "data_source").state == "refused"
    assert state_of(refused, "ac_power") is None
    assert state_of(other, "data_source").state == "live"


@pytest.mark.usefixtures("loaded")
async def test_account(
    cloud: SimulatedCloud, time_passes: Pass, state_of: StateOf
) -> None:
    """Test that requests are counted, and that it is known when the next one comes."""
    await time_passes(ROUND)
    now = dt_util.utcnow().replace(microsecond=0)
    assert state_of(ACCOUNT, "requests_today").state == str(len(cloud.requests))
    assert state_of(ACCOUNT, "last_answer").state == now.isoformat()
    due = dt_util.parse_datetime(state_of(ACCOUNT, "next_refresh").state)
    assert due is not None
    assert ROUND / 2 < due - now <= ROUND


@pytest.mark.usefixtures("loaded")
async def test_requests_of_a_new_day(
    cloud: SimulatedCloud, time_passes: Pass, state_of: StateOf
) -> None:
    """Test that requests are counted from the midnight of Home Assistant."""
    tomorrow = dt_util.start_of_local_day() + timedelta(days=1)
    await time_passes(tomorrow - dt_util.now() - timedelta(minutes=1))
    cloud.requests.clear()
    await time_passes(timedelta(minutes=7))
    assert state_of(ACCOUNT, "requests_today").state == str(len(cloud.requests))


@pytest.mark.pace
@pytest.mark.usefixtures("loaded")
async def test_values_are_fresh(
    cloud: SimulatedCloud, serial: str, time_passes: Pass, state_of: StateOf
) -> None:
    """Test that after two hours values are seen a moment after their upload."""
    ages: list[timedelta] = []
    before = None
    step = timedelta(seconds=5)
    for second in range(0, 14400, 5):
        await time_passes(step)
        shown = state_of(serial, "last_update").state
        if shown != before and second > 3600:
            made = dt_util.parse_datetime(shown)
            assert made is not None
            ages.append(dt_util.utcnow() - made)
        before = shown
    assert sorted(ages)[len(ages) // 2] < timedelta(seconds=30)
    assert len(ages) >= 30
