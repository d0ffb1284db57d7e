"""The data logger: the stick or box that reports to Growatt."""

from ..api import Family
from .base import Profile
from .blocks import last_update, online

DATALOGGER = Profile(
    family=Family.DATALOGGER,
    name="Data logger",
    sensors=(last_update,),
    binary_sensors=(online,),
)
