"""Messages on the page of repairs: they come, say what to do, and go."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.const import CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from simulator import SimulatedCloud

from .conftest import Pass

HOUR = timedelta(hours=1, seconds=1)
ROUND = timedelta(minutes=5, seconds=6)
PLANTS_EVERY = timedelta(hours=3)

type IssueOf = Callable[[str], ir.IssueEntry | None]


@pytest.fixture
def issue_of(entry: MockConfigEntry, issue_registry: ir.IssueRegistry) -> IssueOf:
    """Return a function that finds the message of the account."""
    return lambda name: issue_registry.async_get_issue(
        DOMAIN, f"{name}_{entry.entry_id}"
    )


async def strange_refusals(cloud: SimulatedCloud, time_passes: Pass) -> None:
    """Let Growatt refuse, three times in a day, what it should not."""
    for _ in range(3):
        await time_passes(HOUR)
        cloud.faults.add("code", path="plant/data", code=10012, times=1)
        await time_passes(ROUND)


async def test_another_program(
    cloud: SimulatedCloud, loaded: MockConfigEntry, issue_of: IssueOf, time_passes: Pass
) -> None:
    """Test that strange refusals are blamed on another program, for a day."""
    await strange_refusals(cloud, time_passes)
    issue = issue_of("other_program")
    assert issue is not None
    assert issue.translation_placeholders == {"account": "Growatt"}
    assert issue_of("other_integration") is None
    for _ in range(25):
        await time_passes(HOUR)
    assert issue_of("other_program") is None


async def test_the_integration_of_home_assistant(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    issue_of: IssueOf,
    loaded: MockConfigEntry,
    time_passes: Pass,
) -> None:
    """Test that the entry of Home Assistant's own integration is named."""
    MockConfigEntry(
        domain="growatt_server", title="Old one", data={CONF_TOKEN: cloud.token}
    ).add_to_hass(hass)
    await strange_refusals(cloud, time_passes)
    issue = issue_of("other_integration")
    assert issue is not None
    assert issue.translation_placeholders == {"account": "Growatt", "other": "Old one"}
    assert issue_of("other_program") is None


async def test_one_refusal_is_no_reason(
    cloud: SimulatedCloud, loaded: MockConfigEntry, issue_of: IssueOf, time_passes: Pass
) -> None:
    """Test that nobody is blamed because Growatt refuses once, even for hours."""
    cloud.faults.add("code", path="plant/data", code=10012, times=2)
    for _ in range(3):
        await time_passes(HOUR)
    assert issue_of("other_program") is None


async def test_no_plants_any_more(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    issue_of: IssueOf,
    time_passes: Pass,
) -> None:
    """Test that an empty list is told after hours, and that a plant ends it."""
    states = len(hass.states.async_all())
    cloud.faults.add("empty_list", path="plant/list")
    await time_passes(PLANTS_EVERY)
    assert issue_of("no_plants") is None
    for _ in range(9):
        await time_passes(HOUR)
    assert issue_of("no_plants") is not None
    assert len(hass.states.async_all()) == states
    cloud.faults.clear()
    for _ in range(4):
        await time_passes(HOUR)
    assert issue_of("no_plants") is None


async def test_no_plants_at_set_up(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    issue_of: IssueOf,
    time_passes: Pass,
) -> None:
    """Test that a token without plants is told at once, until the entry is gone."""
    cloud.faults.add("empty_list", path="plant/list")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert issue_of("no_plants") is not None
    await hass.config_entries.async_remove(entry.entry_id)
    assert issue_of("no_plants") is None
