"""Somebody with a dealer's token and a data logger, and how they fill the forms."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from simulator import SimulatedCloud

from .dialogs import add_account, choose, submit

PASSWORD = "Cobblestone-7-Lantern"
ANNA: dict[str, Any] = {
    "username": "anna",
    "email": "anna@example.org",
    "country": "Germany",
}
ROOF: dict[str, Any] = {
    "name": "Anna's Roof",
    "peak_power": 6.8,
    "plant_type": "residential",
    "country": "Germany",
    "time_zone": 1,
    "location": {"latitude": 48.5, "longitude": 11.25},
}


def label(cloud: SimulatedCloud) -> dict[str, str]:
    """Return what is printed on a data logger that nobody has registered."""
    logger = cloud.unregistered.sets[0].logger
    return {"serial_number": logger.serial, "check_code": logger.check_code}


async def begin(hass: HomeAssistant, cloud: SimulatedCloud) -> ConfigFlowResult:
    """Go to the first form that asks what is to be registered."""
    dialog = await add_account(hass, token=cloud.token, region="global")
    assert dialog["step_id"] == "no_plants"
    return await choose(hass, dialog, "set_up")


async def fill(
    hass: HomeAssistant, dialog: ConfigFlowResult, *answers: dict[str, Any]
) -> ConfigFlowResult:
    """Submit one form after another."""
    for answer in answers:
        dialog = await submit(hass, dialog, **answer)
    return dialog


async def to_the_last_page(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> ConfigFlowResult:
    """Go to the page on which everything is registered."""
    dialog = await fill(hass, await begin(hass, cloud), ANNA, ROOF, label(cloud))
    assert (dialog["step_id"], dialog["errors"]) == ("confirm", {})
    return dialog


def registered(cloud: SimulatedCloud) -> tuple[list[str], list[str], list[str]]:
    """Return the users, plants and data loggers there are."""
    return (
        [account.name for account in cloud.accounts[1:]],
        [plant.name for plant in cloud.plants],
        [logger.serial for logger in cloud.loggers],
    )
