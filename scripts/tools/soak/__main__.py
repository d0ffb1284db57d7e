"""Run simulated days of faults, print the results, and fail if a goal is missed."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime, timedelta
import logging
from pathlib import Path
import random
from tempfile import TemporaryDirectory
from typing import Final

from simulator import SimulatedClock
from simulator.houses import HOUSES

from .lives import Lives, now
from .mishaps import Month
from .report import print_verdict
from .tallies import WatchedCloud
from .timelapse import stopped_clock
from .verdict import Lines, Verdict, judged

ZONE: Final = "Europe/Berlin"
END_OF_SUMMER_TIME: Final = datetime(2026, 10, 25, 1, tzinfo=UTC)
BEFORE_IT: Final = 0.6
"""Fraction of the time before the clocks are set back."""
QUIET: Final = timedelta(hours=26)
"""Time without faults at the end, so that all values can be fetched."""


def soak(options: Namespace) -> Verdict:
    """Return the result of some days of faults."""
    draw = random.Random(options.seed)  # noqa: S311 - has to be repeatable
    random.seed(options.seed)
    length = timedelta(days=options.days)
    start = (END_OF_SUMMER_TIME - BEFORE_IT * length).replace(hour=9, minute=0)
    end = (start + length).replace(hour=14, second=30)
    midnight = timedelta(hours=-options.zone)
    month = Month(draw, start + timedelta(hours=1), end - QUIET, midnight)
    lines = Lines()
    logging.getLogger().addHandler(lines)
    with TemporaryDirectory() as folder, stopped_clock(start) as clock:
        cloud = WatchedCloud(options.home, clock=SimulatedClock(now), zone=options.zone)
        lives = Lives(
            clock=clock,
            cloud=cloud,
            folder=Path(folder),
            zone=ZONE,
            progress=lambda line: print(line, flush=True),
        )
        return judged(lives.run(month.mishaps, month.restarts, end), cloud, lines)


def options_of_user() -> Namespace:
    """Return the command line options."""
    parser = ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("days", nargs="?", type=int, default=30)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--home", choices=HOUSES, default="villa")
    parser.add_argument(
        "--zone", type=float, default=1, help="UTC offset of the plants in hours"
    )
    return parser.parse_args()


def main() -> int:
    """Run a soak test; return 1 if a goal is missed."""
    verdict = soak(options_of_user())
    print_verdict(verdict)
    return 0 if verdict.is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())
