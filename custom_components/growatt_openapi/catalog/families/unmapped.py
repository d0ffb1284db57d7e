"""Devices of an unknown type: their numbers, by the names Growatt gives them."""

from ...api import Family
from ..blocks import code, data_source, internal, last_update, online, sensor
from ..profile import Profile

(UNNAMED,) = internal(
    sensor(
        "unnamed",
        signed=True,
        wide=True,
        translation_placeholders={"field": ""},
    )
)

UNMAPPED = Profile(
    family=Family.UNMAPPED,
    name="Device",
    models="Any that Growatt lists and that is not above",
    sensors=(code("status_code", "status"), last_update, data_source),
    binary_sensors=(online,),
    unnamed=UNNAMED,
)
