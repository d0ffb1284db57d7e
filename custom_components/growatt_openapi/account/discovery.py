"""Discovery: the account that a token opens, and the server it lives on."""

from asyncio import gather
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from yarl import URL

from homeassistant.core import HomeAssistant

from ..api import (
    SERVERS,
    GrowattError,
    GrowattHostError,
    GrowattTokenError,
    Plant,
    Region,
)
from .clients import async_get_client

MANY_OWNERS: Final = "many."


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A token that a server knows."""

    region: Region
    server: str
    plants: tuple[Plant, ...]

    @property
    def account_id(self) -> str:
        """Return what stays when the token is renewed: server and owner of the plants.

        Each server numbers its owners itself. An installer's token sees plants of many
        owners; together they are the id. A plant without an owner stands for itself.
        """
        return f"{URL(self.server).host}_{self.owner}"

    @property
    def owner(self) -> str:
        """Return the owner of the plants, or one name for several."""
        owners = sorted({plant.owner_id or plant.plant_id for plant in self.plants})
        if len(owners) == 1:
            return owners[0]
        return MANY_OWNERS + sha256(",".join(owners).encode()).hexdigest()[:16]


class WrongRegionError(Exception):
    """The server does not know the token, but maybe another one does."""

    def __init__(self, region: Region | None) -> None:
        """Initialize the error with the region that knows the token, if one does."""
        super().__init__()
        self.region = region


async def async_find_account(
    hass: HomeAssistant, token: str, region: Region, server: str | None
) -> Account:
    """Return the account a token opens.

    Region `other` takes a server; `auto` asks all public ones side by side. Raises
    WrongRegionError where another region knows the token, or a GrowattError.
    """
    servers = {region: server} if server else _servers(region)
    found = await _ask(hass, token, servers)
    account = _best(found)
    if account is not None and (account.plants or not _may_pass(found)):
        return account
    error = _clearest(found)
    if isinstance(error, GrowattTokenError | GrowattHostError):
        others = {
            other: address
            for other, address in SERVERS.items()
            if address not in servers.values()
        }
        if (account := _best(await _ask(hass, token, others))) is not None:
            raise WrongRegionError(account.region) from error
    if isinstance(error, GrowattHostError):
        raise WrongRegionError(None) from error
    raise error


async def async_accounts(hass: HomeAssistant, token: str) -> list[Account]:
    """Return the accounts a token opens on the public servers."""
    found = await _ask(hass, token, dict(SERVERS))
    return [one for one in found if isinstance(one, Account)]


def _servers(region: Region) -> dict[Region, str]:
    """Return the servers to ask for a region."""
    return dict(SERVERS) if region is Region.AUTO else {region: SERVERS[region]}


async def _ask(
    hass: HomeAssistant, token: str, servers: dict[Region, str]
) -> list[Account | GrowattError]:
    """Return what each server says to a token."""

    async def ask(region: Region, server: str) -> Account | GrowattError:
        try:
            plants = (await async_get_client(hass, server, token).plants()).items
        except GrowattError as err:
            return err
        return Account(region=region, server=server, plants=plants)

    return await gather(*(ask(*one) for one in servers.items()))


def _best(found: list[Account | GrowattError]) -> Account | None:
    """Return the account with the most plants; a foreign server may show none."""
    accounts = [one for one in found if isinstance(one, Account)]
    return max(accounts, key=lambda account: len(account.plants), default=None)


def _may_pass(found: list[Account | GrowattError]) -> bool:
    """Return whether a server is in trouble that could hide the plants."""
    certain = GrowattTokenError | GrowattHostError
    return any(
        isinstance(one, GrowattError) and not isinstance(one, certain) for one in found
    )


def _clearest(found: list[Account | GrowattError]) -> GrowattError:
    """Return the error that says most: one that may pass hides that a token is good."""
    errors = [one for one in found if isinstance(one, GrowattError)]
    return min(
        errors,
        key=lambda err: (
            isinstance(err, GrowattHostError),
            isinstance(err, GrowattTokenError),
        ),
    )
