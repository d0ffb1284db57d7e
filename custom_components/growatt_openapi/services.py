"""The actions: what an administrator may set up or ask beyond what entities show."""

from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from datetime import timezone
from typing import Any, Final

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_DATE, ATTR_DEVICE_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import service

from .api import GrowattError, GrowattUncertainError, Management, Plant
from .changes import (
    async_let_go_of_datalogger,
    async_let_go_of_plant,
    async_look_for,
    shows_devices,
    shows_plant,
)
from .const import DOMAIN
from .coordinator import GrowattConfigEntry
from .explained import explained
from .listings import Inventory
from .owners import async_owner_of, only_owner
from .service_forms import (
    ACCOUNT_FORM,
    ATTR_CONFIRM_NAME,
    ATTR_END_DATE,
    ATTR_START_DATE,
    ATTR_UNIT,
    ATTR_USER_ID,
    DELETION_FORM,
    DEVICE_FORM,
    ENERGY_FORM,
    NEW_DATALOGGER_FORM,
    NEW_PLANT_FORM,
    PLANT_FORM,
    POWER_FORM,
    USER_FORM,
    filled,
    new_plant,
    new_user,
    plant_change,
    refused,
)
from .setup_forms import CONF_CHECK_CODE, CONF_SERIAL_NUMBER

type Handler = Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Offer the actions, whether or not an account is loaded."""
    for name, (handler, form, response) in _ACTIONS.items():
        service.async_register_admin_service(
            hass, DOMAIN, name, handler, form, supports_response=response
        )


async def _async_register_user(call: ServiceCall) -> ServiceResponse:
    """Register an end user."""
    entry, user = _account(call), new_user(call.data)
    with _explaining(call, entry):
        return {"user_id": await _management(entry).register_user(user)}


async def _async_list_users(call: ServiceCall) -> ServiceResponse:
    """Tell the end users of the token."""
    entry = _account(call)
    with _explaining(call, entry):
        users = (await _management(entry).users()).items
    return {
        "users": [
            {
                "user_id": user.user_id,
                "name": user.name,
                "email": user.email,
                "phone": user.phone,
                "registered": user.registered.isoformat() if user.registered else None,
            }
            for user in users
        ]
    }


async def _async_create_plant(call: ServiceCall) -> ServiceResponse:
    """Create a plant."""
    entry, plant = _account(call), new_plant(call.data)
    user_id = (
        filled(call.data, ATTR_USER_ID, "owner_unclear")
        if ATTR_USER_ID in call.data
        else only_owner(entry.runtime_data.inventory.data.all_plants.values())
    )
    if user_id is None:
        raise refused("owner_unclear")
    with _explaining(call, entry):
        plant_id = await _management(entry).add_plant(user_id, plant)
    async_look_for(call.hass, entry, shows_plant(plant_id))
    return {"plant_id": plant_id, "user_id": user_id}


async def _async_update_plant(call: ServiceCall) -> ServiceResponse:
    """Change what Growatt knows of a plant."""
    entry, plant = _plant(call)
    change = plant_change(call.data, plant.name)
    with _explaining(call, entry):
        user_id = await _async_owner(entry, plant)
        await _management(entry).change_plant(user_id, plant.plant_id, change)

    def shows(lists: Inventory) -> bool:
        found = lists.plants.get(plant.plant_id)
        return found is None or found.name == change.name

    async_look_for(call.hass, entry, shows)
    return {"plant_id": plant.plant_id, "user_id": user_id}


async def _async_delete_plant(call: ServiceCall) -> ServiceResponse:
    """Delete a plant whose name was typed to confirm it."""
    entry, plant = _plant(call)
    if call.data[ATTR_CONFIRM_NAME].strip() != plant.name:
        raise refused("name_not_confirmed")
    with _explaining(call, entry):
        await _management(entry).delete_plant(plant.plant_id)
    async_let_go_of_plant(call.hass, entry, plant.plant_id)
    return {"plant_id": plant.plant_id}


async def _async_add_datalogger(call: ServiceCall) -> ServiceResponse:
    """Add a data logger to a plant, after Growatt found its check code right."""
    entry, plant = _plant(call)
    serial = filled(call.data, CONF_SERIAL_NUMBER, "serial_refused").upper()
    check_code = filled(call.data, CONF_CHECK_CODE, "check_code_wrong")
    management = _management(entry)
    with _explaining(call, entry):
        user_id = await _async_owner(entry, plant)
        await management.validate_datalogger(serial, check_code)
        await management.add_datalogger(user_id, plant.plant_id, serial)
    async_look_for(call.hass, entry, shows_devices(serial))
    return {"plant_id": plant.plant_id, "serial_number": serial}


async def _async_remove_datalogger(call: ServiceCall) -> ServiceResponse:
    """Take a data logger out of its plant."""
    entry, keys = _chosen(call)
    dataloggers = entry.runtime_data.inventory.data.dataloggers
    found = next((dataloggers[key] for key in keys if key in dataloggers), None)
    if found is None:
        raise refused("not_a_datalogger")
    with _explaining(call, entry):
        await _management(entry).delete_datalogger(found.plant_id, found.serial)
    async_let_go_of_datalogger(call.hass, entry, found.serial)
    return {"plant_id": found.plant_id, "serial_number": found.serial}


async def _async_get_plant_energy(call: ServiceCall) -> ServiceResponse:
    """Tell what a plant produced in each day, month or year."""
    entry, plant = _plant(call)
    unit = call.data[ATTR_UNIT]
    with _explaining(call, entry):
        energies = await _management(entry).energy(
            plant.plant_id, unit, call.data[ATTR_START_DATE], call.data[ATTR_END_DATE]
        )
    return {
        "unit": unit.value,
        "energies": [
            {"date": one.begins.isoformat(), "energy": one.energy} for one in energies
        ],
    }


async def _async_get_power_curve(call: ServiceCall) -> ServiceResponse:
    """Tell the power of a plant on one day."""
    entry, plant = _plant(call)
    day = call.data[ATTR_DATE]
    with _explaining(call, entry):
        powers = await _management(entry).power(plant.plant_id, day)
    offset = entry.runtime_data.plants.clock(plant.plant_id).offset
    zone = None if offset is None else timezone(offset)
    return {
        "date": day.isoformat(),
        "powers": [
            {"time": one.wall.replace(tzinfo=zone).isoformat(), "power": one.power}
            for one in powers
        ],
    }


_ACTIONS: Final[Mapping[str, tuple[Handler, Any, SupportsResponse]]] = {
    "register_user": (_async_register_user, USER_FORM, SupportsResponse.OPTIONAL),
    "list_users": (_async_list_users, ACCOUNT_FORM, SupportsResponse.ONLY),
    "create_plant": (_async_create_plant, NEW_PLANT_FORM, SupportsResponse.OPTIONAL),
    "update_plant": (_async_update_plant, PLANT_FORM, SupportsResponse.OPTIONAL),
    "delete_plant": (_async_delete_plant, DELETION_FORM, SupportsResponse.OPTIONAL),
    "add_datalogger": (
        _async_add_datalogger,
        NEW_DATALOGGER_FORM,
        SupportsResponse.OPTIONAL,
    ),
    "remove_datalogger": (
        _async_remove_datalogger,
        DEVICE_FORM,
        SupportsResponse.OPTIONAL,
    ),
    "get_plant_energy": (_async_get_plant_energy, ENERGY_FORM, SupportsResponse.ONLY),
    "get_power_curve": (_async_get_power_curve, POWER_FORM, SupportsResponse.ONLY),
}


def _account(call: ServiceCall) -> GrowattConfigEntry:
    """Return the account that was chosen."""
    entry: GrowattConfigEntry = service.async_get_config_entry(
        call.hass, DOMAIN, call.data[ATTR_CONFIG_ENTRY_ID]
    )
    return entry


def _chosen(call: ServiceCall) -> tuple[GrowattConfigEntry, set[str]]:
    """Return the account of the device that was chosen, and what identifies it."""
    entry: GrowattConfigEntry
    device, entry = service.async_get_device_and_config_entry(
        call.hass, DOMAIN, call.data[ATTR_DEVICE_ID]
    )
    return entry, {key for domain, key in device.identifiers if domain == DOMAIN}


def _plant(call: ServiceCall) -> tuple[GrowattConfigEntry, Plant]:
    """Return the plant whose device was chosen, and its account."""
    entry, keys = _chosen(call)
    plants = entry.runtime_data.inventory.data.plants
    for key in keys & plants.keys():
        return entry, plants[key]
    raise refused("not_a_plant")


def _management(entry: GrowattConfigEntry) -> Management:
    """Return what sets up the account of an entry."""
    return entry.runtime_data.client.management


async def _async_owner(entry: GrowattConfigEntry, plant: Plant) -> str:
    """Return who owns a plant."""
    owner = await async_owner_of(entry.runtime_data.client, plant)
    if owner is None:
        raise refused("owner_unknown")
    return owner


@contextmanager
def _explaining(call: ServiceCall, entry: GrowattConfigEntry) -> Iterator[None]:
    """Say in words why Growatt did not do what it was asked for."""
    try:
        yield
    except GrowattError as err:
        if isinstance(err, GrowattUncertainError):
            # What was done all the same should be seen soon.
            async_look_for(call.hass, entry)
        why = explained(err)
        failure = ServiceValidationError if why.is_refusal else HomeAssistantError
        raise failure(
            translation_domain=DOMAIN,
            translation_key=why.key,
            translation_placeholders=why.placeholders,
        ) from err
