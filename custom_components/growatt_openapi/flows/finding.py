"""Finding an account: the token in what was pasted, and the server that knows it."""

from collections.abc import Mapping
import re
from typing import Any, Final

from yarl import URL

from homeassistant.const import CONF_REGION, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..account.discovery import Account, WrongRegionError, async_find_account
from ..api import (
    GrowattConnectionError,
    GrowattError,
    GrowattRateLimitError,
    GrowattTokenError,
    Region,
)
from ..const import DOMAIN
from ..messages import time_after
from .forms import FlowError

_TOKEN: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{32}(?![A-Za-z0-9])")


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
        raise FlowError("wrong_region", region=err.region) from err
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


async def async_region_name(hass: HomeAssistant, region: Region) -> str:
    """Return the name of a region in the language of Home Assistant."""
    texts: Mapping[str, str] = await async_get_translations(
        hass, hass.config.language, "selector", {DOMAIN}
    )
    key = f"component.{DOMAIN}.selector.region.options.{region.value}"
    return texts.get(key, region.value)
