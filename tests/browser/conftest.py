"""A real Home Assistant with the simulated cloud beside it, and a browser."""

from collections.abc import AsyncIterator
import os

from playwright.async_api import Page
import pytest

from scripts.tools.harness.browser import chromium, logged_in_page
from scripts.tools.harness.stage import Cloud, Stage, stage


@pytest.fixture(autouse=True)
def _custom_integrations() -> None:
    """Leave out the in-process Home Assistant of the other tests."""


@pytest.fixture
def house() -> str:
    """Return the house that is simulated; a test chooses another by parametrizing."""
    return "duo"


@pytest.fixture
async def shown(socket_enabled: None, house: str) -> AsyncIterator[Stage]:
    """Return a Home Assistant without the integration, and the cloud of a house."""
    if chromium() is None and "CI" not in os.environ:
        pytest.skip("There is no Chromium")
    async with stage(Cloud(house=house)) as running:
        yield running


@pytest.fixture
async def page(shown: Stage) -> AsyncIterator[Page]:
    """Return the page of a logged-in person."""
    async with logged_in_page(shown.home) as opened:
        yield opened
