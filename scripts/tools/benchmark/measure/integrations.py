"""Integrations: the entry of each, and the sensor that shows an upload."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final
from unittest.mock import patch

from growattServer import GrowattApi

from homeassistant.config_entries import SOURCE_USER, ConfigEntry
from homeassistant.const import CONF_NAME, CONF_REGION, CONF_TOKEN, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A token on the simulator, and its plant."""

    url: str
    token: str = field(repr=False)
    plant_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """An integration with its sensor of the power of the panels."""

    domain: str
    pv_power: str
    """Unique id of the sensor of the power of the panels, after the serial."""

    def sensor(self, hass: HomeAssistant, serial: str) -> str | None:
        """Return the id of a device's sensor of the panels' power, None without it."""
        return er.async_get(hass).async_get_entity_id(
            "sensor", self.domain, f"{serial}{self.pv_power}"
        )

    def entry(self, account: Account) -> ConfigEntry[Any]:
        """Return an entry as the dialog of the integration would make it."""
        return ConfigEntry(
            data=ENTRIES[self.domain](account),
            discovery_keys=MappingProxyType({}),
            domain=self.domain,
            minor_version=1,
            options={},
            source=SOURCE_USER,
            subentries_data=(),
            title="Growatt",
            unique_id=str(account.plant_id),
            version=1,
        )


def _of_ours(account: Account) -> dict[str, Any]:
    """Return the data of an entry of this integration."""
    return {
        CONF_TOKEN: account.token,
        CONF_REGION: "other",
        CONF_URL: account.url,
    }


def _of_theirs(account: Account) -> dict[str, Any]:
    """Return the data of an entry of Home Assistant's own integration."""
    return {
        "auth_type": "api_token",
        CONF_TOKEN: account.token,
        CONF_URL: f"{account.url}/",
        "plant_id": str(account.plant_id),
        CONF_NAME: "Plant",
    }


ENTRIES: Final = {"growatt_openapi": _of_ours, "growatt_server": _of_theirs}
OURS: Final = Integration(domain="growatt_openapi", pv_power="_pv_power")
THEIRS: Final = Integration(domain="growatt_server", pv_power="-tlx_internal_wattage")
INTEGRATIONS: Final = {
    integration.domain: integration for integration in (OURS, THEIRS)
}


@contextmanager
def directed_to_simulator(url: str) -> Generator[None]:
    """Direct the library of Home Assistant's own integration to the simulator.

    Its address for tokens is made from that of its class, whatever the entry says.
    """
    with patch.object(GrowattApi, "server_url", f"{url}/"):
        yield
