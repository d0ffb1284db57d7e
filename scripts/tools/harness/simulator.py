"""Simulator: the simulated cloud in a process of its own, and its expected values."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
import json
import sys
from typing import Any

from aiohttp import ClientSession

from .processes import HarnessError, child

SUNNY_HOUR = 13  # at the plant, when half the day's energy is there to be shown
SECONDS_TO_START = 30

type Truth = dict[str, dict[str, Any]]  # by serial or plant id, then by key


@dataclass(kw_only=True)
class Simulator:
    """A running simulator, and the expected values seen so far."""

    url: str
    token: str = field(repr=False)
    zone: int  # hours ahead of UTC, where the plants are
    session: ClientSession
    seen: list[Truth] = field(default_factory=list)

    async def truth(self) -> Truth:
        """Return the expected values of this moment."""
        async with self.session.get(f"{self.url}/_simulator/truth") as response:
            response.raise_for_status()
            truth: Truth = await response.json()
        if truth not in self.seen:
            self.seen.append(truth)
        return truth

    async def unregistered(self) -> list[dict[str, Any]]:
        """Return the unregistered data loggers, with the texts of their labels."""
        async with self.session.get(f"{self.url}/_simulator/unregistered") as response:
            response.raise_for_status()
            labels: list[dict[str, Any]] = await response.json()
        return labels

    async def apply(self, kind: str, **options: Any) -> None:
        """Apply an event or a fault to the cloud."""
        faults = f"{self.url}/_simulator/faults"
        async with self.session.post(faults, json={"kind": kind, **options}) as done:
            done.raise_for_status()


@asynccontextmanager
async def simulator(
    home: str, *, session: ClientSession, zone: int, speed: float = 1, count: int = 1
) -> AsyncGenerator[Simulator]:
    """Run the simulator with one house."""
    command = [sys.executable, "-m", "simulator", "--port", "0", "--home", home]
    command += [f"--zone={zone}", f"--speed={speed}", f"--count={count}"]
    async with child(*command, output=asyncio.subprocess.PIPE) as process:
        line = b""
        if process.stdout:
            with suppress(TimeoutError):
                async with asyncio.timeout(SECONDS_TO_START):
                    line = await process.stdout.readline()
        if not line:
            raise HarnessError("The simulator doesn't start")
        start = json.loads(line)
        yield Simulator(
            url=start["url"], token=start["token"], zone=zone, session=session
        )


def sunny_zone() -> int:
    """Return the offset in hours of a zone where it is early in the afternoon now."""
    return SUNNY_HOUR - datetime.now(UTC).hour
