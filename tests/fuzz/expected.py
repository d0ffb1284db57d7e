"""Type checks of the results of malformed responses."""

from dataclasses import fields, is_dataclass
from datetime import datetime
import math
from types import UnionType
from typing import Any, get_args, get_type_hints

from custom_components.growatt_openapi.catalog import GrowattSensor
from homeassistant.components.sensor import SensorDeviceClass


def misfits(thing: Any) -> list[str]:
    """Return the names of the fields of a model that hold something else."""
    hints = get_type_hints(type(thing))
    return [
        f"{type(thing).__name__}.{one.name}"
        for one in fields(thing)
        if not _fits(getattr(thing, one.name), hints[one.name])
    ]


def _fits(value: Any, hint: Any) -> bool:
    """Return whether a value is of a type, as far as the type tells."""
    if isinstance(hint, UnionType):
        return any(_fits(value, one) for one in get_args(hint))
    if is_dataclass(hint):
        return isinstance(value, hint) and not misfits(value)
    if hint is float:
        return is_number(value)
    return isinstance(value, hint) if isinstance(hint, type) else True


def is_number(value: Any) -> bool:
    """Return whether a value is a number that can be shown."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
    )


def is_possible(sensor: GrowattSensor, value: Any) -> bool:
    """Return whether a sensor may have a value."""
    if value is None:
        return True
    if sensor.device_class is SensorDeviceClass.TIMESTAMP:
        return isinstance(value, datetime) and value.tzinfo is not None
    if sensor.options is not None:
        return value in sensor.options
    return is_number(value)
