"""Actions that return the past of a plant: energy and power."""

from datetime import timezone
from typing import Final

from homeassistant.const import ATTR_DATE
from homeassistant.core import (
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
)

from .common import Action, Actions, management_of, plant_of, translated_errors
from .schemas import ATTR_END_DATE, ATTR_START_DATE, ATTR_UNIT, ENERGY_FORM, POWER_FORM


async def _async_get_plant_energy(call: ServiceCall) -> ServiceResponse:
    """Tell what a plant produced in each day, month or year."""
    entry, plant = plant_of(call)
    unit = call.data[ATTR_UNIT]
    with translated_errors():
        energies = await management_of(entry).energy(
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
    entry, plant = plant_of(call)
    day, plants = call.data[ATTR_DATE], entry.runtime_data.plants
    with translated_errors():
        powers = await management_of(entry).power(plant.plant_id, day)
    offset = plants.clock(plant.plant_id).offset
    zone = None if offset is None else timezone(offset)
    return {
        "date": day.isoformat(),
        "powers": [
            {"time": one.wall.replace(tzinfo=zone).isoformat(), "power": one.power}
            for one in powers
        ],
    }


ACTIONS: Final[Actions] = {
    "get_plant_energy": Action(
        _async_get_plant_energy, ENERGY_FORM, SupportsResponse.ONLY
    ),
    "get_power_curve": Action(
        _async_get_power_curve, POWER_FORM, SupportsResponse.ONLY
    ),
}
