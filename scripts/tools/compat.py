"""Compatibility check: a short run in another Home Assistant than the tested one."""

import asyncio
import sys

from .harness.console import CONSOLE
from .harness.home_assistant import DOMAIN, HomeAssistant
from .harness.processes import ROOT, HarnessError
from .harness.readings import devices_of, readings_of
from .harness.stage import Cloud, stage

ENVIRONMENT = str(ROOT / ".venv-compat")
ENTRY = "/api/config/config_entries/entry"
HOUSES = ("villa", "duo")


async def main() -> int:
    """Set up, read, reload, remove; return 1 if there is any fault or complaint."""
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
    """Return the leftovers and complaints of a removed entry."""
    left = [reading.entity_id for reading in await readings_of(home)]
    left += [device.owner for device in (await devices_of(home)).values()]
    return [f"{name} is still there" for name in left] + home.complaints()


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main()))
    except HarnessError as err:
        sys.exit(str(err))
