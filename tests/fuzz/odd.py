"""Malformed responses: random, but the same for the same seed and request."""

from collections import Counter
from collections.abc import Iterator, Mapping
import math
import os
from random import Random
from typing import Any, Final

TOTAL: Final = int(os.environ.get("FUZZ_ANSWERS", "2000"))
FRONT_DOOR: Final = TOTAL // 3
"""How many odd answers go through all of Home Assistant."""
CLIENT: Final = TOTAL - FRONT_DOOR
"""How many go through the client and the catalog alone, which is faster."""
SEED: Final = int(os.environ.get("FUZZ_SEED", "1"))

ODDITIES: Final[tuple[Any, ...]] = (
    *(None, "", " ", "null", "-", "\0\0", "0", "-0", "1e999", "1_000", "NaN", "٣"),
    *(-1, -0.1, 0, 1, 2.5, 6553.5, 65535, 4294967295, 1e300, -1e300, 10**400),
    *(math.inf, -math.inf, math.nan, True, False),
    *([], {}, [None], [[]], {"": None}, {"time": "never"}, ["x"] * 200),
    *("2026-02-30 25:61:61", "0001-01-01 00:00:00", "9999-12-31 23:59:59", "x" * 999),
)

type Answer = dict[str, Any]


class Chances:
    """A chance of its own for each question, in whatever order they come."""

    def __init__(self) -> None:
        """Initialize before the first question."""
        self._asked: Counter[str] = Counter()

    def next(self, path: str, params: Mapping[str, str]) -> Random:
        """Return the chance of a question that is asked once more."""
        question = f"{SEED} {path} {sorted(params.items())}"
        self._asked[question] += 1
        return Random(f"{question} {self._asked[question]}")  # noqa: S311 - no secret


def odd(answer: Answer, chance: Random) -> Answer:
    """Return an answer that is odd in one to twenty places."""
    # What is changed may belong to a recording that all answers share.
    changed: Answer = copied(answer)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        _change(changed, chance)
    return changed


def _change(answer: Answer, chance: Random) -> None:
    """Change, remove or add one value, however deep."""
    holder, key = chance.choice(list(_places(answer)) or [(answer, "data")])
    match chance.randrange(8):
        case 0 if isinstance(holder, dict):
            holder.pop(key, None)
        case 1 if isinstance(holder, list):
            holder.extend(holder[:3])
        case 2 if isinstance(holder, dict):
            holder[str(chance.randrange(99))] = copied(chance.choice(ODDITIES))
        case _:
            holder[key] = copied(chance.choice(ODDITIES))


def copied(value: Any) -> Any:
    """Return a value of JSON that shares nothing with another."""
    match value:
        case dict():
            return {key: copied(one) for key, one in value.items()}
        case list():
            return [copied(one) for one in value]
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield all that can be changed: what holds it, and where."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in items:
        yield value, key
        if isinstance(one, dict | list):
            yield from _places(one)
