"""A house with three MIN, failures that begin and end, and what is seen of them."""

from asyncio import ensure_future, sleep
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
import logging
import re

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from homeassistant.config_entries import SOURCE_REAUTH, ConfigFlowResult
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from simulator import SimulatedCloud
from tests.conftest import Pass, secrets_of

from .table import EVERYTHING, FAILURES, Failure, Things

LINE = re.compile(r"(?:Requests for|fetching growatt_openapi) (\w+) data")

type Settle = Callable[[Awaitable[object]], Awaitable[None]]
type Logged = Callable[[], dict[str, str]]
type Missing = Callable[[], Things]


@pytest.fixture
def home() -> str:
    """Return the house of the table."""
    return "duo"


@pytest.fixture(params=FAILURES.values(), ids=FAILURES.keys())
def failure(request: pytest.FixtureRequest) -> Failure:
    """Return each row of the table in turn."""
    row: Failure = request.param
    return row


@pytest.fixture
def begin(cloud: SimulatedCloud, failure: Failure) -> Callable[[], None]:
    """Return a function that turns the fault switches of the row."""

    def begins() -> None:
        for kind, options in failure.faults:
            cloud.faults.add(kind, **options)

    return begins


@pytest.fixture
def settle(
    hass: HomeAssistant, cloud: SimulatedCloud, freezer: FrozenDateTimeFactory
) -> Settle:
    """Return a function that waits, while Growatt is silent until time is out."""

    async def settles(something: Awaitable[object]) -> None:
        task = ensure_future(something)
        while any(rule.kind == "silence" for rule in cloud.faults.rules):
            for _ in range(300):
                await sleep(0)
            if task.done():
                break
            freezer.tick(timedelta(seconds=31))
            async_fire_time_changed(hass)
        await task

    return settles


@pytest.fixture
def time_passes(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, settle: Settle
) -> Pass:
    """Return a function that lets time pass, also while Growatt is silent."""

    async def passes(duration: timedelta) -> None:
        freezer.tick(duration)
        async_fire_time_changed(hass)
        await settle(hass.async_block_till_done(wait_background_tasks=True))

    return passes


@pytest.fixture
def missing(
    hass: HomeAssistant, entry: MockConfigEntry, entity_registry: er.EntityRegistry
) -> Missing:
    """Return a function that tells what shows no value, by plant id and serial."""

    def found() -> Things:
        states = defaultdict(list)
        for entity in er.async_entries_for_config_entry(
            entity_registry, entry.entry_id
        ):
            if (state := hass.states.get(entity.entity_id)) is not None:
                states[entity.unique_id.partition("_")[0]].append(state.state)
        return frozenset(
            thing
            for thing in EVERYTHING
            if STATE_UNAVAILABLE in states.get(thing, [STATE_UNAVAILABLE])
        )

    return found


@pytest.fixture
def logged(
    cloud: SimulatedCloud,
    caplog: pytest.LogCaptureFixture,
    our_log: Callable[[], str],
) -> Iterator[Logged]:
    """Return a function that tells the levels a user can read, by kind of question.

    In the end the log must not say who or where, down to its details.
    """

    def levels() -> dict[str, str]:
        found = defaultdict(list)
        for record in caplog.records:
            text = record.getMessage()
            if (
                record.name.startswith("custom_components.")
                and record.levelno >= logging.INFO
                # Home Assistant's own word for each attempt to set up.
                and not text.startswith("Config entry 'Growatt'")
            ):
                line = LINE.search(text)
                found[line[1] if line else text].append(record.levelname)
        return {kind: " ".join(levels) for kind, levels in found.items()}

    yield levels
    text = our_log()
    assert [secret for secret in secrets_of(cloud) if secret in text] == []


def reauth_flows(hass: HomeAssistant) -> list[ConfigFlowResult]:
    """Return the flows that ask for a new token."""
    return [
        flow
        for flow in hass.config_entries.flow.async_progress()
        if flow["context"]["source"] == SOURCE_REAUTH
    ]
