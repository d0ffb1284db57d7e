"""From the button that adds an integration to the values of an inverter."""

import asyncio
import re

from playwright.async_api import Page, expect
import pytest

from scripts.tools.harness.browser import enter_account, submit
from scripts.tools.harness.onboarding import HOUSE, set_up
from scripts.tools.harness.stage import Stage


async def shows_power(page: Page, shown: Stage, device: str) -> bool:
    """Return whether the page of a device shows its true power."""
    [power] = [
        one
        for one in await shown.readings()
        if one.device.name == device and one.key == "ac_power"
    ]
    is_true = float(power.state) == power.true_value(shown.truths) > 0
    text = page.get_by_text(f"{float(power.state):,.0f} W").first
    return is_true and await text.is_visible()


async def expect_power(page: Page, shown: Stage, device: str) -> None:
    """Check that the page of a device shows its true power, also after an upload."""
    async with asyncio.timeout(30):
        while not await shows_power(page, shown, device):
            await page.wait_for_timeout(1000)


@pytest.mark.timeout(180)
async def test_person_adds_the_integration(page: Page, shown: Stage) -> None:
    """Test that the dialog leads to devices, and that an inverter shows its values."""
    await enter_account(page, shown.answers)
    for plant in ("Barn", "Terrace"):
        await expect(page.get_by_role("checkbox", name=plant)).to_be_checked()
    await submit(page)
    await page.get_by_role("button", name="Skip and finish").click()

    devices = page.get_by_text(re.compile(r"(Barn|Terrace) \d"))
    await expect(devices).to_have_count(4)
    await page.get_by_text("Barn 1", exact=True).click()

    await expect(page.get_by_text("Growatt 10000TL3-S")).to_be_visible()
    await expect_power(page, shown, "Barn 1")
    assert not await shown.faults()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("house", [HOUSE])
async def test_person_sets_an_account_up(page: Page, shown: Stage) -> None:
    """Test the way from an empty account to live values, through the dialogs alone."""
    pages = [title async for title in set_up(page, shown)]
    assert pages[0] == "No plants yet"
    assert pages[-1] == "Devices found"

    await page.get_by_text("Anna's Roof 1", exact=True).click()
    await expect_power(page, shown, "Anna's Roof 1")
    assert not await shown.faults()
