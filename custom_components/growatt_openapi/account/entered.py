"""Entered values: what dialogs and actions were given, as models of the client."""

from collections.abc import Mapping
from datetime import timedelta
from math import inf
from typing import Any, Final

from homeassistant.const import (
    CONF_COUNTRY,
    CONF_EMAIL,
    CONF_LATITUDE,
    CONF_LOCATION,
    CONF_LONGITUDE,
    CONF_NAME,
    CONF_TIME_ZONE,
    CONF_USERNAME,
)
from homeassistant.util import dt as dt_util

from ..api import NewPlant, NewUser, Place, PlantChange, PlantType
from ..messages import Explanation

CONF_INSTALLER_CODE: Final = "installer_code"
CONF_PHONE: Final = "phone"


CONF_PEAK_POWER: Final = "peak_power"
CONF_PLANT_TYPE: Final = "plant_type"


CONF_SERIAL_NUMBER: Final = "serial_number"
CONF_CHECK_CODE: Final = "check_code"


def hours_from_utc() -> float:
    """Return how far Home Assistant's clock is ahead of UTC in winter, in hours.

    Growatt knows no summer time.
    """
    now = dt_util.now()
    # In Ireland it is winter that is called the exception, so both are looked at.
    offsets = (now.replace(month=month, day=1).utcoffset() for month in (1, 7))
    return min(one or timedelta() for one in offsets) / timedelta(hours=1)


def user_from(answer: Mapping[str, Any], password: str) -> NewUser:
    """Return the user that was entered."""
    return NewUser(
        name=answer[CONF_USERNAME].strip(),
        password=password,
        email=answer[CONF_EMAIL].strip(),
        country=answer[CONF_COUNTRY],
        phone=filled_in(answer, CONF_PHONE),
        installer_code=filled_in(answer, CONF_INSTALLER_CODE),
    )


def plant_from(answer: Mapping[str, Any]) -> NewPlant:
    """Return the plant that was entered."""
    return NewPlant(
        name=answer[CONF_NAME].strip(),
        peak_power=answer[CONF_PEAK_POWER],
        plant_type=PlantType[answer[CONF_PLANT_TYPE].upper()],
        country=answer[CONF_COUNTRY],
        zone=answer[CONF_TIME_ZONE],
        place=place_from(answer),
    )


def place_from(answer: Mapping[str, Any]) -> Place | None:
    """Return the place that was entered."""
    place = answer.get(CONF_LOCATION)
    return place and Place(place[CONF_LATITUDE], place[CONF_LONGITUDE])


def filled_in(answer: Mapping[str, Any], field: str) -> str | None:
    """Return a text that may be left out or blank."""
    return str(answer.get(field, "")).strip() or None


def why_refused(plant: PlantChange) -> tuple[Explanation, str] | None:
    """Return what Growatt would refuse about a plant, and the field it is in."""
    if not plant.name:
        return Explanation(key="plant_name_refused"), CONF_NAME
    if plant.peak_power is not None and not 0 < plant.peak_power < inf:
        return Explanation(key="peak_power_refused"), CONF_PEAK_POWER
    return None


def datalogger_from(answer: Mapping[str, Any]) -> tuple[str, str]:
    """Return the serial number and the check code that were entered."""
    serial, code = answer[CONF_SERIAL_NUMBER], answer[CONF_CHECK_CODE]
    return "".join(serial.split()).upper(), code.strip()
