"""Actions that set an account up: users, plants and data loggers."""

from typing import Final

from homeassistant.core import (
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
)

from ..account.entered import CONF_CHECK_CODE, CONF_SERIAL_NUMBER, datalogger_from
from ..account.owners import only_owner
from ..control.account import (
    async_add_datalogger,
    async_change_plant,
    async_create_plant,
    async_delete_plant,
    async_remove_datalogger,
)
from .common import (
    Action,
    Actions,
    account_of,
    async_owner,
    management_of,
    plant_of,
    target_of,
    translated_errors,
)
from .schemas import (
    ACCOUNT_FORM,
    ATTR_CONFIRM_NAME,
    ATTR_USER_ID,
    DELETION_FORM,
    DEVICE_FORM,
    NEW_DATALOGGER_FORM,
    NEW_PLANT_FORM,
    PLANT_FORM,
    USER_FORM,
    filled,
    new_plant,
    new_user,
    plant_change,
    refused,
)


async def _async_register_user(call: ServiceCall) -> ServiceResponse:
    """Register an end user."""
    entry, user = account_of(call), new_user(call.data)
    with translated_errors():
        return {"user_id": await management_of(entry).register_user(user)}


async def _async_list_users(call: ServiceCall) -> ServiceResponse:
    """Tell the end users of the token."""
    entry = account_of(call)
    with translated_errors():
        users = (await management_of(entry).users()).items
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
    entry, plant = account_of(call), new_plant(call.data)
    user_id = (
        filled(call.data, ATTR_USER_ID, "owner_unclear")
        if ATTR_USER_ID in call.data
        else only_owner(entry.runtime_data.inventory.data.all_plants.values())
    )
    if user_id is None:
        raise refused("owner_unclear")
    with translated_errors():
        plant_id = await async_create_plant(call.hass, entry, user_id, plant)
    return {"plant_id": plant_id, "user_id": user_id}


async def _async_update_plant(call: ServiceCall) -> ServiceResponse:
    """Change what Growatt knows of a plant."""
    entry, plant = plant_of(call)
    change = plant_change(call.data, plant.name)
    with translated_errors():
        user_id = await async_owner(entry, plant)
        await async_change_plant(call.hass, entry, user_id, plant, change)
    return {"plant_id": plant.plant_id, "user_id": user_id}


async def _async_delete_plant(call: ServiceCall) -> ServiceResponse:
    """Delete a plant whose name was typed to confirm it."""
    entry, plant = plant_of(call)
    if call.data[ATTR_CONFIRM_NAME].strip() != plant.name:
        raise refused("name_not_confirmed")
    with translated_errors():
        await async_delete_plant(call.hass, entry, plant.plant_id)
    return {"plant_id": plant.plant_id}


async def _async_add_datalogger(call: ServiceCall) -> ServiceResponse:
    """Add a data logger to a plant, after Growatt found its check code right."""
    entry, plant = plant_of(call)
    filled(call.data, CONF_SERIAL_NUMBER, "serial_refused")
    filled(call.data, CONF_CHECK_CODE, "check_code_wrong")
    label = datalogger_from(call.data)
    with translated_errors():
        user_id = await async_owner(entry, plant)
        await async_add_datalogger(call.hass, entry, user_id, plant.plant_id, label)
    return {"plant_id": plant.plant_id, "serial_number": label[0]}


async def _async_remove_datalogger(call: ServiceCall) -> ServiceResponse:
    """Take a data logger out of its plant."""
    entry, keys = target_of(call)
    dataloggers = entry.runtime_data.inventory.data.dataloggers
    found = next((dataloggers[key] for key in keys if key in dataloggers), None)
    if found is None:
        raise refused("not_a_datalogger")
    with translated_errors():
        await async_remove_datalogger(call.hass, entry, found)
    return {"plant_id": found.plant_id, "serial_number": found.serial}


ACTIONS: Final[Actions] = {
    "register_user": Action(_async_register_user, USER_FORM),
    "list_users": Action(_async_list_users, ACCOUNT_FORM, SupportsResponse.ONLY),
    "create_plant": Action(_async_create_plant, NEW_PLANT_FORM),
    "update_plant": Action(_async_update_plant, PLANT_FORM),
    "delete_plant": Action(_async_delete_plant, DELETION_FORM),
    "add_datalogger": Action(_async_add_datalogger, NEW_DATALOGGER_FORM),
    "remove_datalogger": Action(_async_remove_datalogger, DEVICE_FORM),
}
