"""A token that Growatt refuses: the one failure that needs a human."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from simulator import SimulatedCloud
from tests.conftest import Pass

from .conftest import Logged, Missing, reauth_flows
from .table import NOTHING

ROUND = timedelta(minutes=5, seconds=6)
HOUR = timedelta(hours=1, seconds=1)


def _replaced(cloud: SimulatedCloud) -> None:
    """Replace the token by another, as its owner can at Growatt."""
    cloud.accounts[0].renew_token()


def _refused(cloud: SimulatedCloud) -> None:
    """Refuse the list of plants."""
    cloud.faults.add("code", code=10011, path="plant/list")


@pytest.fixture(params=[_replaced, _refused])
def refuse(cloud: SimulatedCloud, request: pytest.FixtureRequest) -> Callable[[], None]:
    """Return each way in which a token can be refused."""
    return lambda: request.param(cloud)


async def _new_token(hass: HomeAssistant, cloud: SimulatedCloud) -> None:
    """Type the token that is good now into the form that asks for it."""
    cloud.faults.clear()
    [flow] = reauth_flows(hass)
    answer = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {CONF_TOKEN: cloud.token}
    )
    assert answer["type"] is FlowResultType.ABORT
    assert answer["reason"] == "reauth_successful"
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_at_set_up(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    refuse: Callable[[], None],
    missing: Missing,
    time_passes: Pass,
) -> None:
    """Test that a token is asked for only after it was refused twice."""
    refuse()
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    await time_passes(timedelta(seconds=11))
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert reauth_flows(hass) == []

    await time_passes(ROUND)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    await _new_token(hass, cloud)
    assert entry.state is ConfigEntryState.LOADED
    assert missing() == NOTHING


async def test_while_running(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    refuse: Callable[[], None],
    missing: Missing,
    logged: Logged,
    time_passes: Pass,
) -> None:
    """Test that a token is asked for once, and with a good one all is well."""
    refuse()
    for _ in range(4):
        await time_passes(HOUR)
    lines = logged()
    assert lines["inventory"] == "ERROR"
    assert set(lines.values()) == {"ERROR"}
    await _new_token(hass, cloud)
    assert loaded.state is ConfigEntryState.LOADED
    assert missing() == NOTHING
    assert logged() == lines


@pytest.mark.usefixtures("loaded")
async def test_replaced_while_running(
    hass: HomeAssistant, cloud: SimulatedCloud, time_passes: Pass
) -> None:
    """Test that a token that was replaced is noticed within minutes, not hours."""
    cloud.accounts[0].renew_token()
    for _ in range(4):
        await time_passes(ROUND)
    assert len(reauth_flows(hass)) == 1
