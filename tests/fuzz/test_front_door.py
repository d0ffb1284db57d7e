"""Answers that no one has thought of: nothing breaks, and all comes back.

`scripts/fuzz` runs the same with 100,000 answers.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
import logging
import math
import os
from random import Random
from typing import Any, Final, override

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from simulator import SimulatedClock, SimulatedCloud

from .conftest import NOON, Pass

ANSWERS: Final = int(os.environ.get("FUZZ_ANSWERS", "600"))
SEED: Final = int(os.environ.get("FUZZ_SEED", "1"))
ROUND: Final = timedelta(minutes=5, seconds=6)
NO_VALUE: Final = {STATE_UNKNOWN, STATE_UNAVAILABLE}
ODDITIES: Final[tuple[Any, ...]] = (
    *(None, "", " ", "null", "-", "\0\0", "0", "-0", "1e999", "1_000", "NaN", "٣"),
    *(-1, -0.1, 0, 1, 2.5, 6553.5, 65535, 4294967295, 1e300, -1e300, 10**400),
    *(math.inf, -math.inf, math.nan, True, False),
    *([], {}, [None], [[]], {"": None}, {"time": "never"}, ["x"] * 200),
    *("2026-02-30 25:61:61", "0001-01-01 00:00:00", "9999-12-31 23:59:59", "x" * 999),
)


class OddCloud(SimulatedCloud):
    """A cloud that changes something in its answers."""

    random = Random(SEED)  # noqa: S311 - chance, not a secret
    share = 0.0
    """How many of the answers are changed."""
    changed = 0

    @override
    def answer(self, *question: Any) -> dict[str, Any]:
        """Return an answer, odd in one to twenty places."""
        answer = super().answer(*question)
        if self.random.random() >= self.share:
            return answer
        self.changed += 1
        # What is changed may belong to a recording that all answers share.
        odd: dict[str, Any] = copied(answer)
        for _ in range(self.random.choice((1, 1, 2, 5, 20))):
            self._change(odd)
        return odd

    def _change(self, answer: dict[str, Any]) -> None:
        """Change, remove or add one value, however deep."""
        holder, key = self.random.choice(list(places(answer)) or [(answer, "data")])
        match self.random.randrange(8):
            case 0 if isinstance(holder, dict):
                holder.pop(key, None)
            case 1 if isinstance(holder, list):
                holder.extend(holder[:3])
            case 2 if isinstance(holder, dict):
                holder[str(self.random.randrange(99))] = self._oddity()
            case _:
                holder[key] = self._oddity()

    def _oddity(self) -> Any:
        """Return a value that should not be there."""
        return copied(self.random.choice(ODDITIES))


def copied(value: Any) -> Any:
    """Return a value of JSON that shares nothing with another."""
    match value:
        case dict():
            return {key: copied(one) for key, one in value.items()}
        case list():
            return [copied(one) for one in value]
    return value


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield all that can be changed: what holds it, and where."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in items:
        yield value, key
        if isinstance(one, dict | list):
            yield from places(one)


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


@pytest.mark.timeout(7200)
@pytest.mark.skipif(
    "FUZZ_ANSWERS" not in os.environ,
    reason="chance decides here; scripts/fuzz runs it, the suite must not hang on it",
)
async def test_odd_answers(
    hass: HomeAssistant,
    cloud: OddCloud,
    loaded: MockConfigEntry,
    time_passes: Pass,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Test that no answer brings an error or an impossible state, or does harm."""
    caplog.set_level(logging.ERROR)
    before = {state.entity_id for state in hass.states.async_all()}
    rounds = 0
    while cloud.changed < ANSWERS:
        cloud.share = cloud.random.choice((0.05, 0.3, 1))
        await time_passes(ROUND)
        rounds += 1
        impossible = [one for one in hass.states.async_all() if not is_possible(one)]
        assert impossible == [], f"seed {SEED}, round {rounds}"
        if rounds % 20 == 0:
            await hass.config_entries.async_reload(loaded.entry_id)
            await hass.async_block_till_done(wait_background_tasks=True)
            assert loaded.state is not ConfigEntryState.SETUP_ERROR
        unexpected = [
            record for record in caplog.records if "Error fetching" not in record.msg
        ]
        assert unexpected == [], f"seed {SEED}, round {rounds}"

    cloud.share = 0
    for _ in range(40):
        await time_passes(ROUND)
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    states = {one.entity_id: one.state for one in hass.states.async_all()}
    assert before <= states.keys()
    assert [name for name in before if states[name] == STATE_UNAVAILABLE] == []
