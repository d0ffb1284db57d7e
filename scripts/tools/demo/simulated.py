"""Simulated cloud in its own process, and its true values."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
import json
import sys
from typing import Any

from aiohttp import ClientSession

from .processes import DemoError, child

SUNNY_HOUR = 13  # at the plant, when half the day's energy is there to be shown
SECONDS_TO_START = 30

type Truth = dict[str, dict[str, Any]]  # by serial or plant id, then by key


@dataclass(kw_only=True)
class Simulator:
    """A running simulator, and the true values it has returned."""

    url: str
    token: str = field(repr=False)
    zone: int  # hours ahead of UTC, where the plants are
    session: ClientSession
    seen: list[Truth] = field(default_factory=list)

    async def truth(self) -> Truth:
        """Return the current true values of the simulator."""
        async with self.session.get(f"{self.url}/_simulator/truth") as response:
            response.raise_for_status()
            truth: Truth = await response.json()
        if truth not in self.seen:
            self.seen.append(truth)
        return truth

    async def shelf(self) -> list[dict[str, Any]]:
        """Return the labels of the data loggers that aren't registered."""
        async with self.session.get(f"{self.url}/_simulator/shelf") as response:
            response.raise_for_status()
            labels: list[dict[str, Any]] = await response.json()
        return labels

    async def happen(self, kind: str, **options: Any) -> None:
        """Trigger an event in the cloud."""
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
            raise DemoError("The simulator doesn't start")
        start = json.loads(line)
        yield Simulator(
            url=start["url"], token=start["token"], zone=zone, session=session
        )


def sunny_zone() -> int:
    """Return a UTC offset in hours at which it's early afternoon now."""
    return SUNNY_HOUR - datetime.now(UTC).hour
