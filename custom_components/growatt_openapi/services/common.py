"""Targets of actions: the account, plant or device chosen, and failures in words."""

from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_DEVICE_ID
from homeassistant.core import (
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
)
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import service

from ..account.owners import async_owner_of
from ..api import GrowattError, Management, Plant
from ..const import DOMAIN
from ..coordinator.runtime import GrowattConfigEntry
from ..messages import explained
from .schemas import refused

type Handler = Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]


@dataclass(frozen=True, slots=True)
class Action:
    """An action: its handler, the schema of its fields, and its response."""

    handler: Handler
    schema: Any
    response: SupportsResponse = SupportsResponse.OPTIONAL


type Actions = Mapping[str, Action]


def account_of(call: ServiceCall) -> GrowattConfigEntry:
    """Return the account that was chosen."""
    entry: GrowattConfigEntry = service.async_get_config_entry(
        call.hass, DOMAIN, call.data[ATTR_CONFIG_ENTRY_ID]
    )
    return entry


def target_of(call: ServiceCall) -> tuple[GrowattConfigEntry, set[str]]:
    """Return the account of the device that was chosen, and what identifies it."""
    entry: GrowattConfigEntry
    device, entry = service.async_get_device_and_config_entry(
        call.hass, DOMAIN, call.data[ATTR_DEVICE_ID]
    )
    return entry, {key for domain, key in device.identifiers if domain == DOMAIN}


def plant_of(call: ServiceCall) -> tuple[GrowattConfigEntry, Plant]:
    """Return the plant whose device was chosen, and its account."""
    entry, keys = target_of(call)
    plants = entry.runtime_data.inventory.data.plants
    for key in keys & plants.keys():
        return entry, plants[key]
    raise refused("not_a_plant")


def management_of(entry: GrowattConfigEntry) -> Management:
    """Return what sets up the account of an entry."""
    return entry.runtime_data.client.management


async def async_owner(entry: GrowattConfigEntry, plant: Plant) -> str:
    """Return who owns a plant."""
    owner = await async_owner_of(entry.runtime_data.client, plant)
    if owner is None:
        raise refused("owner_unknown")
    return owner


@contextmanager
def translated_errors() -> Iterator[None]:
    """Say in words why Growatt did not do what it was asked for."""
    try:
        yield
    except GrowattError as err:
        why = explained(err)
        failure = ServiceValidationError if why.is_refusal else HomeAssistantError
        raise failure(
            translation_domain=DOMAIN,
            translation_key=why.key,
            translation_placeholders=why.placeholders,
        ) from err
