"""What a program of its own is to measure, and how it begins: with its clock."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from .clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which integration to run, with which account on which simulator, from when."""

    domain: str
    house: str
    count: int
    zone: int
    """Hours ahead of UTC, where plants and Home Assistant are."""
    url: str
    token: str = field(repr=False)
    folder: Path
    """Where Home Assistant has its files."""
    start: datetime
    delay: float
    """Seconds each answer takes."""


def perform(order: Order, part: str) -> Any:
    """Return what a part of the benchmark finds; to be run in a program of its own."""
    clock = Clock(order.start)
    with clock.everywhere():
        # What is imported now takes its time from that clock.
        from .work import perform_on  # noqa: PLC0415 - see above

        return perform_on(clock, order, part)
