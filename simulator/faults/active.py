"""Active faults: switched on and off, and looked up for each request."""

from collections.abc import Container, Iterator
from typing import Any

from .answers import CHANGES
from .connection import MISBEHAVIORS
from .rule import Rule

LOST = "lost"
"""The fault behind the application: the request is carried out, its answer is lost."""

KINDS = frozenset({*MISBEHAVIORS, *CHANGES, LOST})


class Faults:
    """The faults that are switched on."""

    def __init__(self) -> None:
        """Initialize without faults."""
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
        if kind not in KINDS:
            raise ValueError(kind)
        rule = Rule(kind=kind, path=path, serial=serial, times=times, options=options)
        self.rules.append(rule)
        return rule

    def plant_secrets(self, text: str) -> Rule:
        """Put a text into every free text field of all answers."""
        return self.add("secrets", text=text)

    def clear(self) -> None:
        """Switch all faults off."""
        self.rules.clear()

    def take(
        self, kinds: Container[str], path: str, params: dict[str, str]
    ) -> Iterator[Rule]:
        """Yield the faults that fit a request, and count their occurrences."""
        for rule in list(self.rules):
            if rule.kind in kinds and rule.fits(path, params):
                if rule.times is not None:
                    rule.times -= 1
                rule.met = params
                yield rule
