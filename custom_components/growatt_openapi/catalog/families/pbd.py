"""ATESS converters PBD: panels, battery and DC output (device type 10, V1 only)."""

from ...api import Family
from ..blocks import (
    current,
    data_source,
    diagnostic,
    internal,
    last_update,
    numbered,
    online,
    power,
    problem,
    status,
    temperature,
    voltage,
)
from ..groups.atess import (
    ALARM_CODES,
    ALARMS,
    BATTERY_REST,
    DC_BUS,
    STATES,
    battery_everyday,
    both_ways,
    flow_energies,
    insulations,
    kilowatts,
    pv_input,
    times,
)
from ..groups.hybrid import each_by_itself
from ..profile import Profile

EVERYDAY = (
    status(STATES),
    power("pv_power", "ppv"),
    # The second is how an answer was once cut off.
    kilowatts("dc_output_power", "pbdOutPower", "pbdOutPowe", side="positive"),
    *flow_energies({"pv_energy": "epv", "dc_output_energy": "eOut"}),
    *battery_everyday(
        *both_ways(
            kilowatts, "battery_charge_power", "battery_discharge_power", "pbdBatPower"
        ),
        charged="eChargeTotal",
        discharged="eDischargeTotal",
    ),
    diagnostic(temperature("temperature", "temp")),
    last_update,
    data_source,
)

REST = internal(
    *(
        one
        for number in range(1, 6)
        for one in pv_input(number, volts=f"vpv{number}", amperes=f"ipv{number}")
    ),
    *each_by_itself(
        voltage("pv_voltage", "vpv"),
        current("pv_current", "ipv"),
        voltage("battery_voltage", "vbat"),
        voltage("dc_output_voltage", "bvout"),
        current("dc_output_current", "biout"),
        *(
            numbered(
                "buck_current",
                number,
                current(f"buck{number}_current", f"bipvBuck{number}"),
            )
            for number in range(1, 6)
        ),
        *(
            numbered(
                "output_buck_current",
                number,
                current(f"output_buck{number}_current", f"biOutBuck{number}"),
            )
            for number in (1, 2)
        ),
    ),
    *DC_BUS,
    *insulations(
        {
            "battery_": ("risoBatp", "risoBatn"),
            "pv_": ("risoPVp", "risoPVn"),
            "dc_bus_": ("risoBusp", "risoBusn"),
        }
    ),
    *BATTERY_REST,
    temperature("buck_inductor_temperature", "temppvBuckL"),
    temperature("buck_module_temperature", "temppvBuckModule"),
    temperature("output_buck_inductor_temperature", "tempoutBuckL"),
    temperature("output_buck_module_temperature", "tempoutBuckModule"),
    *times(
        {
            "battery_charge_time": ("eChargeTimeToday", "eChargeTimeTotal"),
            "battery_discharge_time": ("eDischargeTimeToday", "eDischargeTimeTotal"),
            "pv_time": ("epvTimeToday", "epvTimeTotal"),
        }
    ),
    *ALARM_CODES,
)

PBD = Profile(
    family=Family.PBD,
    name="PBD",
    models="ATESS PBD 250 and 500",
    sensors=EVERYDAY + REST,
    binary_sensors=(online, problem(*ALARMS, states=STATES)),
)
