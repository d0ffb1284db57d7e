"""ATESS storage inverters PCS (device type 8, V1 only)."""

from ...api import Family
from ..blocks import (
    current,
    data_source,
    diagnostic,
    frequency,
    internal,
    last_update,
    milliamperes,
    numbered,
    online,
    power,
    power_factor,
    problem,
    proved_by,
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
    kilovolt_amperes,
    kilowatts,
    three,
    times,
)
from ..groups.hybrid import each_by_itself
from ..profile import Profile

EVERYDAY = (
    status(STATES),
    kilowatts("ac_power", "pcsActivePower", signed=True),
    *proved_by(("ppv",), power("pv_power", "ppv")),
    *proved_by(
        ("gridTotal", "toGridTotal"),
        # Both names are Growatt's spelling.
        kilowatts("grid_import_power", "powerGird", side="positive"),
        kilowatts("grid_export_power", "toPowerGird", "pacToGrid", side="positive"),
    ),
    kilowatts("load_power", "loadActivePower"),
    *flow_energies(
        {"energy_import": "grid", "energy_export": "toGrid", "energy_load": "load"}
    ),
    *battery_everyday(
        *both_ways(
            kilowatts, "battery_charge_power", "battery_discharge_power", "pacToBattery"
        ),
        charged="eChargeTotal",
        discharged="eDischargeTotal",
    ),
    diagnostic(temperature("temperature", "temp1")),
    last_update,
    data_source,
)

REST = internal(
    *three(
        PHASES,
        "ac_{}_voltage",
        voltage,
        "vacu",
        "vacv",
        "vacw",
        text="ac_phase_voltage",
    ),
    *three(
        LINES,
        "ac_{}_voltage",
        voltage,
        "vacuv",
        "vacvw",
        "vacwu",
        text="ac_line_voltage",
    ),
    *three(
        PHASES, "ac_{}_current", current, "i1A", "i1B", "i1C", text="ac_phase_current"
    ),
    *three(
        LINES,
        "grid_{}_voltage",
        voltage,
        "bvpvuv",
        "bvpvvw",
        "bvpvwu",
        text="grid_line_voltage",
    ),
    *three(
        PHASES,
        "grid_{}_current",
        current,
        "bipvu",
        "bipvv",
        "bipvw",
        text="grid_phase_current",
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
    kilovolt_amperes("apparent_power", "outApparentPower"),
    kilovars("reactive_power", "outReactivePower"),
    kilowatts("bypass_power", "bActivePower", signed=True),
    kilovolt_amperes("bypass_apparent_power", "bApparentPower"),
    kilovars("bypass_reactive_power", "bReactivePower"),
    *each_by_itself(
        frequency("bypass_frequency", "bypassFreq"),
        voltage("grid_voltage", "bvpv"),
        current("grid_current", "bipv"),
        kilowatts("generator_or_grid_power", "dgGridPower"),
    ),
    kilovolt_amperes("load_apparent_power", "loadApparentPower"),
    kilovars("load_reactive_power", "loadReactivePower"),
    power_factor("power_factor", "pf"),
    # 100 on the wire is 1.
    power_factor("load_power_factor", "loadPf", divisor=100),
    frequency("grid_frequency", "gridFreq"),
    frequency("ac_frequency", "vacFrequency"),
    *DC_BUS,
    *DC_BUS_HALVES,
    *insulations({"battery_": ("risoBatp", "risoBatn")}),
    *each_by_itself(
        *(
            numbered(
                "leakage_current_numbered",
                number,
                milliamperes(f"leakage_current_{number}", f"gfdi{number}"),
            )
            for number in (1, 2)
        )
    ),
    *BATTERY_REST,
    *TEMPERATURES,
    *times(
        {
            "battery_charge_time": ("eChargeTimeToday", "eChargeTimeTotal"),
            "battery_discharge_time": ("eDischargeTimeToday", "eDischargeTimeTotal"),
            "grid_import_time": ("gridTimeToday", "gridTimeTotal"),
            "grid_export_time": ("toGridTimeToday", "toGridTimeTotal"),
            "load_time": ("loadTimeToday", "loadTimeTotal"),
        }
    ),
    *ALARM_CODES,
)

PCS = Profile(
    family=Family.PCS,
    name="PCS",
    models="ATESS PCS",
    sensors=EVERYDAY + REST,
    binary_sensors=(online, problem(*ALARMS, states=STATES)),
)
