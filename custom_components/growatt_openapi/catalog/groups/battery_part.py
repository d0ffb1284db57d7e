"""Parts of a device that have a page of their own, such as its batteries."""

from collections.abc import Mapping
from dataclasses import replace

from ..descriptions import GrowattSensor, Part


def battery_part(
    number: int, sensors: Mapping[str, GrowattSensor]
) -> tuple[GrowattSensor, ...]:
    """Return the sensors of one battery by quantity, as those of a child device.

    The page of the battery says which one it is, so their texts need no number.
    """
    part = Part(kind="battery", number=number)
    return tuple(
        replace(one, part=part, translation_key=f"battery_part_{quantity}")
        for quantity, one in sensors.items()
    )
