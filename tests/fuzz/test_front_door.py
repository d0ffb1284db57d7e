"""Odd answers to all of Home Assistant: no error, no impossible state, no harm."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
import logging
import math
from random import Random
from typing import Any, Final, override

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from simulator import SimulatedClock, SimulatedCloud
from simulator.routing import Route
from tests.conftest import NOON, Pass

from .odd import FRONT_DOOR, SEED, Chances, odd

ROUND: Final = timedelta(minutes=5, seconds=6)
ROUNDS_OF_A_LIFE: Final = 20
"""After so many the account is set up anew."""
NO_VALUE: Final = {STATE_UNKNOWN, STATE_UNAVAILABLE}
OURS: Final = ("homeassistant.", "custom_components.")


class OddCloud(SimulatedCloud):
    """A cloud that changes something in its answers."""

    def __init__(self, *about: Any, **more: Any) -> None:
        """Initialize a cloud that is not odd yet."""
        super().__init__(*about, **more)
        self.share = 0.0
        """How many of the answers are odd."""
        self.odd = 0
        self._chances = Chances()

    @override
    def answer(
        self, route: Route, params: dict[str, str], token: str, region: str
    ) -> dict[str, Any]:
        """Return an answer, odd as often as it is wanted."""
        answer = super().answer(route, params, token, region)
        chance = self._chances.next(route.path, params)
        if chance.random() >= self.share:
            return answer
        self.odd += 1
        return odd(answer, chance)


@pytest.fixture
def cloud(freezer: FrozenDateTimeFactory) -> OddCloud:
    """Return an account with every family, on a clock that stands at noon."""
    freezer.move_to(NOON)
    return OddCloud("all", clock=SimulatedClock(lambda: datetime.now(UTC)))


def is_possible(state: State) -> bool:
    """Return whether a state is of the type its entity has."""
    if state.state in NO_VALUE:
        return True
    if state.domain == "binary_sensor":
        return state.state in {"on", "off"}
    match state.attributes.get("device_class"):
        case "enum":
            return state.state in state.attributes["options"]
        case "timestamp":
            return datetime.fromisoformat(state.state).tzinfo is not None
    return math.isfinite(float(state.state))


@pytest.fixture
def unexpected(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Return a function that tells the errors that are no failure of a question.

    Other tests leave behind what others complain about when it is cleared away.
    """
    caplog.set_level(logging.ERROR)
    return lambda: [
        caplog.handler.format(record)
        for record in caplog.records
        if record.name.startswith(OURS) and "Requests for" not in record.msg
    ]


@pytest.mark.timeout(7200)
async def test_odd_answers(
    hass: HomeAssistant,
    cloud: OddCloud,
    loaded: MockConfigEntry,
    time_passes: Pass,
    unexpected: Callable[[], list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Test that no answer brings an error or an impossible state, or does harm."""
    before = {state.entity_id for state in hass.states.async_all()}
    rounds = 0
    while cloud.odd < FRONT_DOOR:
        rounds += 1
        cloud.share = Random(f"{SEED} {rounds}").choice((0.05, 0.3, 1))  # noqa: S311
        await time_passes(ROUND)
        impossible = [one for one in hass.states.async_all() if not is_possible(one)]
        assert impossible == [], f"seed {SEED}, round {rounds}"
        if rounds % ROUNDS_OF_A_LIFE == 0:
            await hass.config_entries.async_reload(loaded.entry_id)
            await hass.async_block_till_done(wait_background_tasks=True)
            assert loaded.state is not ConfigEntryState.SETUP_ERROR
        assert unexpected() == [], f"seed {SEED}, round {rounds}"

    cloud.share = 0
    for _ in range(40):
        await time_passes(ROUND)
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    states = {one.entity_id: one.state for one in hass.states.async_all()}
    assert before <= states.keys()
    assert [name for name in before if states[name] == STATE_UNAVAILABLE] == []
    with capsys.disabled():
        print(f"\n{cloud.odd} odd answers through Home Assistant")  # noqa: T201
