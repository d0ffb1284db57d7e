"""Command line of the demo: python -m scripts.tools.demo --help."""

import argparse
import asyncio
import os
import signal
import sys

from simulator.houses import HOUSES

from ..harness.console import CONSOLE
from ..harness.home_assistant import PASSWORD, USER
from ..harness.processes import HarnessError
from ..harness.stage import Cloud, Stage, stage
from .table import print_readings

TOKEN_VARIABLE = "GROWATT_TOKEN"  # noqa: S105 - the name of a variable


def main() -> int:
    """Run the demo, and return its exit code."""
    options = _options()
    try:
        return asyncio.run(_demo(options))
    except HarnessError as err:
        CONSOLE.print(str(err), style="red", markup=False)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT if options.once else 0
    except asyncio.CancelledError:
        return 128 + signal.SIGTERM


def _options() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/demo",
        description="Show the integration in a real Home Assistant.",
    )
    parser.add_argument(
        "--once", action="store_true", help="print the values, check them, and exit"
    )
    parser.add_argument(
        "--token",
        default=os.environ.get(TOKEN_VARIABLE),
        help=f"use a real account; preferably set {TOKEN_VARIABLE}",
    )
    parser.add_argument("--region", default="auto", help="the region of the token")
    parser.add_argument(
        "--home",
        choices=HOUSES,
        default="villa",
        metavar="HOUSE",
        help=f"the house to simulate: {', '.join(HOUSES)}",
    )
    parser.add_argument(
        "--count", type=int, default=10, help="number of inverters of a fleet"
    )
    parser.add_argument(
        "--speed", type=float, default=1, help="speed of the simulated clock"
    )
    return parser.parse_args()


async def _demo(options: argparse.Namespace) -> int:
    """Show the integration once, or until the user ends it."""
    task = asyncio.current_task()
    if task:
        for ending in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(ending, task.cancel)
    cloud = Cloud(
        token=options.token,
        region=options.region,
        house=options.home,
        speed=options.speed,
        count=options.count,
    )
    CONSOLE.print("Starting Home Assistant")
    async with stage(cloud) as shown:
        faults = await _show(shown)
        if options.once:
            return 1 if faults else 0
        CONSOLE.print(
            f"\nHome Assistant: {shown.home.url}\n"
            f"Login: user {USER}, password {PASSWORD}\n"
            "Press Ctrl-C to exit."
        )
        await asyncio.wait([shown.home.running])
        raise HarnessError("Home Assistant has stopped")


async def _show(shown: Stage) -> list[str]:
    """Add the integration, print its readings, and return the faults."""
    CONSOLE.print("Adding the integration")
    await shown.add_integration()
    CONSOLE.print("Waiting for values")
    readings = await shown.readings()
    print_readings(readings, shown.truths)
    faults = await shown.faults()
    for fault in faults:
        CONSOLE.print(f"✗ {fault}", style="red", markup=False)
    await shown.fill_energy_dashboard()
    return faults


if __name__ == "__main__":
    sys.exit(main())
