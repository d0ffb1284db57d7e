"""Runs a part of the benchmark in a process of its own."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import ClientSession

from ...harness.simulator import simulator
from .program import perform
from .task import Task

ZONE = 1
"""Hours ahead of UTC."""
DELAY = 0.15
"""Seconds that each answer takes."""


def noon() -> datetime:
    """Return noon at the plants, in June of this year."""
    return datetime(datetime.now(UTC).year, 6, 15, 12 - ZONE, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An integration with a house."""

    domain: str
    house: str = "fleet"
    count: int = 1
    delay: float = DELAY
    later: timedelta = timedelta()
    """Delay of its start after noon."""


async def run(case: Case, part: str) -> Any:
    """Return the result of a part of the benchmark, with a simulator of its own."""
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes,
    ):
        async with (
            ClientSession() as session,
            simulator(
                case.house, session=session, zone=ZONE, count=case.count
            ) as simulated,
        ):
            task = Task(
                domain=case.domain,
                house=case.house,
                count=case.count,
                zone=ZONE,
                url=simulated.url,
                token=simulated.token,
                folder=Path(folder),
                start=noon() + case.later,
                delay=case.delay,
            )
            running = asyncio.get_running_loop()
            return await running.run_in_executor(processes, perform, task, part)
