"""The distance between requests: Growatt answers bursts with refusals everywhere."""

from asyncio import Semaphore, get_running_loop, sleep
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

SIDE_BY_SIDE: Final = 4
"""How many requests are on their way at the same time."""
AT_ONCE: Final = 30
"""How many requests may follow each other immediately after a while of silence."""
APART: Final = 0.5
"""Seconds from one request to the next, once that many were made."""


class Lane:
    """A lane on which requests keep their distance."""

    def __init__(self, places: int = SIDE_BY_SIDE) -> None:
        """Initialize with room for so many at the same time."""
        self._places = Semaphore(places)
        self._free = 0.0
        """When, by the clock of the event loop, all turns are free again."""

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until it is the turn of whoever asks now, who then is on the lane."""
        async with self._places:
            now = get_running_loop().time()
            longest = now + (AT_ONCE + SIDE_BY_SIDE) * APART
            self._free = min(max(self._free, now), longest) + APART
            if (wait := self._free - now - AT_ONCE * APART) > 0:
                await sleep(wait)
            yield
