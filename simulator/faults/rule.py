"""Rule: a fault with its place, target and number of occurrences."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(kw_only=True)
class Rule:
    """A fault: kind, path, target, and remaining occurrences; None for no end."""

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
