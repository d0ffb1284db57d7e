"""Browser: Home Assistant's page in a headless Chromium, with a logged-in user."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import shutil
from typing import Literal
from urllib.parse import urljoin

from playwright.async_api import Page, async_playwright

from .home_assistant import PASSWORD, USER, HomeAssistant

# As root Chromium needs to run without its sandbox; the others keep it off the network.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Return the path of the system's Chromium, None without one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@asynccontextmanager
async def logged_in_page(
    home: HomeAssistant,
    *,
    scheme: Literal["light", "dark"] = "light",
    width: int = 1280,
    height: int = 900,
) -> AsyncGenerator[Page]:
    """Open the page and log in."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium(), args=list(ARGUMENTS)
        )
        context = await browser.new_context(
            color_scheme=scheme,
            locale="en-GB",
            timezone_id=home.time_zone,
            viewport={"width": width, "height": height},
        )
        page = await context.new_page()
        await page.goto(home.url)
        await page.locator("input[name=username]").fill(USER)
        await page.locator("input[name=password]").fill(PASSWORD)
        await page.get_by_role("button", name="Log in").click()
        await page.locator("home-assistant-main").wait_for()
        try:
            yield page
        finally:
            await browser.close()


async def open_dialog(page: Page, name: str) -> None:
    """Search for an integration, and open its dialog."""
    await page.goto(urljoin(page.url, "/config/integrations/dashboard"))
    await page.get_by_role("button", name="Add integration").click()
    await page.get_by_placeholder("Search for a brand name").fill(name)
    await page.get_by_role("button", name=name, exact=True).click()
    await page.locator("input[name=token]").wait_for()


async def submit(page: Page) -> None:
    """Submit the open form."""
    await page.get_by_role("button", name="Submit").click()


async def enter_account(page: Page, answers: dict[str, str]) -> None:
    """Open the dialog, and enter a token and the address of a server."""
    await open_dialog(page, "Growatt OpenAPI")
    await page.locator("input[name=token]").fill(answers["token"])
    await page.get_by_label("Region").click()
    await page.get_by_text("Another server", exact=True).click()
    await submit(page)
    await page.locator("input[name=url]").fill(answers["url"])
    await submit(page)
