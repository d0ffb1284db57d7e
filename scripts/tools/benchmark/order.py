"""Order: the measurement that a process performs, starting with its clock."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from .clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The integration to run, its account, simulator, and start time."""

    domain: str
    house: str
    count: int
    zone: int
    """Hours ahead of UTC, where plants and Home Assistant are."""
    url: str
    token: str = field(repr=False)
    folder: Path
    """Configuration folder of Home Assistant."""
    start: datetime
    delay: float
    """Seconds each answer takes."""


def perform(order: Order, part: str) -> Any:
    """Return the result of a part of the benchmark; runs in its own process."""
    clock = Clock(order.start)
    with clock.everywhere():
        # What is imported now takes its time from that clock.
        from .work import perform_on  # noqa: PLC0415 - see above

        return perform_on(clock, order, part)
