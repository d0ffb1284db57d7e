"""Home Assistant core with a recorder in this process, with its files on disk."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from aiohttp import ThreadedResolver

from homeassistant import loader
from homeassistant.bootstrap import async_load_base_functionality
from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.statistics import (
    StatisticsRow,
    statistics_during_period,
)
from homeassistant.config_entries import SOURCE_USER, ConfigEntries
from homeassistant.const import CONF_REGION, CONF_TOKEN, CONF_URL, EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.aiohttp_client import DATA_RESOLVER
from homeassistant.helpers.recorder import async_initialize_recorder
from homeassistant.setup import async_setup_component

DOMAIN: Final = "growatt_openapi"
CONFIGURATION: Final[dict[str, Any]] = {
    "recorder": {"commit_interval": 60, "purge_keep_days": 3}
}


async def started(
    folder: Path,
    zone: str,
    changed: Callable[[HomeAssistant, Event[EventStateChangedData]], None],
) -> HomeAssistant:
    """Start Home Assistant from a folder, and report its state changes."""
    hass = HomeAssistant(str(folder))
    hass.config.skip_pip = True
    # The usual one would look for names on the local network.
    hass.data[str(DATA_RESOLVER)] = ThreadedResolver()
    hass.config_entries = ConfigEntries(hass, CONFIGURATION)
    loader.async_setup(hass)
    await hass.config.async_set_time_zone(zone)
    if not await async_load_base_functionality(hass):
        raise RuntimeError("Home Assistant can't read its folder")

    @callback
    def tell(event: Event[EventStateChangedData]) -> None:
        changed(hass, event)

    hass.bus.async_listen(EVENT_STATE_CHANGED, tell)
    async_initialize_recorder(hass)
    for component in ("recorder", DOMAIN):
        if not await async_setup_component(hass, component, CONFIGURATION):
            raise RuntimeError(f"Home Assistant can't set up {component}")
    await hass.async_start()
    await get_instance(hass).async_db_ready
    return hass


async def add_account(hass: HomeAssistant, url: str, token: str) -> None:
    """Add an account of the simulated cloud through the config flow."""
    flows = hass.config_entries.flow
    shown = await flows.async_init(DOMAIN, context={"source": SOURCE_USER})
    # All plants are wanted, where there is a choice.
    for answer in ({CONF_TOKEN: token, CONF_REGION: "other"}, {CONF_URL: url}, {}):
        if shown["type"] is FlowResultType.FORM:
            shown = await flows.async_configure(shown["flow_id"], answer)
    if shown["type"] is not FlowResultType.CREATE_ENTRY:
        raise RuntimeError(f"The account was rejected: {shown['errors']}")
    await hass.async_block_till_done()


async def recorded(hass: HomeAssistant) -> None:
    """Wait until the recorder has written all events."""
    await get_instance(hass).async_block_till_done()


async def hourly_sums(
    hass: HomeAssistant, start: datetime, entity_ids: set[str]
) -> dict[str, list[StatisticsRow]]:
    """Return the long-term statistics of entities, oldest first."""
    return await get_instance(hass).async_add_executor_job(
        lambda: statistics_during_period(
            hass, start, None, entity_ids, "hour", None, {"sum"}
        )
    )
