"""Long work in short steps, so that everything else in Home Assistant has its turn."""

from asyncio import sleep
from collections.abc import AsyncIterator, Iterable
from time import monotonic
from typing import Final

LONGEST_STEP: Final = 0.01
"""Seconds for which Home Assistant may stand still."""


async def in_steps[ItemT](items: Iterable[ItemT]) -> AsyncIterator[ItemT]:
    """Yield items, and let others have their turn after each step."""
    end = monotonic() + LONGEST_STEP
    for item in items:
        yield item
        if monotonic() >= end:
            await sleep(0)
            end = monotonic() + LONGEST_STEP
