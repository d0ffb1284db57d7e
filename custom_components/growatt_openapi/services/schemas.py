"""Schemas of the actions, and their input as models of the client."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol

from homeassistant.const import (
    ATTR_CONFIG_ENTRY_ID,
    ATTR_DATE,
    ATTR_DEVICE_ID,
    ATTR_LOCATION,
    ATTR_NAME,
    CONF_COUNTRY,
    CONF_CURRENCY,
    CONF_EMAIL,
    CONF_LATITUDE,
    CONF_LONGITUDE,
    CONF_PASSWORD,
    CONF_TIME_ZONE,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util.read_only_dict import ReadOnlyDict

from ..account.entered import (
    CONF_CHECK_CODE,
    CONF_INSTALLER_CODE,
    CONF_PEAK_POWER,
    CONF_PHONE,
    CONF_PLANT_TYPE,
    CONF_SERIAL_NUMBER,
    filled_in,
    hours_from_utc,
    place_from,
    why_refused,
)
from ..api import COUNTRIES, NewPlant, NewUser, PlantChange, PlantType, Unit
from ..const import DOMAIN

ATTR_CONFIRM_NAME: Final = "confirm_name"
ATTR_END_DATE: Final = "end_date"
ATTR_START_DATE: Final = "start_date"
ATTR_UNIT: Final = "unit"
ATTR_USER_ID: Final = "user_id"

_ADDRESS: Final = "address"
_BUILT: Final = "installation_date"
_CITY: Final = "city"
_PRICE: Final = "energy_price"

PLANT_TYPES: Final = {one.name.lower(): one for one in PlantType}


def _out_of_sight(given: dict[str, Any]) -> dict[str, Any]:
    """Return what an action was called with, and take the password away from there.

    Home Assistant has it checked first, and then tells the recorder, and everybody who
    listens, what the action was called with.
    """
    checked = dict(given)
    if not isinstance(given, ReadOnlyDict):
        given.pop(CONF_PASSWORD, None)
    return checked


_ACCOUNT: Final = {vol.Required(ATTR_CONFIG_ENTRY_ID): cv.string}
_DEVICE: Final = {vol.Required(ATTR_DEVICE_ID): cv.string}
_LOCATION: Final = vol.Schema(
    {
        vol.Required(CONF_LATITUDE): cv.latitude,
        vol.Required(CONF_LONGITUDE): cv.longitude,
    },
    extra=vol.REMOVE_EXTRA,
)
_PLANT: Final = {
    vol.Optional(CONF_PLANT_TYPE): vol.In(PLANT_TYPES),
    vol.Optional(CONF_COUNTRY): cv.string,
    vol.Optional(ATTR_LOCATION): _LOCATION,
    vol.Optional(CONF_TIME_ZONE): vol.All(
        vol.Coerce(float), vol.Range(min=-12, max=14)
    ),
    vol.Optional(CONF_CURRENCY): cv.string,
    vol.Optional(CONF_INSTALLER_CODE): cv.string,
}

ACCOUNT_FORM: Final = vol.Schema(_ACCOUNT)
USER_FORM: Final = vol.All(
    _out_of_sight,
    vol.Schema(
        {
            **_ACCOUNT,
            vol.Required(ATTR_NAME): cv.string,
            vol.Required(CONF_PASSWORD): cv.string,
            vol.Required(CONF_EMAIL): cv.string,
            vol.Required(CONF_COUNTRY): cv.string,
            vol.Optional(CONF_PHONE): cv.string,
            vol.Optional(CONF_INSTALLER_CODE): cv.string,
        }
    ),
)
NEW_PLANT_FORM: Final = vol.Schema(
    {
        **_ACCOUNT,
        vol.Optional(ATTR_USER_ID): cv.string,
        vol.Required(ATTR_NAME): cv.string,
        vol.Required(CONF_PEAK_POWER): vol.Coerce(float),
        **_PLANT,
        vol.Optional(_CITY): cv.string,
        vol.Optional(_ADDRESS): cv.string,
        vol.Optional(_PRICE): cv.positive_float,
        vol.Optional(_BUILT): cv.date,
    }
)
PLANT_FORM: Final = vol.Schema(
    {
        **_DEVICE,
        vol.Optional(ATTR_NAME): cv.string,
        vol.Optional(CONF_PEAK_POWER): vol.Coerce(float),
        **_PLANT,
    }
)
DELETION_FORM: Final = vol.Schema(
    {**_DEVICE, vol.Required(ATTR_CONFIRM_NAME): cv.string}
)
NEW_DATALOGGER_FORM: Final = vol.Schema(
    {
        **_DEVICE,
        vol.Required(CONF_SERIAL_NUMBER): cv.string,
        vol.Required(CONF_CHECK_CODE): cv.string,
    }
)
DEVICE_FORM: Final = vol.Schema(_DEVICE)
ENERGY_FORM: Final = vol.Schema(
    {
        **_DEVICE,
        vol.Required(ATTR_UNIT): vol.Coerce(Unit),
        vol.Required(ATTR_START_DATE): cv.date,
        vol.Required(ATTR_END_DATE): cv.date,
    }
)
POWER_FORM: Final = vol.Schema({**_DEVICE, vol.Required(ATTR_DATE): cv.date})


def refused(key: str) -> ServiceValidationError:
    """Return why an action is not even tried."""
    return ServiceValidationError(translation_domain=DOMAIN, translation_key=key)


def filled(given: Mapping[str, Any], field: str, otherwise: str) -> str:
    """Return a text without the blanks around it; refuse one that is nothing else."""
    if found := str(given[field]).strip():
        return found
    raise refused(otherwise)


def new_user(given: Mapping[str, Any]) -> NewUser:
    """Return the user to register."""
    if not given[CONF_PASSWORD].strip():
        raise refused("user_name_refused")
    return NewUser(
        name=filled(given, ATTR_NAME, "user_name_refused"),
        password=given[CONF_PASSWORD],
        email=filled(given, CONF_EMAIL, "email_refused"),
        country=_country(given[CONF_COUNTRY]),
        installer_code=filled_in(given, CONF_INSTALLER_CODE),
        phone=filled_in(given, CONF_PHONE),
    )


def new_plant(given: Mapping[str, Any]) -> NewPlant:
    """Return the plant to create; its clock is Home Assistant's if none is given."""
    # Growatt would take the one of China.
    wanted = {CONF_TIME_ZONE: hours_from_utc(), **given}
    plant = NewPlant(
        created=given.get(_BUILT),
        price=given.get(_PRICE),
        city=filled_in(given, _CITY),
        address=filled_in(given, _ADDRESS),
        **_facts(wanted),
    )
    _check(plant)
    return plant


def plant_change(given: Mapping[str, Any], name: str) -> PlantChange:
    """Return what is to become of a plant, which keeps its name if none is given."""
    if given.keys() <= {ATTR_DEVICE_ID}:
        raise refused("nothing_to_change")
    change = PlantChange(**_facts({ATTR_NAME: name, **given}))
    _check(change)
    return change


def _check(plant: PlantChange) -> None:
    """Refuse what Growatt would refuse about a plant."""
    if refusal := why_refused(plant):
        raise refused(refusal[0].key)


def _facts(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what can be told about a plant that is new or that changes."""
    country = given.get(CONF_COUNTRY)
    return {
        "name": given[ATTR_NAME].strip(),
        "peak_power": given.get(CONF_PEAK_POWER),
        "plant_type": PLANT_TYPES.get(given.get(CONF_PLANT_TYPE, "")),
        "country": None if country is None else _country(country),
        "place": place_from(given),
        "zone": given.get(CONF_TIME_ZONE),
        "currency": filled_in(given, CONF_CURRENCY),
        "installer_code": filled_in(given, CONF_INSTALLER_CODE),
    }


def _country(name: str) -> str:
    """Return a country as Growatt spells it."""
    if name.strip() not in COUNTRIES:
        raise refused("country_unknown")
    return name.strip()
