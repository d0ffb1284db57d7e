"""Helpers for dialogs: their pages, input, and texts."""

from typing import Any

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.translation import async_get_translations

# Offered by the form that says why nothing is listed yet.
NEXT_STEPS = ("look", "finish")


async def add_account(hass: HomeAssistant, **answer: Any) -> ConfigFlowResult:
    """Open the dialog that adds an account, and submit an answer."""
    dialog = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    return await submit(hass, dialog, **answer)


async def submit(
    hass: HomeAssistant, dialog: ConfigFlowResult, **answer: Any
) -> ConfigFlowResult:
    """Submit an answer, and wait for what comes of it."""
    dialog = await hass.config_entries.flow.async_configure(dialog["flow_id"], answer)
    await hass.async_block_till_done(wait_background_tasks=True)
    return dialog


async def open_options(
    hass: HomeAssistant, entry: ConfigEntry, option: str
) -> ConfigFlowResult:
    """Open the options of an entry, and choose what the menu offers."""
    dialog = await hass.config_entries.options.async_init(entry.entry_id)
    assert option in dialog["menu_options"]
    return await submit_options(hass, dialog, next_step_id=option)


async def submit_options(
    hass: HomeAssistant, dialog: ConfigFlowResult, **answer: Any
) -> ConfigFlowResult:
    """Submit an answer to a form of the options, and wait for what comes of it."""
    dialog = await hass.config_entries.options.async_configure(
        dialog["flow_id"], answer
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    return dialog


async def choose(
    hass: HomeAssistant, dialog: ConfigFlowResult, option: str
) -> ConfigFlowResult:
    """Choose what a page offers as the next step, and wait for what comes of it."""
    assert option in dialog.get("menu_options", NEXT_STEPS)
    return await submit(hass, dialog, next_step_id=option)


def suggested(dialog: ConfigFlowResult) -> dict[str, Any]:
    """Return what the fields of a form already hold."""
    return {
        str(field): field.description["suggested_value"]
        for field in dialog["data_schema"].schema
        if field.description
    }


async def page_text(
    hass: HomeAssistant, dialog: ConfigFlowResult, kind: str = "config"
) -> str:
    """Return all that a person reads on a page, of the options where kind says so."""
    step = f"step.{dialog['step_id']}"
    keys = [f"{step}.title", f"{step}.description"]
    if dialog["type"] is FlowResultType.MENU:
        keys += [f"{step}.menu_options.{option}" for option in dialog["menu_options"]]
    else:
        fields = dialog["data_schema"].schema
        keys += [f"{step}.data.{field}" for field in fields]
        keys += [f"{step}.data_description.{field}" for field in fields]
        keys += [f"error.{key}" for key in dialog["errors"].values()]
    texts = await async_get_translations(hass, "en", kind, {DOMAIN})
    page = "\n".join(texts[f"component.{DOMAIN}.{kind}.{key}"] for key in keys)
    return page.format(**(dialog["description_placeholders"] or {}))


async def end_text(
    hass: HomeAssistant, dialog: ConfigFlowResult, kind: str = "config"
) -> str:
    """Return why a dialog ended, as a person reads it."""
    key = f"component.{DOMAIN}.{kind}.abort.{dialog['reason']}"
    return (await async_get_translations(hass, "en", kind, {DOMAIN}))[key]
