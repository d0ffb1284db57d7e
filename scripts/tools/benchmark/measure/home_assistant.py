"""Home Assistant core with registries and base platforms, without a page."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import logging
from pathlib import Path
from unittest.mock import patch

from aiohttp import ThreadedResolver

from homeassistant import loader
from homeassistant.bootstrap import async_load_base_functionality
from homeassistant.config_entries import ConfigEntries
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.helpers import aiohttp_client
from homeassistant.setup import async_setup_component

COMPONENTS = ("homeassistant", "binary_sensor", "number", "sensor", "switch")
"""Components that every Home Assistant loads sooner or later."""


class QuietResolver(ThreadedResolver):
    """Resolver that does not browse the local network, as the usual resolver does."""

    async def real_close(self) -> None:
        """Close the resolver."""
        await self.close()


@asynccontextmanager
async def home_assistant(folder: Path, zone: int) -> AsyncGenerator[HomeAssistant]:
    """Run a Home Assistant some hours ahead of UTC, with its files in a folder."""
    logging.getLogger().setLevel(logging.CRITICAL)
    hass = HomeAssistant(str(folder))
    loader.async_setup(hass)
    hass.config.skip_pip = True
    hass.config_entries = ConfigEntries(hass, {})
    await loader.async_get_custom_components(hass)
    await async_load_base_functionality(hass)
    await async_process_ha_core_config(hass, {"time_zone": f"Etc/GMT{-zone:+d}"})
    for component in COMPONENTS:
        await async_setup_component(hass, component, {})
    with patch.object(
        aiohttp_client, "_async_make_resolver", lambda _: QuietResolver()
    ):
        aiohttp_client.async_get_clientsession(hass)
    await hass.async_start()
    try:
        yield hass
    finally:
        await hass.async_stop(force=True)
