"""Growatt's servers, and which addresses may be asked at all."""

from enum import StrEnum
from ipaddress import ip_address
from typing import Final

from yarl import URL


class Region(StrEnum):
    """Where an account lives; a token is known on one server only."""

    AUTO = "auto"
    GLOBAL = "global"
    CHINA = "china"
    NORTH_AMERICA = "north_america"
    AUSTRALIA_NEW_ZEALAND = "australia_new_zealand"
    OTHER = "other"


SERVERS: Final[dict[Region, str]] = {
    Region.GLOBAL: "https://openapi.growatt.com",
    Region.CHINA: "https://openapi-cn.growatt.com",
    Region.NORTH_AMERICA: "https://openapi-us.growatt.com",
    Region.AUSTRALIA_NEW_ZEALAND: "https://openapi-au.growatt.com",
}

# The manual gives these addresses without encryption.
PLAIN_HTTP_HOSTS: Final = frozenset(
    {
        "183.62.216.35",
        "ess-server.atesspower.com",
        "openapi-au.growatt.com",
        "test.growatt.com",
    }
)


def server_address(text: str) -> str:
    """Return the base address in a text, without path and trailing slash.

    A missing scheme means https. Raises ValueError where the text is no address,
    or an unencrypted one outside the owner's network and the manual.
    """
    text = text.strip()
    url = URL(text if "://" in text else f"https://{text}")
    odd = url.user or url.password or len(text.split()) != 1
    if url.scheme not in {"http", "https"} or not url.host or odd:
        msg = "not a web address"
        raise ValueError(msg)
    if url.scheme == "http" and not may_be_plain(url.host):
        msg = "not encrypted"
        raise ValueError(msg)
    return str(url.origin())


def may_be_plain(host: str) -> bool:
    """Return whether a host may be asked without encryption."""
    if host in PLAIN_HTTP_HOSTS or host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_private
