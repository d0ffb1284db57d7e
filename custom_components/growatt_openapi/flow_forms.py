"""The forms of the dialogs, and what Growatt says while they are open."""

from collections import Counter
from collections.abc import Iterable, Mapping
import re
from typing import Any, Final

import voluptuous as vol
from yarl import URL

from homeassistant.const import CONF_REGION, CONF_TOKEN, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.helpers.translation import async_get_translations

from .account import Account, WrongRegionError, async_find_account
from .api import (
    GrowattConnectionError,
    GrowattError,
    GrowattRateLimitError,
    GrowattTokenError,
    Plant,
    Region,
)
from .const import DOMAIN
from .explained import Explanation, time_after

CONF_PLANTS: Final = "plants"

HELP: Final = {
    "portal": "https://server.growatt.com",
    "installer_portal": "https://oss.growatt.com",
    "example": "https://openapi.example.com",
}

_TOKEN: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{32}(?![A-Za-z0-9])")

_PASSWORD: Final = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
)
_REGION: Final = SelectSelector(
    SelectSelectorConfig(
        options=[region.value for region in Region],
        translation_key="region",
        mode=SelectSelectorMode.DROPDOWN,
    )
)

TOKEN_FORM: Final = vol.Schema({vol.Required(CONF_TOKEN): _PASSWORD})
ACCOUNT_FORM: Final = vol.Schema(
    {
        vol.Required(CONF_TOKEN): _PASSWORD,
        vol.Required(CONF_REGION, default=Region.AUTO.value): _REGION,
    }
)
RECONFIGURE_FORM: Final = vol.Schema(
    {
        vol.Optional(CONF_TOKEN): _PASSWORD,
        vol.Required(CONF_REGION): _REGION,
    }
)
SERVER_FORM: Final = vol.Schema(
    {
        vol.Required(CONF_URL): TextSelector(
            TextSelectorConfig(type=TextSelectorType.URL)
        )
    }
)


class FlowError(Exception):
    """An answer that cannot be used, with the text that says why."""

    def __init__(
        self,
        key: str,
        *,
        region: Region | None = None,
        field: str = "base",
        **placeholders: str,
    ) -> None:
        """Initialize the error, with the region to choose instead, or its field."""
        super().__init__(key)
        self.key = key
        self.region = region
        self.field = field
        self.placeholders = placeholders

    @property
    def about_token(self) -> bool:
        """Return whether another token or region helps, not another address."""
        return self.key in {"invalid_auth", "no_plants", "wrong_region"}


def plants_form(plants: Iterable[Plant], chosen: list[str]) -> vol.Schema:
    """Return the form that asks which plants are taken."""
    plants = tuple(plants)
    names = Counter(plant.name for plant in plants)
    options = [
        SelectOptionDict(
            value=plant.plant_id,
            label=(
                plant.name
                if names[plant.name] == 1
                else f"{plant.name} ({plant.plant_id})"
            ),
        )
        for plant in plants
    ]
    return vol.Schema(
        {
            vol.Required(CONF_PLANTS, default=chosen): SelectSelector(
                SelectSelectorConfig(
                    options=options, multiple=True, mode=SelectSelectorMode.LIST
                )
            )
        }
    )


def token_in(pasted: str) -> str:
    """Return the one token in a pasted text, be it a whole sentence.

    Raises FlowError where there is none, or more than one.
    """
    whole = "".join(pasted.split())
    found = {whole} if _TOKEN.fullmatch(whole) else set(_TOKEN.findall(pasted))
    if len(found) != 1:
        raise FlowError("token_length")
    return found.pop()


async def async_find(
    hass: HomeAssistant, token: str, region: Region, server: str | None = None
) -> Account:
    """Return the account a token opens; raise FlowError with the reason where none."""
    try:
        account = await async_find_account(hass, token, region, server)
    except WrongRegionError as err:
        if err.region is None:
            raise FlowError("address_retired") from err
        right = await async_region_name(hass, err.region)
        raise FlowError("wrong_region", region=err.region, right_region=right) from err
    except GrowattError as err:
        raise _explained(err) from err
    return account


async def async_find_again(
    hass: HomeAssistant, token: str, known: Mapping[str, Any]
) -> Account:
    """Return the account a new token opens, on whichever server it is by now."""
    if known[CONF_REGION] != Region.OTHER:
        return await async_find(hass, token, Region.AUTO)
    try:
        return await async_find(hass, token, Region.OTHER, known[CONF_URL])
    except FlowError as err:
        if err.region is None:
            raise
        return await async_find(hass, token, err.region)


def _explained(err: GrowattError) -> FlowError:
    """Return what an error of the client means to the person at the dialog."""
    match err:
        case GrowattTokenError():
            return FlowError("invalid_auth")
        case GrowattRateLimitError():
            return FlowError("rate_limited", time=time_after(err))
        case GrowattConnectionError():
            return FlowError("cannot_connect")
    return FlowError("unexpected_answer", error=str(err))


async def async_account_name(hass: HomeAssistant, account: Account) -> str:
    """Return where an account lives: its region, or the host of its own server."""
    if account.region is Region.OTHER:
        return str(URL(account.server).host)
    return await async_region_name(hass, account.region)


async def async_reason(hass: HomeAssistant, reason: Explanation) -> str:
    """Return a reason in the language of Home Assistant."""
    texts: Mapping[str, str] = await async_get_translations(
        hass, hass.config.language, "exceptions", {DOMAIN}
    )
    text = texts[f"component.{DOMAIN}.exceptions.{reason.key}.message"]
    return text.format(**reason.placeholders)


async def async_region_name(hass: HomeAssistant, region: Region) -> str:
    """Return the name of a region in the language of Home Assistant."""
    texts: Mapping[str, str] = await async_get_translations(
        hass, hass.config.language, "selector", {DOMAIN}
    )
    key = f"component.{DOMAIN}.selector.region.options.{region.value}"
    return texts.get(key, region.value)
