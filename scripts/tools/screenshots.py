"""Screenshots of the README and the docs, taken from the demo."""

import asyncio
from collections.abc import Awaitable, Callable
import sys
from typing import Literal
from urllib.parse import urljoin

from playwright.async_api import Page

from .harness.browser import chromium, logged_in_page, open_dialog
from .harness.onboarding import HOUSE, set_up
from .harness.processes import ROOT
from .harness.stage import Cloud, stage

IMAGES = ROOT / "docs" / "images"
DEVICE = "Villa Sunshine 1"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


async def _device(page: Page) -> None:
    """Show the page of the inverter."""
    await page.goto(urljoin(page.url, "/config/devices/dashboard"))
    await page.get_by_text(DEVICE, exact=True).click()
    await page.get_by_text("AC power", exact=True).wait_for()


async def _energy(page: Page) -> None:
    """Show the Energy dashboard."""
    await page.goto(urljoin(page.url, "/energy/electricity"))
    await page.get_by_text("Solar production", exact=True).wait_for()


async def _dialog(page: Page) -> None:
    """Show the dialog that asks for the token."""
    await open_dialog(page, "Growatt OpenAPI")


SUBJECTS: dict[str, Callable[[Page], Awaitable[None]]] = {
    "device": _device,
    "energy-dashboard": _energy,
    "config-flow": _dialog,
}

PAGES = {
    "No plants yet": "no-plants",
    "Data logger": "data-logger",
    "Confirm registration": "registering",
    "Devices found": "devices-found",
}
"""The pages of the onboarding that the docs show."""


async def _take(page: Page, name: str) -> None:
    """Take a picture of the page."""
    # Charts and dialogs are animated, without a sign of their end.
    await page.wait_for_timeout(3000)
    path = IMAGES / f"{name}.png"
    await page.screenshot(path=path)
    print(path.relative_to(ROOT))


async def _take_house() -> None:
    """Take the pictures of a house with a past."""
    async with stage(Cloud()) as shown:
        await shown.add_integration()
        await shown.readings()
        await shown.fill_energy_dashboard()
        for scheme in SCHEMES:
            async with logged_in_page(shown.home, scheme=scheme) as page:
                for name, show in SUBJECTS.items():
                    await show(page)
                    await _take(page, f"{name}-{scheme}")


async def _take_onboarding() -> None:
    """Take the pictures of the onboarding of an empty account."""
    for scheme in SCHEMES:
        async with (
            stage(Cloud(house=HOUSE)) as shown,
            logged_in_page(shown.home, scheme=scheme) as page,
        ):
            async for title in set_up(page, shown):
                if title in PAGES:
                    await _take(page, f"{PAGES[title]}-{scheme}")


async def main() -> int:
    """Take each screenshot, light and dark."""
    if chromium() is None:
        print("Chromium is missing. Install it, for example with apt-get")
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    await _take_house()
    await _take_onboarding()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
