"""The entries of the device registry: plant, data logger, device."""

from collections.abc import Iterable
from typing import Final

from homeassistant.const import CONF_REGION
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.typing import UNDEFINED

from ..account.claims import async_lost_keys
from ..api import Datalogger, Device, Family, Plant, Region
from ..catalog import PROFILES
from ..const import DOMAIN, MANUFACTURER
from ..coordinator.runtime import GrowattConfigEntry
from ..helpers import async_iterate_in_slices

# Where an owner finds the plant in a browser; no other region's address is documented.
PORTALS: Final = {Region.GLOBAL.value: "https://server.growatt.com"}


async def async_register_devices(
    hass: HomeAssistant, entry: GrowattConfigEntry
) -> None:
    """Register everything the inventory has, parents first.

    Entities wait for their device, so whoever makes them is told.
    """
    data = entry.runtime_data
    inventory = data.inventory.data
    async_unregister(hass, entry, async_lost_keys(hass, entry))
    _register_account(hass, entry)
    async for plant in async_iterate_in_slices(inventory.plants.values()):
        _register_plant(hass, entry, plant)
    async for serial, datalogger in async_iterate_in_slices(
        inventory.dataloggers.items()
    ):
        # An inverter with a logger of its own inside is registered as an inverter.
        if serial not in inventory.devices:
            _register_datalogger(hass, entry, datalogger)
    async for device in async_iterate_in_slices(inventory.devices.values()):
        _register_device(hass, entry, device)
    if new := {entry.entry_id, *inventory.keys} - data.registered:
        data.registered.update(new)
        for source in data.sources:
            source.async_update_listeners()


@callback
def async_unregister(
    hass: HomeAssistant, entry: GrowattConfigEntry, keys: Iterable[str]
) -> None:
    """Remove what is left out or served by another entry, with what hangs on it.

    Home Assistant remembers names and areas for the case that it is taken again.
    """
    registry = dr.async_get(hass)
    for key in keys:
        top = registry.async_get_device_by_identifier((DOMAIN, key), entry.entry_id)
        branch = {top.id} if top else set()
        while branch:
            devices = dr.async_entries_for_config_entry(registry, entry.entry_id)
            below = {one.id for one in devices if one.via_device_id in branch}
            for device in devices:
                if device.id in branch:
                    async_forget(entry, {one for _, one in device.identifiers})
                    registry.async_remove_device(device.id)
            branch = below


@callback
def async_forget(entry: GrowattConfigEntry, keys: Iterable[str]) -> None:
    """Forget that things have devices and entities, which are removed."""
    for key in keys:
        entry.runtime_data.added.pop(key, None)
        entry.runtime_data.registered.discard(key)


@callback
def async_known_models(
    hass: HomeAssistant, entry: GrowattConfigEntry
) -> dict[str, str]:
    """Return the commercial models the registry remembers, by serial."""
    families = {profile.name for profile in PROFILES.values()}
    return {
        device.serial_number: device.model
        for device in dr.async_entries_for_config_entry(
            dr.async_get(hass), entry.entry_id
        )
        if device.serial_number and device.model and device.model not in families
    }


def _register_account(hass: HomeAssistant, entry: GrowattConfigEntry) -> None:
    """Register the account as a service."""
    dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, entry.entry_id)},
        entry_type=dr.DeviceEntryType.SERVICE,
        manufacturer=MANUFACTURER,
        translation_key=Family.ACCOUNT.value,
        translation_placeholders={"title": entry.title},
    )


def _register_plant(
    hass: HomeAssistant, entry: GrowattConfigEntry, plant: Plant
) -> None:
    """Register a plant as a service."""
    dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, plant.plant_id)},
        entry_type=dr.DeviceEntryType.SERVICE,
        manufacturer=MANUFACTURER,
        name=plant.name,
        configuration_url=PORTALS.get(entry.data[CONF_REGION]),
    )


def _register_datalogger(
    hass: HomeAssistant, entry: GrowattConfigEntry, datalogger: Datalogger
) -> None:
    """Register a data logger below its plant."""
    dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, datalogger.serial)},
        manufacturer=MANUFACTURER,
        model=datalogger.model or PROFILES[Family.DATALOGGER].name,
        serial_number=datalogger.serial,
        translation_key=Family.DATALOGGER.value,
        translation_placeholders={"serial": datalogger.serial},
        via_device_id=_device_id(hass, entry, datalogger.plant_id),
    )


def _register_device(
    hass: HomeAssistant, entry: GrowattConfigEntry, device: Device
) -> None:
    """Register a device below its data logger, or below the plant where it has none."""
    data = entry.runtime_data
    details = data.details.data.get(device.serial)
    alias = details.alias if details else None
    parent = (
        device.datalogger_serial
        if device.datalogger_serial in data.inventory.data.dataloggers
        and device.datalogger_serial not in data.inventory.data.devices
        else device.plant_id
    )
    registry = dr.async_get(hass)
    identifier = (DOMAIN, device.serial)
    # While the details are not known, a name that was once learned stays.
    known = registry.async_get_device_by_identifier(identifier, entry.entry_id)
    unnamed = alias is None and (details is not None or known is None)
    registry.async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={identifier},
        manufacturer=device.manufacturer or MANUFACTURER,
        model=device.model
        or data.details.models.get(device.serial)
        or PROFILES[device.family].name,
        model_id=(details and details.model_code) or device.model_code,
        name=alias or UNDEFINED,
        serial_number=device.serial if device.address is None else None,
        sw_version=details.firmware if details else UNDEFINED,
        translation_key=device.family.value if unnamed else None,
        translation_placeholders={
            "serial": device.address or device.serial,
            "type": device.type_name,
        },
        via_device_id=_device_id(hass, entry, parent) if parent else UNDEFINED,
    )


def _device_id(
    hass: HomeAssistant, entry: GrowattConfigEntry, identifier: str | None
) -> str:
    """Return the registry's id of a parent, which was registered before."""
    return dr.async_get_device_id_by_identifier(
        hass, (DOMAIN, str(identifier)), config_entry_id=entry.entry_id
    )
