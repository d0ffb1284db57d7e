"""MAX, MID and MAC, large three-phase inverters (device type 4, V4 `max`)."""

from ...api import Family
from ..blocks import code, internal, online, problem, proved_by, reactive_power
from ..groups.string_inverter import PID_CHANNELS, everyday, reactive_energy, rest
from ..profile import Profile

# The 2 of the manual, "discharge", was copied from devices with a battery.
STATES = {0: "waiting", 1: "normal", 3: "fault", 4: "updating"}
INPUTS = range(1, 17)
STRINGS = range(1, 33)
MORE_PID_CHANNELS = {number: f"pe{number}" for number in range(9, 17)}

EVERYDAY = everyday(STATES, inputs=INPUTS, today="eacToday", total="eacTotal")

REST = (
    *rest(
        inputs=INPUTS, strings=STRINGS, pid_channels=PID_CHANNELS | MORE_PID_CHANNELS
    ),
    *internal(
        # Older firmware has only the first of each two fields.
        reactive_power("reactive_power", "rac", "reactPower"),
        *proved_by(
            ("reactPowerMax",),
            reactive_power("largest_reactive_power", "reactPowerMax"),
        ),
        *reactive_energy(today="eRacToday", total=("eRacTotal", "reactPowerTotal")),
        code("warning_subcode", "warnCode1"),
    ),
)

MAX = Profile(
    family=Family.MAX,
    name="MAX",
    models="MAX, MID and MAC",
    sleeps=True,
    sensors=EVERYDAY + REST,
    binary_sensors=(online, problem("faultType", states=STATES)),
)
