"""Parts of the benchmark, run one after the other for undisturbed measurements."""

import asyncio
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any, Final

from .figures import Day, Pair
from .measure.run import Case, run
from .report.results import Results
from .report.rows import COMPARED, COUNTS, PARK

OURS: Final = "growatt_openapi"
THEIRS: Final = "growatt_server"
BEGINNINGS: Final = 6
"""Number of starts of a day within the five minutes between two uploads."""
RESTART: Final = "restart"
DAY: Final = "day"
PARTS: Final = (*map(str, (*COUNTS, PARK)), RESTART, DAY)

type Say = Callable[[str], None]


async def measure(parts: Collection[str], say: Say) -> Results:
    """Return the results of some parts."""
    results = Results()
    for count in COUNTS:
        if str(count) in parts:
            say(f"{count} MIN")
            results.accounts[count] = await _both("measure", count)
    if str(PARK) in parts:
        say(f"{PARK} MIN")
        results.park = await run(Case(domain=OURS, house="park"), "measure")
    if RESTART in parts:
        say("Restart")
        results.restart = await _both("restart", COMPARED)
    if DAY in parts:
        say("A day")
        results.day = await _days()
    return results


async def _both(part: str, count: int) -> Pair[Any]:
    """Return a part with either integration."""
    return Pair(
        ours=await run(Case(domain=OURS, count=count), part),
        theirs=await run(Case(domain=THEIRS, count=count), part),
    )


async def _days() -> Pair[Day]:
    """Return a day of either integration; both run at once as no time is measured."""
    ours, theirs = await asyncio.gather(_day(OURS), _day(THEIRS))
    return Pair(ours=ours, theirs=theirs)


async def _day(domain: str) -> Day:
    """Return the mean of the days with different starts."""
    days: list[Day] = []
    for number in range(BEGINNINGS):
        later = timedelta(minutes=5) * number / BEGINNINGS
        days.append(await run(Case(domain=domain, delay=0, later=later), "day"))
    return Day.of(days)
