"""Run the simulated cloud: `python -m simulator --home villa`."""

from argparse import ArgumentParser, Namespace
import asyncio
from datetime import datetime
import json
import signal
import sys

from .clock import SimulatedClock, system_time
from .cloud import SimulatedCloud
from .houses import HOUSES
from .server import serve

LATE_MORNING = 11
"""Plant-local hour at which there is always sun."""


def morning_zone(now: datetime) -> int:
    """Return the zone in hours, -12 to 11, in which it is late morning at a moment."""
    return (LATE_MORNING - now.hour + 12) % 24 - 12


def arguments() -> Namespace:
    """Return the options of the command line."""
    parser = ArgumentParser(prog="simulator", description=__doc__)
    parser.add_argument("--home", choices=HOUSES, default="villa")
    parser.add_argument("--count", type=int, default=3, help="devices of the fleet")
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--speed", type=float, default=1, help="of the clock")
    zone = parser.add_mutually_exclusive_group()
    zone.add_argument("--zone", type=float, default=1, help="of the plants, in hours")
    zone.add_argument(
        "--morning", action="store_true", help="plants where it is late morning now"
    )
    return parser.parse_args()


async def run(options: Namespace) -> None:
    """Serve until a signal; print address and token as a line of JSON first."""
    zone = morning_zone(system_time()) if options.morning else options.zone
    clock = SimulatedClock(speed=options.speed)
    cloud = SimulatedCloud(options.home, clock=clock, count=options.count, zone=zone)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with serve(cloud, port=options.port) as url:
        sys.stdout.write(json.dumps({"url": url, "token": cloud.token}) + "\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(run(arguments()))
