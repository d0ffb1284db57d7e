"""Compatibility check: a short run in another version of Home Assistant."""

import asyncio
import sys

from .demo.home_assistant import DOMAIN, HomeAssistant
from .demo.processes import ROOT, DemoError
from .demo.readings import devices_of, readings_of
from .demo.stage import Cloud, stage
from .demo.table import CONSOLE

ENVIRONMENT = str(ROOT / ".venv-compat")
ENTRY = "/api/config/config_entries/entry"
HOUSES = ("villa", "duo")


async def main() -> int:
    """Set up, read, reload, and remove the integration; return 1 on errors."""
    faults = []
    for house in HOUSES:
        async with stage(Cloud(house=house), environment=ENVIRONMENT) as shown:
            entry = await shown.add_integration()
            await shown.readings()
            faults += await shown.faults()
            await shown.home.rest("POST", f"{ENTRY}/{entry}/reload")
            await shown.readings()
            faults += await shown.faults()
            await shown.home.rest("DELETE", f"{ENTRY}/{entry}")
            faults += await _remains(shown.home)
            version = (await shown.home.ask("get_config"))["version"]
            CONSOLE.print(f"{DOMAIN} works in Home Assistant {version}: {house}")
    for fault in faults:
        CONSOLE.print(f"✗ {fault}", style="red", markup=False)
    return 1 if faults else 0


async def _remains(home: HomeAssistant) -> list[str]:
    """Return leftovers of a removed entry, and log entries about it."""
    left = [reading.entity_id for reading in await readings_of(home)]
    left += [device.owner for device in (await devices_of(home)).values()]
    return [f"{remnant} is still there" for remnant in left] + home.complaints()


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main()))
    except DemoError as err:
        sys.exit(str(err))
