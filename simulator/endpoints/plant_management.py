"""V1 endpoints that create, change and delete plants."""

from datetime import date

from ..accounts import Account
from ..model import Address, Plant
from ..routing import (
    NO_PAUSE,
    NO_PLANT,
    NO_PRIVILEGE,
    SYSTEM_ERROR,
    Call,
    Refused,
    Route,
)
from ..wire import Json, v1_success

NO_USER = 10005
NAME_TAKEN = 10006
NO_SUCH_PLANT = 10007

PLANT_TEXTS = {
    10002: "error_User ID is empty",
    10003: "error_Plant name is empty",
    10004: "error_Peak power is empty",
    NO_USER: "error_User does not exist",
    NAME_TAKEN: "error_Plant name already exists",
    NO_SUCH_PLANT: NO_PLANT,
}


def _number(call: Call, name: str) -> float | None:
    """Return a parameter as a number, None if it was left out."""
    if not (text := call.optional(name)):
        return None
    try:
        return float(text)
    except ValueError:
        raise Refused(SYSTEM_ERROR) from None


def _entered(call: Call, plant: Plant) -> None:
    """Put the parameters that adding and modifying share into a plant."""
    latitude, longitude = _number(call, "latitude"), _number(call, "longitude")
    if latitude is not None and longitude is not None:
        plant.position = (str(latitude), str(longitude))
    zone, kind = _number(call, "timezone_id"), _number(call, "plant_type")
    plant.zone = plant.zone if zone is None else zone
    plant.plant_type = plant.plant_type if kind is None else int(kind)
    plant.currency = call.optional("currency") or plant.currency
    plant.address = Address(
        country=call.optional("latitude_f") or plant.address.country,
        city=call.optional("city") or plant.address.city,
        street=call.optional("plantAddress") or plant.address.street,
    )


def _check_name(account: Account, name: str, but: Plant | None = None) -> None:
    """Refuse a name that another plant of the user has."""
    if any(plant.name == name for plant in account.plants if plant is not but):
        raise Refused(NAME_TAKEN)


def add_plant(call: Call) -> Json:
    """Create a plant of a user; without an entered place it has none."""
    call.required("c_user_id", 10002)
    name = call.required("name", 10003)
    call.required("peak_power", 10004)
    account = call.user(empty=10002, missing=NO_USER)
    _check_name(account, name)
    peak_kw, zone = _number(call, "peak_power") or 0, _number(call, "timezone_id")
    plant = account.builder.new_plant(name, peak_kw, zone)
    plant.position, plant.address = ("", ""), Address(country="", city="", street="")
    _entered(call, plant)
    if text := call.optional("createDate"):
        try:
            plant.entered_date = date.fromisoformat(text)
        except ValueError:
            raise Refused(SYSTEM_ERROR) from None
    account.plants.append(plant)
    return v1_success({"plant_id": plant.plant_id})


def modify_plant(call: Call) -> Json:
    """Change the entered data of a plant."""
    call.required("c_user_id", 10002)
    name = call.required("name", 10003)
    account = call.user(empty=10002, missing=NO_USER)
    plant_id = call.required("plant_id", NO_SUCH_PLANT)
    plant = call.plant_by_id(plant_id, NO_SUCH_PLANT)
    if plant not in account.plants:
        raise Refused(NO_PRIVILEGE)
    if "peak_power" in call.params:
        call.required("peak_power", 10004)
    _check_name(account, name, but=plant)
    plant.name = name
    plant.peak_kw = _number(call, "peak_power") or plant.peak_kw
    _entered(call, plant)
    return v1_success("")


def delete_plant(call: Call) -> Json:
    """Delete a plant; its loggers can be registered again."""
    plant = call.plant()
    for logger in list(plant.loggers):
        call.cloud.unregistered.take_back(plant, logger)
    call.owner(plant).plants.remove(plant)
    return v1_success("")


ROUTES = (
    Route(
        verb="POST",
        path="plant/add",
        answer=add_plant,
        texts=PLANT_TEXTS,
    ),
    Route(
        verb="POST",
        path="plant/modify",
        answer=modify_plant,
        pause=NO_PAUSE,
        per_day=10,
        texts=PLANT_TEXTS,
    ),
    Route(
        verb="POST",
        path="plant/delete",
        answer=delete_plant,
        key="plant_id",
        empty=10002,
        missing=10004,
        missing_text=NO_PLANT,
        pause=NO_PAUSE,
    ),
)
