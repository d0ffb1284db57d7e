"""ATESS hybrid inverters HPS (device type 9, V1 only)."""

from ...api import Family
from ..blocks import (
    apparent_power,
    current,
    data_source,
    diagnostic,
    frequency,
    internal,
    last_update,
    numbered,
    online,
    percentage,
    power,
    power_factor,
    problem,
    proved_by,
    reactive_power,
    status,
    temperature,
    voltage,
)
from ..groups.atess import (
    ALARM_CODES,
    ALARMS,
    BATTERY_REST,
    DC_BUS,
    DC_BUS_HALVES,
    LINES,
    PHASES,
    STATES,
    TEMPERATURES,
    battery_everyday,
    both_ways,
    flow_energies,
    insulations,
    kilovars,
    kilowatts,
    pv_input,
    three,
    times,
)
from ..groups.hybrid import each_by_itself
from ..profile import Profile

EVERYDAY = (
    status(STATES),
    power("ac_power", "pac", signed=True),
    power("pv_power", "ppv"),
    *flow_energies({"pv_energy": "epv"}),
    *proved_by(
        ("eGridTotal", "eToGridTotal"),
        *both_ways(kilowatts, "grid_import_power", "grid_export_power", "bActivePower"),
    ),
    kilowatts("load_power", "loadActivePower"),
    *flow_energies(
        {"energy_import": "eGrid", "energy_export": "eToGrid", "energy_load": "eLoad"}
    ),
    *battery_everyday(
        *both_ways(
            power,
            "battery_charge_power",
            "battery_discharge_power",
            "vbat",
            "ibat",
            derived="product",
        ),
        *internal(percentage("battery_soh", "soh")),
        charged="eBatChargeTotal",
        discharged="eBatDischargeTotal",
    ),
    diagnostic(temperature("temperature", "temp1")),
    last_update,
    data_source,
)

REST = internal(
    # The first input has no number in its voltage and current.
    *pv_input(1, volts="vpv", amperes="ipv"),
    *pv_input(2, volts="vpv2", amperes="ipv2"),
    *three(
        PHASES,
        "ac_{}_voltage",
        voltage,
        "vpvun",
        "vpvvn",
        "vpvwn",
        text="ac_phase_voltage",
    ),
    *three(
        LINES,
        "ac_{}_voltage",
        voltage,
        "vpvuv",
        "vpvvw",
        "vpvwu",
        text="ac_line_voltage",
    ),
    *three(
        PHASES,
        "ac_{}_current",
        current,
        "ipvu",
        "ipvv",
        "ipvw",
        text="ac_phase_current",
    ),
    *three(
        LINES,
        "grid_{}_voltage",
        voltage,
        "gvpvuv",
        "gvpvvw",
        "gvpvwu",
        text="grid_line_voltage",
    ),
    *three(
        LINES,
        "inverter_{}_voltage",
        voltage,
        "invuv",
        "invvw",
        "invwu",
        text="inverter_line_voltage",
    ),
    *three(
        PHASES,
        "load_{}_current",
        current,
        "loadIa",
        "loadIb",
        "loadIc",
        text="load_phase_current",
    ),
    *each_by_itself(
        *(
            numbered(
                "ac_phase_apparent_power",
                f"L{number}",
                apparent_power(f"ac_l{number}_apparent_power", f"pac{number}"),
            )
            for number in (1, 2)
        ),
        *(
            numbered(
                "buck_current",
                number,
                current(f"buck{number}_current", f"iBuck{number}"),
            )
            for number in range(1, 6)
        ),
        voltage("battery_voltage", "vbat", "bmstv"),
        frequency("bypass_frequency", "bypassFreq"),
        current("inductor_current", "inductorCurr"),
        kilowatts("generator_or_grid_power", "dgGridPower"),
        percentage("efficiency", "effectiveness"),
    ),
    current("battery_current", "ibat", "bmstc", signed=True),
    current("board_current", "iboard", signed=True),
    reactive_power("reactive_power", "rac"),
    kilovars("load_reactive_power", "loadReactivePower"),
    power_factor("power_factor", "pf"),
    # 100 on the wire is 1.
    power_factor("load_power_factor", "loadPf", divisor=100),
    frequency("grid_frequency", "gridFreq", "fac"),
    *DC_BUS,
    *DC_BUS_HALVES,
    *insulations(
        {
            "": ("insulDetecPosi", "insulDetecNega"),
            "battery_": ("batpir", "batnir"),
            "pv_": ("pvpir1", "pvnir1"),
        }
    ),
    *BATTERY_REST,
    *TEMPERATURES,
    temperature("scr_temperature", "scrtemp"),
    *times(
        {
            "battery_charge_time": ("eChargeTimeToday", "eBatChargeTimeTotal"),
            "battery_discharge_time": ("eDischargeTimeToday", "eBatDischargeTimeTotal"),
            "grid_import_time": ("eGridTimeToday", "eGridTimeTotal"),
            "grid_export_time": ("eToGridTimeToday", "eToGridTimeTotal"),
            "load_time": ("eLoadTimeToday", "eLoadTimeTotal"),
            "pv_time": ("epvTimeToday", "epvTimeTotal"),
        }
    ),
    *ALARM_CODES,
)

HPS = Profile(
    family=Family.HPS,
    name="HPS",
    models="ATESS HPS 30 to 150",
    sensors=EVERYDAY + REST,
    binary_sensors=(online, problem(*ALARMS, states=STATES)),
)
