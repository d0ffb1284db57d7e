"""Classic string inverters: TL, TL-S, MTL-S, TL3-S, KTL3 (device type 1, V4 `inv`)."""

from homeassistant.const import UnitOfTime

from ...api import Family
from ..blocks import internal, online, operating_time, problem, reactive_power
from ..groups.string_inverter import PID_CHANNELS, everyday, reactive_energy, rest
from ..profile import Profile

STATES = {0: "waiting", 1: "normal", 3: "fault"}
INPUTS = range(1, 11)
STRINGS = range(1, 17)

EVERYDAY = everyday(STATES, inputs=INPUTS, today="powerToday", total="powerTotal")

REST = (
    *rest(inputs=INPUTS, strings=STRINGS, pid_channels=PID_CHANNELS),
    *internal(
        reactive_power("reactive_power", "rac"),
        *reactive_energy(today="eRacToday", total=("eRacTotal",)),
        operating_time("timeTotal", UnitOfTime.HOURS),
    ),
)

INVERTER = Profile(
    family=Family.INVERTER,
    name="Inverter",
    models="TL, TL-S, MTL-S, TL3-S and KTL3",
    sleeps=True,
    sensors=EVERYDAY + REST,
    binary_sensors=(
        online,
        problem("faultType", states=STATES),
    ),
)
