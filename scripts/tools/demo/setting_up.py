"""From a token that sees nothing to devices, through the pages a person sees."""

from collections.abc import AsyncGenerator

from playwright.async_api import Page

from .browser import open_dialog
from .processes import DemoError
from .stage import Stage

HOUSE = "new"
PASSWORD = "Cobblestone-7-Lantern"  # noqa: S105 - for a user that the simulator forgets
# How long ago the data logger was plugged in; it has uploaded since.
MINUTES_AGO = 30


async def submit(page: Page) -> None:
    """Submit the form that is open."""
    await page.get_by_role("button", name="Submit").click()


async def _opened(page: Page, title: str) -> str:
    """Wait for a page of the dialog, and return its title."""
    await page.get_by_text(title, exact=True).wait_for()
    return title


async def set_up(page: Page, shown: Stage) -> AsyncGenerator[str]:
    """Go through the dialog, and yield the title of each page once it is filled in."""
    if shown.simulator is None:
        raise DemoError("Nobody should register a plant for a demo at the real Growatt")
    await shown.simulator.happen("online_after", minutes=-MINUTES_AGO)
    label, *_ = await shown.simulator.shelf()
    await open_dialog(page, "Growatt OpenAPI")
    await page.locator("input[name=token]").fill(shown.answers["token"])
    await page.get_by_label("Region").click()
    await page.get_by_text("Another server", exact=True).click()
    await submit(page)
    await page.locator("input[name=url]").fill(shown.answers["url"])
    await submit(page)

    yield await _opened(page, "No plants yet")
    await page.get_by_text("Set it up now").click()

    await _opened(page, "A new user")
    await page.locator("input[name=username]").fill("anna")
    await page.locator("input[name=email]").fill("anna@example.org")
    yield "A new user"
    await submit(page)

    await _opened(page, "The plant")
    await page.locator("input[name=name]").fill("Anna's Roof")
    await page.locator("ha-selector-number input").first.fill("6.8")
    yield "The plant"
    await submit(page)

    await _opened(page, "The data logger")
    await page.locator("input[name=serial_number]").fill(label["serial"])
    await page.locator("input[name=check_code]").fill(label["check_code"])
    yield "The data logger"
    await submit(page)

    await _opened(page, "Everything right?")
    await page.locator("input[name=password]").fill(PASSWORD)
    yield "Everything right?"
    await submit(page)

    yield await _opened(page, "Registered")
    await page.get_by_text("Look for the devices").click()

    yield await _opened(page, "Devices found")
    await submit(page)
    await page.get_by_role("button", name="Skip and finish").click()
