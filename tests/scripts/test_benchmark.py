"""The benchmark: its arithmetic, its clock, and a short run of it."""

import asyncio
from datetime import UTC, datetime, timedelta
import time

import pytest

from scripts.tools.benchmark.figures import (
    Asked,
    Block,
    Cost,
    Day,
    Measured,
    Pair,
    Restarted,
    Span,
)
from scripts.tools.benchmark.measure.clock import Clock, MeasuredLoop
from scripts.tools.benchmark.measure.delays import Shown, Upload, delays, uploads_of
from scripts.tools.benchmark.measure.meter import Meter
from scripts.tools.benchmark.measure.run import Case, run
from scripts.tools.benchmark.parts import OURS, THEIRS
from scripts.tools.benchmark.report.page import page
from scripts.tools.benchmark.report.results import Results
from scripts.tools.benchmark.report.rows import COUNTS, rows_of_account
from scripts.tools.benchmark.report.table import number
from simulator import SimulatedClock, SimulatedCloud

DAWN = datetime(2026, 6, 15, 6, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes: float) -> datetime:
    """Return some minutes after dawn."""
    return DAWN + minutes * MINUTE


def span(seconds: float, requests: int, loop: float, **more: float) -> Span:
    """Return a span with some figures."""
    longest = Block(seconds=0.08, collecting=0.02, what="work")
    return Span(
        seconds=seconds,
        asked=Asked(requests=requests, refused=0, turns=int(more.get("turns", 0))),
        cost=Cost(loop=loop, threads=0, occupied=0, jobs=0, longest=longest),
    )


def measured(devices: int, requests: int, loop: float) -> Measured:
    """Return what an integration cost in 25 minutes."""
    return Measured(
        set_up=span(1, 7, 0.1, turns=4),
        refresh=span(1500, requests, loop),
        devices=devices,
        states=devices * 10,
        sessions=0,
        memory=1_000_000,
    )


@pytest.mark.parametrize(
    ("uploads", "shown", "expected"),
    [
        # The first is only there to be compared with.
        ([(0, 1), (5, 2)], [(6, 2)], [60]),
        # Each write of the same value counts once.
        ([(0, 1), (5, 2), (10, 3)], [(6, 2), (7, 2), (13, 3)], [60, 180]),
        # What was skipped is as old as what came instead.
        ([(0, 1), (5, 2), (10, 3)], [(11, 3)], [360, 60]),
        # The same value cannot be told from the one before.
        ([(0, 1), (5, 1), (10, 3)], [(6, 1), (11, 3)], [60]),
        # What was never shown does not count, nor what nobody uploaded.
        ([(0, 1), (5, 2), (10, 3)], [(6, 2), (8, 7)], [60]),
        # A value that comes again is that of the last upload which has it.
        ([(0, 1), (5, 2), (10, 3), (15, 2)], [(6, 2), (12, 3), (16, 2)], [60, 120, 60]),
    ],
)
def test_added_age(
    uploads: list[tuple[float, float]],
    shown: list[tuple[float, float]],
    expected: list[float],
) -> None:
    """Test from when to when an upload waits."""
    found = delays(
        [Upload(at(minutes), power) for minutes, power in uploads],
        [Shown(at(minutes), power) for minutes, power in shown],
    )
    assert list(found) == expected


def test_uploads_are_those_of_the_cloud() -> None:
    """Test that all uploads of some time are found, and the one before."""
    clock = SimulatedClock(DAWN)
    cloud = SimulatedCloud("fleet", count=2, clock=clock)
    found = uploads_of(cloud, clock, at(0), at(60))
    assert found.keys() == {device.serial for device in cloud.devices}
    for uploads in found.values():
        times = [upload.at for upload in uploads]
        assert len(times) == 13
        assert times == sorted(times)
        assert times[0] <= at(0) < times[1]
        assert times[-1] <= at(60)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "s", ""),
        (2.0, "", "2"),
        (0.0578, "ms", "0.058 ms"),
        (15.8, "ms", "16 ms"),
        (5616.2, "ms", "5,616 ms"),
    ],
)
def test_numbers(value: float | None, unit: str, text: str) -> None:
    """Test that a number has the digits that say something."""
    assert number(value, unit) == text


def test_page() -> None:
    """Test that figures, ratios and goals are those of the measurements."""
    results = Results(
        accounts={
            count: Pair(
                ours=measured(count, 10, 0.1 * count),
                theirs=measured(min(count, 20), 160, 2 * count),
            )
            for count in COUNTS
        },
        park=measured(1000, 100, 3),
        restart=Pair(
            ours=Restarted(span=span(1, 0, 0), states=130),
            theirs=Restarted(span=span(1, 1, 0), states=0),
        ),
        day=Pair(
            ours=Day.of([Day(delays=(10, 20), requests=600, refused=0)]),
            theirs=Day.of(
                [
                    Day(delays=(100, 140), requests=1400, refused=0),
                    Day(delays=(180,), requests=1500, refused=0),
                ]
            ),
        ),
    )
    lines = page(results).splitlines()
    for line in (
        "| Requests per refresh | 16 | 16 | 16 |",
        "| Event loop time per refresh and device | 20 | 20 | 100 |",
        "| Thread pool jobs per refresh | 0 vs. 0 | 0 vs. 0 | 0 vs. 0 |",
        "| Requests per refresh | 2 | 32 | 16 | 2 vs. 32: met |",
        "| Set-up time | 1 s | 1 s | 1 |  |",
        "| Longest block during set-up | 60 ms |  |  | ≤ 50 ms: missed |",
        "| Longest block during a refresh | 60 ms |  |  | ≤ 50 ms: missed |",
        "| Requests | 0 | 1 |  | 0: met |",
        "| Mean added age | 15 s | 140 s | 9.3 | ≤ 30 s without more requests: met |",
        "| Requests | 600 | 1,450 | 2.4 |  |",
        "- **100 MIN:** the built-in integration shows 20 of them.",
        "- during set-up: `work`, 60 ms, plus 20 ms of garbage collection",
    ):
        assert line in lines


def test_time_leaps() -> None:
    """Test that a day is over at once, and nothing that is awaited is leapt over."""
    clock, meter = Clock(DAWN), Meter()
    skipped: list[float] = []

    async def a_day() -> float:
        await asyncio.sleep(86400)
        return await asyncio.get_running_loop().run_in_executor(None, time.time)

    loop = MeasuredLoop(
        clock,
        is_asking=meter.is_asking,
        on_skip=skipped.append,
        watched=meter.watched,
    )
    with clock.everywhere(), asyncio.Runner(loop_factory=lambda: loop) as runner:
        ended = runner.run(a_day())
        loop.skips = False
    assert sum(skipped) == pytest.approx(86400, abs=1)
    assert ended - DAWN.timestamp() == pytest.approx(86400, abs=60)
    assert meter.cost().jobs == 1


def test_run(socket_enabled: None) -> None:
    """Test that either integration runs, and asks what it has to ask."""

    async def both() -> tuple[Measured, Measured]:
        cases = [Case(domain=domain, delay=0) for domain in (OURS, THEIRS)]
        ours, theirs = await asyncio.gather(*(run(case, "measure") for case in cases))
        return ours, theirs

    ours, theirs = asyncio.run(both())
    rows = {
        row.what: (row.ours, row.theirs) for row in rows_of_account(1, ours, theirs)
    }
    assert rows["Devices shown"] == (1, 1)
    # What is asked for in the background can be answered before the set-up is over.
    of_ours, of_theirs = rows["Requests during set-up"]
    assert 7 <= of_ours <= 9
    assert of_theirs == 6
    # The time may hold one refresh more or less than five.
    assert rows["Requests per refresh"] == pytest.approx((2, 5), rel=0.21)
    assert rows["Client sessions opened"] == (0, 3)
