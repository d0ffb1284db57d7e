"""Each row of the table of failures, at set-up and while running."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from simulator import SimulatedCloud
from tests.conftest import Pass, StateOf

from .conftest import Logged, Missing, Settle, reauth_flows
from .table import EVERYTHING, NOTHING, Failure

ROUND = timedelta(minutes=5, seconds=6)
HALF_HOUR = timedelta(minutes=31)
FRESH = timedelta(minutes=11)


@pytest.fixture
def ends(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    failure: Failure,
    missing: Missing,
    state_of: StateOf,
    time_passes: Pass,
) -> Callable[[], object]:
    """Return a function that ends the failure, and sees that all is well in time."""

    async def all_is_well() -> None:
        cloud.faults.clear()
        left = failure.back
        while left > timedelta():
            await time_passes(min(left, ROUND))
            left -= ROUND
        assert entry.state is ConfigEntryState.LOADED
        assert missing() == NOTHING
        now = dt_util.utcnow()
        old = {
            thing
            for thing in EVERYTHING
            if now - dt_util.parse_datetime(state_of(thing, "last_update").state)
            > FRESH
        }
        assert old == NOTHING
        assert reauth_flows(hass) == []

    return all_is_well


def assert_one_line(logged: dict[str, str], kinds: frozenset[str], levels: str) -> None:
    """Check that one of the kinds has lines in the log, and nothing else has."""
    assert logged.keys() <= kinds
    assert [*logged.values()] == [levels] * min(len(kinds), 1)


async def test_at_set_up(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    failure: Failure,
    begin: Callable[[], None],
    ends: Callable[[], object],
    missing: Missing,
    logged: Logged,
    settle: Settle,
    time_passes: Pass,
) -> None:
    """Test that set-up waits, or shows all that is not concerned, and needs nobody."""
    begin()
    await settle(hass.config_entries.async_setup(entry.entry_id))
    await settle(hass.async_block_till_done(wait_background_tasks=True))
    waits = ConfigEntryState.SETUP_RETRY
    assert entry.state is (ConfigEntryState.LOADED if failure.loads else waits)
    assert missing() == (failure.without if failure.loads else EVERYTHING)
    for _ in range(4):
        await time_passes(ROUND)
    assert reauth_flows(hass) == []
    assert_one_line(logged(), failure.logs_at_set_up, "ERROR")

    await ends()
    assert_one_line(logged(), failure.logs_at_set_up, "ERROR INFO")


@pytest.mark.usefixtures("loaded")
async def test_while_running(
    hass: HomeAssistant,
    failure: Failure,
    begin: Callable[[], None],
    ends: Callable[[], object],
    missing: Missing,
    logged: Logged,
    time_passes: Pass,
) -> None:
    """Test what is lost at once, what after half an hour, and that all comes back."""
    await time_passes(ROUND)
    begin()
    for _ in range(4):
        await time_passes(ROUND)
    assert missing() == failure.lost
    assert logged() == {}
    for _ in range(8):
        await time_passes(HALF_HOUR)
    assert missing() == failure.lost | failure.kept
    assert_one_line(logged(), failure.logs, "ERROR")

    await ends()
    assert_one_line(logged(), failure.logs, "ERROR INFO")
