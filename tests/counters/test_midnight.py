"""A night as Home Assistant's statistics count it, whatever the cloud shows."""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
    statistics_during_period,
)

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.components.recorder import Recorder, get_instance
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, restore_state
from simulator import SimulatedCloud
from simulator.faults import Rule

from ..conftest import Pass, StateOf, forget_clients

type Restart = Callable[..., Awaitable[None]]
type Night = Callable[[Callable[[int], Awaitable[None]] | None], Awaitable[None]]

ROUND = timedelta(minutes=5, seconds=6)
FIVE_MINUTES = timedelta(minutes=5)
# An hour and a half before midnight at GMT+1.
EVENING = datetime(2026, 6, 15, 21, 30, tzinfo=UTC)
ROUNDS = 48
MIDNIGHT = 19
"""The first round after midnight at GMT+1."""
BEFORE = MIDNIGHT - 1
COUNTERS = ("energy", "pv_energy", "energy_import", "energy_export", "energy_load")


@pytest.fixture(autouse=True)
def _custom_integrations(
    recorder_mock: Recorder, enable_custom_integrations: None
) -> None:
    """Let Home Assistant find the integration, after the recorder has started."""


@pytest.fixture
def evening() -> datetime:
    """Return when the night begins; tests choose another by parametrizing."""
    return EVENING


@pytest.fixture
def zone() -> str:
    """Return Home Assistant's zone; tests choose another by parametrizing."""
    return "Europe/Berlin"


@pytest.fixture
async def night(
    hass: HomeAssistant,
    zone: str,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    evening: datetime,
    freezer: FrozenDateTimeFactory,
    time_passes: Pass,
) -> Night:
    """Return a function that lets a night pass, and calls another in each round."""
    await hass.config.async_set_time_zone(zone)
    freezer.move_to(evening)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    async def passes(meanwhile: Callable[[int], Awaitable[None]] | None) -> None:
        for number in range(ROUNDS):
            if meanwhile:
                await meanwhile(number)
            await time_passes(ROUND)
        await async_wait_recording_done(hass)
        for number in range(int(ROUNDS * ROUND / FIVE_MINUTES) + 1):
            do_adhoc_statistics(hass, start=evening + number * FIVE_MINUTES)
        await async_wait_recording_done(hass)

    return passes


@pytest.fixture
def restart(hass: HomeAssistant, entry: MockConfigEntry) -> Restart:
    """Return a function that ends Home Assistant, and starts it again."""

    async def restarted(forget: Callable[[], None] = lambda: None) -> None:
        # The last event of Home Assistant would end the recorder too.
        await hass.config_entries.async_unload(entry.entry_id)
        forget_clients(hass)
        forget()
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)

    return restarted


async def counted(
    hass: HomeAssistant, thing: object, key: str, start: datetime
) -> list[float]:
    """Return the sums of the statistics of a counter; they never go down."""
    registry = er.async_get(hass)
    entity_id = registry.async_get_entity_id("sensor", DOMAIN, f"{thing}_{key}")
    assert entity_id
    rows = await get_instance(hass).async_add_executor_job(
        lambda: statistics_during_period(
            hass, start, period="5minute", statistic_ids={entity_id}, types={"sum"}
        )
    )
    sums = [row["sum"] for row in rows[entity_id]]
    assert sums == sorted(sums)
    return sums


async def check(
    hass: HomeAssistant, cloud: SimulatedCloud, before: Any, start: datetime
) -> None:
    """Check the sums of all counters of a device against the truth."""
    device = cloud.devices[0]
    truth = cloud.truth()[device.serial]
    checked = 0
    for name in COUNTERS:
        exact = f"{name}_total_wh"
        if exact not in truth:
            continue
        checked += 1
        energy = (truth[exact] - before[exact]) / 1000
        for period in ("today", "total"):
            sums = await counted(hass, device.serial, f"{name}_{period}", start)
            # Two steps of a counter, one at each end, and one at midnight.
            assert sums[-1] == pytest.approx(energy, abs=0.21), f"{name}_{period}"
    assert checked > 2
    of_plant = await counted(hass, device.plant.plant_id, "energy_today", start)
    of_device = await counted(hass, device.serial, "energy_today", start)
    assert of_plant[-1] == pytest.approx(of_device[-1], abs=0.21)


FAULTS: list[tuple[str, dict[str, Any], int, int]] = [
    ("stale_day", {}, BEFORE, MIDNIGHT + 2),
    ("stale_day", {}, BEFORE, MIDNIGHT + 20),
    ("stale_day", {"off": 0.2}, BEFORE, MIDNIGHT + 5),
    ("stale_day", {"off": -0.1}, BEFORE, MIDNIGHT + 5),
    ("zeros", {}, MIDNIGHT + 6, MIDNIGHT + 9),
    ("zeros", {}, 5, 8),
    ("dip", {"part": 0.05}, 5, 9),
    ("dip", {"part": 0.5}, MIDNIGHT + 8, MIDNIGHT + 12),
    ("spike", {}, 5, 8),
    ("spike", {"more": 1e6}, MIDNIGHT + 3, MIDNIGHT + 6),
]


@pytest.mark.parametrize("home", ["villa", "hybrid"])
@pytest.mark.parametrize(("kind", "options", "begin", "end"), FAULTS)
async def test_wrong_counters(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    night: Night,
    kind: str,
    options: dict[str, Any],
    begin: int,
    end: int,
) -> None:
    """Test that wrong counters of devices and plant leave no trace."""
    before = cloud.truth()[cloud.devices[0].serial]

    async def meanwhile(number: int) -> None:
        if number == begin:
            cloud.faults.add(kind, **options)
        if number == end:
            cloud.faults.clear()

    await night(meanwhile)
    await check(hass, cloud, before, EVENING)


@pytest.mark.parametrize("at", [MIDNIGHT - 1, MIDNIGHT, MIDNIGHT + 1, MIDNIGHT + 3])
async def test_restart(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    night: Night,
    restart: Restart,
    at: int,
) -> None:
    """Test that a restart in the middle of doubt changes nothing."""
    before = cloud.truth()[cloud.devices[0].serial]

    async def meanwhile(number: int) -> None:
        if number == BEFORE:
            cloud.faults.add("stale_day")
        if number == MIDNIGHT + 2:
            cloud.faults.clear()
        if number == at:
            await restart()

    await night(meanwhile)
    await check(hass, cloud, before, EVENING)


@pytest.mark.parametrize("at", [MIDNIGHT, MIDNIGHT + 1, MIDNIGHT + 2])
async def test_crash(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    entry: MockConfigEntry,
    cloud: SimulatedCloud,
    night: Night,
    restart: Restart,
    at: int,
) -> None:
    """Test that no day is counted twice after a crash that forgets a midnight."""
    before = cloud.truth()[cloud.devices[0].serial]
    kept: dict[str, restore_state.StoredState] = {}
    file = f"{DOMAIN}.{entry.entry_id}"
    memory: dict[str, Any] = {}

    async def meanwhile(number: int) -> None:
        states = restore_state.async_get(hass)

        def forget() -> None:
            states.last_states.update(kept)
            hass_storage[file] = memory

        if number == BEFORE - 2:
            # So that there is a memory.
            await restart()
            stored = states.async_get_stored_states()
            kept.update((one.state.entity_id, one) for one in stored)
            memory.update(deepcopy(hass_storage[file]))
        if number == at:
            await restart(forget)

    await night(meanwhile)
    await check(hass, cloud, before, EVENING)


@pytest.fixture
def zeros(cloud: SimulatedCloud) -> Rule:
    """Return the fault that all counters are zero, from the beginning."""
    return cloud.faults.add("zeros")


async def test_zeros_at_first(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    zeros: Rule,
    night: Night,
    state_of: StateOf,
) -> None:
    """Test that a lifetime is not counted where only zeros were seen before."""
    serial = cloud.devices[0].serial

    async def meanwhile(number: int) -> None:
        if number == 1:
            assert state_of(serial, "energy_total").state == STATE_UNKNOWN
        if number == 3:
            cloud.faults.rules.remove(zeros)

    await night(meanwhile)
    for key in ("energy_total", "energy_import_total", "energy_load_total"):
        assert (await counted(hass, serial, key, EVENING))[-1] < 10


@pytest.mark.parametrize(
    ("zone", "evening"),
    [
        ("US/Pacific", EVENING),
        ("Asia/Kolkata", EVENING),
        ("Europe/Berlin", datetime(2026, 3, 28, 22, 0, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 24, 22, 0, tzinfo=UTC)),
    ],
)
async def test_zones(
    hass: HomeAssistant, cloud: SimulatedCloud, night: Night, evening: datetime
) -> None:
    """Test the zone of Home Assistant and its summer time, unequal to the plant's."""
    before = cloud.truth()[cloud.devices[0].serial]
    await night(None)
    await check(hass, cloud, before, evening)
