"""SPH-S hybrids with a 48 V battery, also for two live wires (V4 `sph-s` only)."""

from homeassistant.components.sensor import SensorStateClass
from homeassistant.const import UnitOfElectricPotential

from ...api import Family
from ..blocks import (
    code,
    current,
    data_source,
    diagnostic,
    energy,
    enumeration,
    frequency,
    internal,
    last_update,
    measurement,
    numbered,
    online,
    percentage,
    power,
    power_factor,
    problem,
    proved_by,
    pv_input,
    sensor,
    temperature,
    voltage,
)
from ..descriptions import GrowattSensor
from ..groups.fault_codes import fault, warning
from ..groups.hybrid import (
    SELF_CONSUMPTION,
    STATES,
    WORK_MODES,
    battery_everyday,
    each_by_itself,
    meter_everyday,
)
from ..profile import Profile

INPUTS = (1, 2, 3)
LEGS = {1: ("l1", "R"), 2: ("l2", "S")}
# What is counted by the hour, the month and the year, and how its fields begin.
COUNTED = {
    "pv_energy": "epv",
    "energy_import": "eToUser",
    "energy_export": "eToGrid",
    "energy_load": "elocalLoad",
    "energy_self_consumption": "eself",
    "energy_system": "esystem",
}
PERIODS = ("hour", "month", "year")

EVERYDAY = (
    # The text of the status follows this code; the status itself has others of which
    # the manual names none: 3 where the text is "Bat Online", 6 where it is "Fault".
    enumeration("status", "sysStatus", STATES),
    power("ac_power", "pac"),
    power("pv_power", "ppv"),
    energy("energy_today", "eacToday"),
    energy("energy_total", "eacTotal"),
    *proved_by(
        ("epvTotal",),
        energy("pv_energy_today", "epvToday"),
        energy("pv_energy_total", "epvTotal"),
    ),
    *meter_everyday("etoGridTotal"),
    *battery_everyday({"today": ("edischarge1Today",), "total": ("edischarge1Total",)}),
    diagnostic(temperature("temperature", "invTemp")),
    fault("faultCode"),
    last_update,
    data_source,
)


def _leg(number: int, name: str, letter: str) -> tuple[GrowattSensor, ...]:
    """Return what is measured on one live wire of grid, load and backup output."""
    kinds = {
        "ac_phase_voltage": voltage(f"ac_{name}_voltage", f"vac{number}"),
        "ac_phase_current": current(f"ac_{name}_current", f"iac{number}"),
        "ac_phase_power": power(f"ac_{name}_power", f"pac{number}"),
        "grid_export_phase_power": power(
            f"grid_export_{name}_power", f"pacToGrid{letter}"
        ),
        "load_phase_power": power(f"load_{name}_power", f"plocalLoad{letter}"),
        "load_phase_voltage": voltage(
            f"load_{name}_voltage", f"{letter.lower()}LoadVol"
        ),
        "load_phase_energy_total": energy(
            f"energy_load_{name}_total", f"{letter.lower()}LocalEnergy"
        ),
        "backup_phase_current": current(f"backup_{name}_current", f"epsIac{number}"),
        "backup_phase_power": power(f"backup_{name}_power", f"upsPac{number}"),
    }
    return each_by_itself(
        *(numbered(text, name.upper(), one) for text, one in kinds.items())
    )


def _extreme(name: str, end: str) -> tuple[GrowattSensor, ...]:
    """Return what is told of the "highest" or "lowest" cell and module."""
    return (
        *each_by_itself(
            voltage(
                f"battery_{name}_cell_voltage",
                f"{end}CellVol",
                suggested_display_precision=3,
            ),
            percentage(f"battery_{name}_module_soc", f"{end}SOC"),
        ),
        temperature(f"battery_{name}_cell_temperature", f"{end}TempCell"),
    )


BATTERY_REST = (
    *each_by_itself(
        voltage("battery_voltage", "vbat"),
        current("battery_charge_current_limit", "bmsmaxChargeCurr"),
        current("battery_discharge_current_limit", "bmsmaxDischargeCurr"),
        code(
            "battery_cycles",
            "bmscycleCnt",
            state_class=SensorStateClass.TOTAL_INCREASING,
        ),
        sensor("battery_full_charge", "bmsgaugeFCC", **measurement(None, "Ah", 0)),
        sensor("battery_remaining_charge", "bmsgaugeRM", **measurement(None, "Ah", 0)),
        voltage(
            "battery_cell_spread",
            "bmsdeltaVolt",
            native_unit_of_measurement=UnitOfElectricPotential.MILLIVOLT,
        ),
    ),
    *proved_by(("vbat",), current("battery_current", "ibat", signed=True)),
    temperature("battery_temperature", "bmsBatteryTemp"),
    *_extreme("highest", "max"),
    *_extreme("lowest", "min"),
    *proved_by(
        ("batDePowerReason",), code("battery_derating_reason", "batDePowerReason")
    ),
)

GENERATOR = proved_by(
    ("genPower", "genEnergy", "genVol"),
    power("generator_power", "genPower"),
    energy("generator_energy_today", "genEnergyToday"),
    energy("generator_energy_total", "genEnergy"),
    voltage("generator_voltage", "genVol"),
    current("generator_current", "genCurr"),
    frequency("generator_frequency", "genFreq"),
)

REST = internal(
    enumeration("work_mode", "uwSysWorkMode", WORK_MODES),
    *(one for number in INPUTS for one in pv_input(number)),
    *(one for number, leg in LEGS.items() for one in _leg(number, *leg)),
    *each_by_itself(
        numbered(
            "grid_import_phase_power",
            "L1",
            power("grid_import_l1_power", "pacToUserR"),
        ),
        numbered("backup_phase_voltage", "L1", voltage("backup_l1_voltage", "upsVac1")),
        numbered("backup_phase_voltage", "L2", voltage("backup_l2_voltage", "epsVac2")),
    ),
    *proved_by(("upsVac1", "upsPac1"), frequency("backup_frequency", "upsFac")),
    frequency("grid_frequency", "fac"),
    power_factor("power_factor", "pf"),
    *BATTERY_REST,
    *SELF_CONSUMPTION,
    *each_by_itself(
        *(
            energy(f"{key}_{period}", f"{field}{period.title()}")
            for key, field in COUNTED.items()
            for period in PERIODS
        )
    ),
    *GENERATOR,
    temperature("dc_temperature", "dcTemp"),
    *(
        numbered(
            "temperature_numbered",
            number,
            temperature(f"temperature_{number}", f"temp{number}"),
        )
        for number in (1, 2, 3)
    ),
    *each_by_itself(
        voltage("dc_bus_positive_voltage", "pbusVoltage"),
        voltage("dc_bus_negative_voltage", "nbusVoltage"),
    ),
    code("fault_code", "faultCode"),
    code("warning_code", "warnCode"),
    code("warning_subcode", "warnCode1"),
    warning("warnCode"),
)

SPH_S = Profile(
    family=Family.SPH_S,
    name="SPH-S",
    models="SPH-S and SPH TL-HU",
    sensors=EVERYDAY + REST,
    binary_sensors=(
        online,
        problem("faultCode", states=STATES, status_field="sysStatus"),
    ),
)
