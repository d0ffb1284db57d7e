"""Home Assistant with a recorder in this process, with its files in a folder."""

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


async def start(
    folder: Path,
    zone: str,
    changed: Callable[[HomeAssistant, Event[EventStateChangedData]], None],
) -> HomeAssistant:
    """Start Home Assistant with the files of a folder; `changed` gets all changes."""
    hass = HomeAssistant(str(folder))
    hass.config.skip_pip = True
    # The usual resolver would browse the local network.
    hass.data[str(DATA_RESOLVER)] = ThreadedResolver()
    hass.config_entries = ConfigEntries(hass, CONFIGURATION)
    loader.async_setup(hass)
    await hass.config.async_set_time_zone(zone)
    if not await async_load_base_functionality(hass):
        raise RuntimeError("Home Assistant can't read its folder")

    @callback
    def forward(event: Event[EventStateChangedData]) -> None:
        changed(hass, event)

    hass.bus.async_listen(EVENT_STATE_CHANGED, forward)
    async_initialize_recorder(hass)
    for component in ("recorder", DOMAIN):
        if not await async_setup_component(hass, component, CONFIGURATION):
            raise RuntimeError(f"Home Assistant can't set up {component}")
    await hass.async_start()
    await get_instance(hass).async_db_ready
    return hass


async def add_account(hass: HomeAssistant, url: str, token: str) -> None:
    """Add an account of the simulated cloud through the dialog."""
    flows = hass.config_entries.flow
    result = await flows.async_init(DOMAIN, context={"source": SOURCE_USER})
    # The choice of plants keeps its default: all.
    for answer in ({CONF_TOKEN: token, CONF_REGION: "other"}, {CONF_URL: url}, {}):
        if result["type"] is FlowResultType.FORM:
            result = await flows.async_configure(result["flow_id"], answer)
    if result["type"] is not FlowResultType.CREATE_ENTRY:
        raise RuntimeError(f"The account was rejected: {result['errors']}")
    await hass.async_block_till_done()


async def wait_for_recorder(hass: HomeAssistant) -> None:
    """Wait until the recorder has written all changes."""
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
