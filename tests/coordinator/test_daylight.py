"""Nights: what lives from the sun alone is left in peace, everything else is not."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf, asked, forget_clients

type Until = Callable[[datetime], Awaitable[None]]

ROUND = timedelta(minutes=5, seconds=6)
HOUR = timedelta(hours=1)
READINGS = "new-api/queryLastData"
# In Germany the sun goes down at half past seven (UTC) in June; it is dark an hour
# later, and light again at two.
AFTERNOON = datetime(2026, 6, 15, 18, 30, tzinfo=UTC)
DARK = datetime(2026, 6, 15, 21, 0, tzinfo=UTC)
DAWN = datetime(2026, 6, 16, 2, 30, tzinfo=UTC)
MORNING = datetime(2026, 6, 16, 6, 0, tzinfo=UTC)


@pytest.fixture
async def until(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    everything_enabled: None,
    freezer: FrozenDateTimeFactory,
    time_passes: Pass,
) -> Until:
    """Return a function that lets rounds pass until a moment."""
    freezer.move_to(AFTERNOON)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    async def passed(moment: datetime) -> None:
        while cloud.clock.now() < moment:
            await time_passes(ROUND)

    return passed


def readings(cloud: SimulatedCloud) -> int:
    """Return how often readings were asked for since last time."""
    times = asked(cloud).count(READINGS)
    cloud.requests.clear()
    return times


@pytest.mark.parametrize(("home", "count"), [("fleet", 2), ("hall", 1)])
async def test_rest_in_the_dark(
    cloud: SimulatedCloud,
    until: Until,
    state_of: StateOf,
) -> None:
    """Test that inverters without a battery are left alone until the morning."""
    serial = cloud.devices[0].serial
    await until(DARK)
    assert state_of(serial, "data_source").state == "asleep"
    assert state_of("simulated", "waiting_for").state == "morning"
    readings(cloud)
    await until(DAWN - HOUR)
    assert readings(cloud) == 0
    await until(MORNING)
    assert readings(cloud) >= 3 * HOUR / ROUND
    assert state_of(serial, "data_source").state == "live"
    assert state_of("simulated", "waiting_for").state == "upload"
    power = float(state_of(serial, "ac_power").state)
    assert power == cloud.truth()[serial]["ac_power"] > 0


@pytest.mark.parametrize("home", ["villa", "hybrid", "balcony", "wit"])
async def test_batteries_do_not_rest(
    cloud: SimulatedCloud,
    until: Until,
    state_of: StateOf,
) -> None:
    """Test that a battery is read all night."""
    await until(DARK)
    readings(cloud)
    await until(DARK + HOUR)
    assert readings(cloud) >= HOUR // ROUND - 1
    assert state_of(cloud.devices[0].serial, "data_source").state == "live"


@pytest.mark.parametrize("home", ["fleet"])
async def test_one_that_works_keeps_the_others_awake(
    cloud: SimulatedCloud,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Test that a family is read while one of its devices uploads in the dark."""
    monkeypatch.setattr(type(cloud.devices[0]), "_sleeps", False)
    await until(DARK)
    readings(cloud)
    await until(DARK + HOUR)
    assert readings(cloud) >= HOUR // ROUND - 1


@pytest.mark.parametrize("home", ["fleet"])
async def test_list_of_devices_wakes(
    cloud: SimulatedCloud,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Test that an inverter that works in the dark all the same is noticed."""
    await until(DARK)
    readings(cloud)
    monkeypatch.setattr(type(cloud.devices[0]), "_sleeps", False)
    await until(DARK + 2 * HOUR)
    assert readings(cloud) > 0


@pytest.mark.parametrize("home", ["fleet"])
@pytest.mark.parametrize(
    ("latitude", "source"),
    [
        pytest.param(50.1, "asleep", id="Germany"),
        pytest.param(78.2, "logger_offline", id="Svalbard"),
        pytest.param(0, "asleep", id="nobody knows where"),
    ],
)
async def test_place_of_the_plant_decides(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    until: Until,
    time_passes: Pass,
    latitude: float,
    source: str,
    state_of: StateOf,
    entry: MockConfigEntry,
) -> None:
    """Test that the sun over the plant counts, or over home; in Svalbard it is up."""
    await hass.config.async_update(latitude=51.0, longitude=9.0)
    plant = cloud.plants[0]
    plant.site = replace(plant.site, latitude=latitude)
    await hass.config_entries.async_remove(entry.entry_id)
    forget_clients(hass)
    await hass.config_entries.async_add(entry)
    cloud.freeze(cloud.devices[0].serial)
    await until(DARK)
    readings(cloud)
    await until(DARK + HOUR)
    assert (readings(cloud) == 0) is (source == "asleep")
    assert state_of(cloud.devices[0].serial, "data_source").state == source
