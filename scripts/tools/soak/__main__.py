"""Run a soak, print its verdict, and fail if a goal is missed."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime, timedelta
import logging
from pathlib import Path
import random
from tempfile import TemporaryDirectory
from typing import Final

from simulator import SimulatedClock
from simulator.houses import HOUSES

from .expected_totals import WatchedCloud
from .incidents import Schedule
from .report import print_verdict
from .runs import Runs, now
from .timelapse import frozen_clock
from .verdict import LogLines, Verdict, judge

ZONE: Final = "Europe/Berlin"
END_OF_SUMMER_TIME: Final = datetime(2026, 10, 25, 1, tzinfo=UTC)
BEFORE_IT: Final = 0.6
"""Share of the time before the clocks are set back."""
QUIET: Final = timedelta(hours=26)
"""Time without incidents at the end, in which all counters catch up."""


def soak(chosen: Namespace) -> Verdict:
    """Return the verdict on some days of incidents."""
    draw = random.Random(chosen.seed)  # noqa: S311 - has to be repeatable
    random.seed(chosen.seed)
    length = timedelta(days=chosen.days)
    start = (END_OF_SUMMER_TIME - BEFORE_IT * length).replace(hour=9, minute=0)
    end = (start + length).replace(hour=14, second=30)
    midnight = timedelta(hours=-chosen.zone)
    schedule = Schedule(draw, start + timedelta(hours=1), end - QUIET, midnight)
    lines = LogLines()
    logging.getLogger().addHandler(lines)
    with TemporaryDirectory() as folder, frozen_clock(start) as clock:
        cloud = WatchedCloud(chosen.home, clock=SimulatedClock(now), zone=chosen.zone)
        runs = Runs(
            clock=clock,
            cloud=cloud,
            folder=Path(folder),
            zone=ZONE,
            progress=lambda line: print(line, flush=True),
        )
        return judge(runs.run(schedule.incidents, schedule.restarts, end), cloud, lines)


def options() -> Namespace:
    """Return the options of the command line."""
    parser = ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("days", nargs="?", type=int, default=30)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--home", choices=HOUSES, default="villa")
    parser.add_argument(
        "--zone", type=float, default=1, help="UTC offset of the plants in hours"
    )
    return parser.parse_args()


def main() -> int:
    """Run a soak; return 1 where a goal is missed."""
    verdict = soak(options())
    print_verdict(verdict)
    return 0 if verdict.is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())
