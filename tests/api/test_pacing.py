"""The distance between requests, and the pause when Growatt refuses everything."""

from asyncio import gather

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.growatt_openapi.api import (
    GrowattClient,
    GrowattError,
    GrowattRateLimitError,
)
from custom_components.growatt_openapi.api.requests import pacing as spacing
from simulator import SimulatedCloud
from tests.conftest import asked

from .conftest import Pass

pytestmark = pytest.mark.pace
DISTANCES = [spacing.APART, 2 * spacing.APART, 3 * spacing.APART]


@pytest.fixture
def waits(
    monkeypatch: pytest.MonkeyPatch, freezer: FrozenDateTimeFactory
) -> list[float]:
    """Return how long requests are made to wait, on a clock that stands."""
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(spacing, "sleep", wait)
    return waited


async def ask(client: GrowattClient, times: int) -> None:
    """Ask different questions, all at once."""

    async def one(serial: str) -> None:
        with pytest.raises(GrowattError):
            await client.check_serial(serial)

    await gather(*(one(f"NONE{number}") for number in range(times)))


async def test_burst_and_then_one_by_one(
    client: GrowattClient, waits: list[float]
) -> None:
    """Test that the first requests go out at once, and then one after the other."""
    await ask(client, spacing.AT_ONCE)
    assert waits == []
    await ask(client, 3 + spacing.AT_ONCE)
    # The first three questions are new; the others were answered just now.
    assert waits == pytest.approx(DISTANCES)


async def test_silence_makes_room(
    client: GrowattClient, waits: list[float], freezer: FrozenDateTimeFactory
) -> None:
    """Test that each moment of silence lets one more request go out at once."""
    await ask(client, spacing.AT_ONCE)
    freezer.tick(3 * spacing.APART)
    await ask(client, 3 + spacing.AT_ONCE)
    assert waits == []


async def refused(client: GrowattClient, plant: str) -> float:
    """Return for how long a refused question has to rest."""
    with pytest.raises(GrowattRateLimitError) as error:
        await client.plant_reading(plant)
    return error.value.retry_after


async def test_everything_rests_when_everything_is_refused(
    cloud: SimulatedCloud, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that three endpoints that refuse end all asking, each time for longer."""
    plant = str(cloud.plants[0].plant_id)
    cloud.faults.add("code", code=10012)
    for question in (client.devices, client.dataloggers):
        with pytest.raises(GrowattRateLimitError):
            await question(plant)
    assert await refused(client, plant) == 300
    cloud.requests.clear()
    with pytest.raises(GrowattRateLimitError) as error:
        await client.check_serial("NONE")
    assert error.value.retry_after == 300
    assert asked(cloud) == []

    cloud.faults.clear()
    time_passes(301)
    assert (await client.plants()).complete


async def test_one_endpoint_that_refuses_stops_no_other(
    cloud: SimulatedCloud, client: GrowattClient
) -> None:
    """Test that refusals of one endpoint, however many, are its own affair."""
    cloud.faults.add("code", path="device/check/sn", code=10012)
    await ask(client, 5)
    assert (await client.plants()).complete
