"""Faults of answers: missing data, wrong lists, NaN, secrets, wrong counters."""

from collections.abc import Callable
import re
from typing import Any

from ..wire import Json
from . import counters
from .rule import Rule


def _no_data(answer: Json, rule: Rule) -> Json:
    """Return success without data."""
    return answer | {"data": ""}


def _emptied(answer: Json, least: int) -> Json:
    """Return an answer with an empty list; count 0, or at least `least`."""
    data = answer.get("data")
    if not isinstance(data, dict):
        return answer
    lists: Json = {key: [] for key, value in data.items() if isinstance(value, list)}
    if "count" in data:
        lists["count"] = max(least, data["count"]) if least else 0
    return answer | {"data": data | lists}


def _count_mismatch(answer: Json, rule: Rule) -> Json:
    """Return an empty list that claims to hold something."""
    return _emptied(answer, 1)


def _empty_list(answer: Json, rule: Rule) -> Json:
    """Return an empty list, honestly counted."""
    return _emptied(answer, 0)


def _missing(answer: Json, rule: Rule) -> Json:
    """Return a batch, or a list, without one serial."""
    data = answer.get("data")
    if not isinstance(data, dict):
        return answer

    def keeps(row: Any) -> bool:
        return not isinstance(row, dict) or rule.serial not in row.values()

    rest = {
        key: [row for row in value if keeps(row)] if isinstance(value, list) else value
        for key, value in data.items()
        if key != rule.serial
    }
    return answer | {"data": rest}


def _replaced(value: Any, change: Callable[[str, Any], Any], key: str = "") -> Any:
    """Return a value with all its leaves changed, by the key they are under."""
    match value:
        case dict():
            return {name: _replaced(item, change, name) for name, item in value.items()}
        case list():
            return [_replaced(item, change, key) for item in value]
        case _:
            return change(key, value)


def _nan(answer: Json, rule: Rule) -> Json:
    """Return an answer with NaN, which JSON does not know, for fractions."""

    def change(key: str, value: Any) -> Any:
        fraction = isinstance(value, float) and not value.is_integer()
        return float("nan") if fraction else value

    changed: Json = _replaced(answer, change)
    return changed


MEANINGFUL = re.compile(r"[-+]?[\d.]+|\d{4}-\d\d.*|GMT.*|SIM\w+|AMMETER|ENV_DEVICE")
"""Texts that carry a number, a time, a zone or a serial."""

MEANINGFUL_KEYS = frozenset(
    {"deviceType", "statusText", "message", "msg", "error_msg", "inverters", "tlxs"}
)


def _secrets(answer: Json, rule: Rule) -> Json:
    """Return an answer with a secret in all free texts, and in the text of errors."""
    failed = bool(answer.get("error_code") or answer.get("code"))

    def change(key: str, value: Any) -> Any:
        if not isinstance(value, str) or MEANINGFUL.fullmatch(value):
            return value
        kept = key in MEANINGFUL_KEYS and not failed
        return value if kept else rule.options["text"]

    changed: Json = _replaced(answer, change)
    return changed


def _wrong_counters(answer: Json, rule: Rule) -> Json:
    """Return an answer with wrong counters."""
    rule.options["about"] = rule.met.get("plant_id", "")
    return counters.CHANGES[rule.kind](answer, rule.options)


CHANGES: dict[str, Callable[[Json, Rule], Json]] = {
    "no_data": _no_data,
    "count_mismatch": _count_mismatch,
    "empty_list": _empty_list,
    "missing": _missing,
    "nan": _nan,
    "secrets": _secrets,
    **dict.fromkeys(counters.CHANGES, _wrong_counters),
}
"""Changes of the application's answer, by kind of fault."""
