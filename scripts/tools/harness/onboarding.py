"""Onboarding: from an empty account to devices, through the dialogs."""

from collections.abc import AsyncGenerator

from playwright.async_api import Page

from .browser import enter_account, submit
from .processes import HarnessError
from .stage import Stage

HOUSE = "new"
PASSWORD = "Cobblestone-7-Lantern"  # noqa: S105 - for a user that the simulator forgets
# Minutes since the data logger was plugged in; it has uploaded since.
MINUTES_AGO = 30


async def _opened(page: Page, title: str) -> str:
    """Wait for a page of the dialog, and return its title."""
    await page.get_by_text(title, exact=True).wait_for()
    return title


def _forms(label: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return the text of each field, by the title of its form."""
    return {
        "New user": {
            "input[name=username]": "anna",
            "input[name=email]": "anna@example.org",
        },
        "New plant": {
            "input[name=name]": "Anna's Roof",
            "ha-selector-number input >> nth=0": "6.8",
        },
        "Data logger": {
            "input[name=serial_number]": label["serial"],
            "input[name=check_code]": label["check_code"],
        },
        "Confirm registration": {"input[name=password]": PASSWORD},
    }


async def set_up(page: Page, shown: Stage) -> AsyncGenerator[str]:
    """Complete the dialog, and yield the title of each page once it's filled in."""
    if shown.simulator is None:
        raise HarnessError(
            "The demo registers plants at the simulator alone, not at the real Growatt"
        )
    await shown.simulator.apply("online_after", minutes=-MINUTES_AGO)
    label, *_ = await shown.simulator.unregistered()
    await enter_account(page, shown.answers)

    yield await _opened(page, "No plants yet")
    await page.get_by_text("Set up a plant now").click()
    for title, typed in _forms(label).items():
        await _opened(page, title)
        for field, text in typed.items():
            await page.locator(field).fill(text)
        yield title
        await submit(page)

    yield await _opened(page, "Registered")
    await page.get_by_text("Check for devices").click()
    yield await _opened(page, "Devices found")
    await submit(page)
    await page.get_by_role("button", name="Skip and finish").click()
