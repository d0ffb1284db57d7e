"""Slices of long work, between which the event loop has its turn."""

from asyncio import sleep
from collections.abc import AsyncIterator, Iterable
from time import monotonic
from typing import Final

MAX_SLICE: Final = 0.01
"""Seconds for which the event loop may be blocked."""


async def async_iterate_in_slices[ItemT](
    items: Iterable[ItemT],
) -> AsyncIterator[ItemT]:
    """Yield items, and give way to the event loop after each slice."""
    end = monotonic() + MAX_SLICE
    for item in items:
        yield item
        if monotonic() >= end:
            await sleep(0)
            end = monotonic() + MAX_SLICE
