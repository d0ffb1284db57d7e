"""Ways in which the cloud can misbehave, for a path, a serial, a number of times."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
import re
from typing import Any

from . import counter_faults
from .wire import Json

ANSWER_KINDS = (
    "no_data",
    "count_mismatch",
    "empty_list",
    "missing",
    "nan",
    "secrets",
    *counter_faults.CHANGES,
)
"""Faults that change what the application says."""

WIRE_KINDS = (
    "http",
    "html",
    "truncated",
    "silence",
    "close",
    "code",
    "oversized",
    "redirect",
)
"""Faults in front of the application, which then does not count the call."""


LOST = "lost"
"""The fault behind the application: it does what it should, but the answer is lost."""


@dataclass(kw_only=True)
class Rule:
    """One fault: what, where, for whom, and how often it is still to come."""

    kind: str
    path: str = ""
    """Beginning of the path below /v1/ or /v4/; empty for all."""

    serial: str = ""
    """Serial or plant id among the parameters; for `missing` the one left out."""

    times: int | None = None
    options: dict[str, Any] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)
    """The parameters of the last request that met it."""

    def fits(self, path: str, params: dict[str, str]) -> bool:
        """Return whether a request meets this fault."""
        named = {part for value in params.values() for part in value.split(",")}
        wanted = not self.serial or self.kind == "missing" or self.serial in named
        return self.times != 0 and path.startswith(self.path) and wanted


class Faults:
    """The faults that are switched on."""

    def __init__(self) -> None:
        """Initialize a cloud that behaves."""
        self.rules: list[Rule] = []

    def add(
        self,
        kind: str,
        *,
        path: str = "",
        serial: str = "",
        times: int | None = None,
        **options: Any,
    ) -> Rule:
        """Switch a fault on; without `times` it stays.

        http: status (403 gives the page of the CDN) · html · truncated: chunked ·
        silence: seconds · close · code: code · no_data · count_mismatch · empty_list ·
        missing: serial · oversized: size · redirect: to, status · nan · secrets: text ·
        zeros · dip: part · spike: more · stale_day: off (all of counters) · lost.
        """
        if kind not in (*WIRE_KINDS, *ANSWER_KINDS, LOST):
            raise ValueError(kind)
        rule = Rule(kind=kind, path=path, serial=serial, times=times, options=options)
        self.rules.append(rule)
        return rule

    def plant_secrets(self, text: str) -> Rule:
        """Put a text into every free text field of all answers."""
        return self.add("secrets", text=text)

    def clear(self) -> None:
        """Behave again."""
        self.rules.clear()

    def take(
        self, kinds: Iterable[str], path: str, params: dict[str, str]
    ) -> Iterator[Rule]:
        """Yield the faults a request meets, and count those that are looked at."""
        for rule in list(self.rules):
            if rule.kind in kinds and rule.fits(path, params):
                if rule.times is not None:
                    rule.times -= 1
                rule.met = params
                yield rule


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
    return counter_faults.CHANGES[rule.kind](answer, rule.options)


CHANGES: dict[str, Callable[[Json, Rule], Json]] = dict(
    zip(
        ANSWER_KINDS,
        (
            *(_no_data, _count_mismatch, _empty_list, _missing, _nan, _secrets),
            *[_wrong_counters] * len(counter_faults.CHANGES),
        ),
        strict=True,
    )
)
