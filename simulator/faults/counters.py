"""Faults of counters: answers with zeros, dips, spikes or stale days."""

from collections.abc import Callable, Mapping
import re
from typing import Any

from ..wire import Json

TODAY = re.compile(
    r"(?:e|bdc\d|acCharge)\w*today\d?|\w*(?:today|daily)_?energy", re.IGNORECASE
)
TOTAL = re.compile(r"(?:e|bdc\d|acCharge)\w*total\d?|\w*total_?energy", re.IGNORECASE)


def kind_of(name: str) -> str | None:
    """Return the period of a counter, today or total; None for other fields."""
    if TODAY.fullmatch(name):
        return "today"
    return "total" if TOTAL.fullmatch(name) else None


def number_of(value: Any) -> float | None:
    """Return the number of a field that may be a text, None for other texts."""
    try:
        return None if isinstance(value, bool) else float(value)
    except TypeError, ValueError:
        return None


def with_counters(answer: Json, change: Callable[[str, str, float], float]) -> Json:
    """Return an answer with changed counters, by owner and name, kind and value."""

    def changed(value: Any, owner: str) -> Any:
        if isinstance(value, list):
            return [changed(item, owner) for item in value]
        if not isinstance(value, dict):
            return value
        serial = str(value.get("serialNum") or value.get("deviceSn") or owner)
        return {name: field(serial, name, item) for name, item in value.items()}

    def field(owner: str, name: str, item: Any) -> Any:
        number = number_of(item)
        if (kind := kind_of(name)) is None or number is None:
            return changed(item, owner)
        wrong = change(f"{owner} {name}", kind, number)
        return str(wrong) if isinstance(item, str) else wrong

    result: Json = changed(answer, "")
    return result


def zeros(answer: Json, options: dict[str, Any]) -> Json:
    """Return an answer with all counters at zero."""
    return with_counters(answer, lambda *_: 0.0)


def dip(answer: Json, options: dict[str, Any]) -> Json:
    """Return an answer with all counters lower by a part, a tenth by default."""
    part = 1 - float(options.get("part", 0.1))
    return with_counters(answer, lambda *field: round(field[-1] * part, 1))


def spike(answer: Json, options: dict[str, Any]) -> Json:
    """Return an answer with all counters too high, by 6553.5 by default."""
    more = float(options.get("more", 6553.5))
    return with_counters(answer, lambda *field: round(field[-1] + more, 1))


def stale_day(answer: Json, options: dict[str, Any]) -> Json:
    """Return an answer in which a new day does not begin; `off` is added to the old.

    The old day is the last value of the same plant or device, `about`, since
    the fault began.
    """
    kept: dict[str, float] = options.setdefault("kept", {})
    about = options.get("about", "")
    off = float(options.get("off", 0))

    def stale(name: str, kind: str, value: float) -> float:
        if kind != "today":
            return value
        last = kept.setdefault(f"{about} {name}", value)
        if value >= last:
            kept[f"{about} {name}"] = value
            return value
        return max(0.0, round(last + off, 1))

    return with_counters(answer, stale)


CHANGES: Mapping[str, Callable[[Json, dict[str, Any]], Json]] = {
    "zeros": zeros,
    "dip": dip,
    "spike": spike,
    "stale_day": stale_day,
}
