"""MIN, MIC, MOD, MID-XH and NEO, with or without a battery (type 7, V4 `min`)."""

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfElectricPotential, UnitOfTime

from ..api import Family
from .base import GrowattSensor, Profile
from .blocks import (
    apparent_power,
    code,
    current,
    diagnostic,
    energy,
    frequency,
    insulation,
    internal,
    last_update,
    line_voltages,
    measurement,
    milliamperes,
    numbered,
    online,
    operating_seconds,
    percentage,
    phase,
    power,
    power_factor,
    problem,
    proved_by,
    pv_input,
    sensor,
    state_of_charge,
    status,
    temperature,
    voltage,
)
from .external import external_pv

# The manual has 0 to 2 for last data; V1 also sends 3 for a fault, and hardware in
# normal operation was seen with 5 to 8 (as in the details) and with 100.
STATES = {
    0: "waiting",
    1: "normal",
    2: "fault",
    3: "fault",
    4: "updating",
    5: "normal",
    6: "normal",
    7: "normal",
    8: "normal",
    100: "normal",
}
INPUTS = range(1, 5)
PHASES = {"l1": "R", "l2": "S", "l3": "T"}

METER = (
    "pacToUserTotal",
    "pacToGridTotal",
    "etoUserTotal",
    "etoGridTotal",
)
LOAD = ("pacToLocalLoad", "elocalLoadTotal")
# A converter that is not fitted reports odd temperatures, currents, codes and even a
# state of charge; only energy that went through it proves it.
CONVERTERS = {
    number: (f"bdc{number}ChargeTotal", f"bdc{number}DischargeTotal")
    for number in (1, 2)
}
BATTERY = (*CONVERTERS[1], "echargeTotal", "edischargeTotal")
BACKUP = ("epsVac1", "epsPac", "epsFac")
SELF = ("eselfTotal", "esystemTotal")


def _phase(number: int, name: str, letter: str) -> tuple[GrowattSensor, ...]:
    """Return what is measured on one phase of the output."""
    return (
        *phase(
            name,
            voltage_field=f"vac{number}",
            current_field=f"iac{number}",
            dc_field=f"dci{letter}",
        ),
        *proved_by(
            (f"vac{number}",),
            numbered(
                "ac_phase_apparent_power",
                name.upper(),
                apparent_power(f"ac_{name}_apparent_power", f"pac{number}"),
            ),
        ),
    )


def _backup(number: int, name: str) -> tuple[GrowattSensor, ...]:
    """Return what is measured on one phase of the backup output."""
    kinds = {
        "backup_phase_voltage": voltage(f"backup_{name}_voltage", f"epsVac{number}"),
        "backup_phase_current": current(f"backup_{name}_current", f"epsIac{number}"),
        "backup_phase_power": power(f"backup_{name}_power", f"epsPac{number}"),
    }
    return proved_by(
        (f"epsVac{number}",),
        *(numbered(text, name.upper(), one) for text, one in kinds.items()),
    )


def _split_phase(number: int) -> tuple[GrowattSensor, ...]:
    """Return what split phase models report of one leg."""
    kinds = {
        "split_phase_current": current(
            f"split_phase{number}_current", f"iacSplitPhase{number}"
        ),
        "backup_split_phase_voltage": voltage(
            f"backup_split_phase{number}_voltage", f"epsVacSplitPhase{number}"
        ),
        "backup_split_phase_power": power(
            f"backup_split_phase{number}_power", f"epsPacSplitPhase{number}"
        ),
    }
    return tuple(
        numbered(text, number, *proved_by(one.fields, one))
        for text, one in kinds.items()
    )


def _battery(number: int) -> tuple[GrowattSensor, ...]:
    """Return the sensors of one battery converter."""
    bdc = f"bdc{number}"
    kinds = {
        "charge_power": power(f"battery{number}_charge_power", f"{bdc}ChargePower"),
        "discharge_power": power(
            f"battery{number}_discharge_power", f"{bdc}DischargePower"
        ),
        "charge_energy_total": energy(
            f"battery{number}_charge_energy_total", f"{bdc}ChargeTotal"
        ),
        "discharge_energy_total": energy(
            f"battery{number}_discharge_energy_total", f"{bdc}DischargeTotal"
        ),
        "soc": state_of_charge(f"battery{number}_soc", f"{bdc}Soc"),
        "voltage": voltage(f"battery{number}_voltage", f"{bdc}Vbat"),
        "current": current(f"battery{number}_current", f"{bdc}Ibat", signed=True),
        "buck_boost_current": current(
            f"battery{number}_buck_boost_current", f"{bdc}Ibb", signed=True
        ),
        "llc_current": current(
            f"battery{number}_llc_current", f"{bdc}Illc", signed=True
        ),
        "bus_1_voltage": voltage(f"battery{number}_bus_1_voltage", f"{bdc}Vbus1"),
        "bus_2_voltage": voltage(f"battery{number}_bus_2_voltage", f"{bdc}Vbus2"),
        "temperature_a": temperature(f"battery{number}_temperature_a", f"{bdc}Temp1"),
        "temperature_b": temperature(f"battery{number}_temperature_b", f"{bdc}Temp2"),
        "fault_code": code(f"battery{number}_fault_code", f"{bdc}FaultType"),
        "warning_code": code(f"battery{number}_warning_code", f"{bdc}WarnCode"),
    }
    return proved_by(
        CONVERTERS[number],
        *(
            numbered(f"battery_numbered_{text}", number, one)
            for text, one in kinds.items()
        ),
    )


def _converters(key: str, field: str) -> GrowattSensor:
    """Return a power of the battery, of both converters where there are two."""
    return power(
        key,
        *(f"bdc{number}{field}" for number in CONVERTERS),
        summed=True,
        counted_if={f"bdc2{field}": CONVERTERS[2]},
    )


EVERYDAY = (
    status(STATES),
    power("ac_power", "pac"),
    power("pv_power", "ppv"),
    energy("energy_today", "eacToday"),
    energy("energy_total", "eacTotal"),
    *proved_by(
        ("epvTotal",),
        energy(
            "pv_energy_today", *(f"epv{number}Today" for number in INPUTS), summed=True
        ),
        energy("pv_energy_total", "epvTotal"),
    ),
    *proved_by(
        METER,
        power("grid_import_power", "pacToUserTotal"),
        power("grid_export_power", "pacToGridTotal"),
        energy("energy_import_today", "etoUserToday"),
        energy("energy_import_total", "etoUserTotal"),
        energy("energy_export_today", "etoGridToday"),
        energy("energy_export_total", "etoGridTotal"),
    ),
    *proved_by(
        LOAD,
        power("load_power", "pacToLocalLoad"),
        energy("energy_load_today", "elocalLoadToday"),
        energy("energy_load_total", "elocalLoadTotal"),
    ),
    *proved_by(
        BATTERY,
        _converters("battery_charge_power", "ChargePower"),
        _converters("battery_discharge_power", "DischargePower"),
        state_of_charge("battery_soc", "bdc1Soc", "bmsSoc"),
        diagnostic(percentage("battery_soh", "bmsSoh", evidence=("bmsSoh",))),
        energy("battery_charge_energy_today", "echargeToday"),
        energy("battery_charge_energy_total", "echargeTotal"),
        energy("battery_discharge_energy_today", "edischargeToday"),
        energy("battery_discharge_energy_total", "edischargeTotal"),
    ),
    diagnostic(temperature("temperature", "temp1")),
    last_update,
)

_BATTERY_REST = (
    *proved_by(
        BATTERY,
        voltage("battery_voltage", "bdc1Vbat", "bmsVbat"),
        current("battery_current", "bmsIbat", signed=True),
        temperature("battery_temperature", "bmsTemp1Bat"),
        code(
            "battery_cycles", "bmsIcycle", state_class=SensorStateClass.TOTAL_INCREASING
        ),
        voltage(
            "battery_cell_spread",
            "bmsVdelta",
            native_unit_of_measurement=UnitOfElectricPotential.MILLIVOLT,
        ),
        voltage("battery_charge_voltage", "bmsCvVolt"),
        current("battery_largest_current", "bmsMaxCurr"),
        energy("ac_charge_energy_today", "eacChargeToday"),
        energy("ac_charge_energy_total", "eacChargeTotal"),
        code("battery_fault_code", "bmsFaultType"),
        code("battery_warning_code", "bmsWarnCode"),
        code("battery_converter_fault_subcode", "bdcFaultSubCode"),
        code("battery_converter_warning_subcode", "bdcWarnSubCode"),
        code("battery_derating_reason", "bdcDerateReason"),
    ),
    *proved_by(
        ("bmsMaxCellVolt",),
        voltage(
            "battery_highest_cell_voltage",
            "bmsMaxCellVolt",
            suggested_display_precision=3,
        ),
    ),
    *proved_by(
        ("bmsGaugeRM",),
        sensor("battery_remaining_charge", "bmsGaugeRM", **measurement(None, "Ah", 0)),
    ),
    *proved_by(
        ("bdcVbus2Neg",), voltage("battery_negative_bus_voltage", "bdcVbus2Neg")
    ),
    *(
        numbered(
            "battery_module_soc",
            number,
            *proved_by(
                (f"soc{number}",),
                state_of_charge(f"battery_module{number}_soc", f"soc{number}"),
            ),
        )
        for number in (1, 2)
    ),
    *(one for number in (1, 2) for one in _battery(number)),
)

REST = internal(
    *(one for number in INPUTS for one in pv_input(number)),
    *(
        one
        for number, (name, letter) in enumerate(PHASES.items(), start=1)
        for one in _phase(number, name, letter)
    ),
    *line_voltages(),
    *(one for number in (1, 2) for one in _split_phase(number)),
    frequency("grid_frequency", "fac"),
    power_factor("power_factor", "pf"),
    *_BATTERY_REST,
    *proved_by(
        BACKUP,
        power("backup_power", "epsPac"),
        frequency("backup_frequency", "epsFac"),
        power_factor("backup_power_factor", "epsPf"),
        percentage("backup_load_share", "loadPercent"),
    ),
    *(one for number, name in enumerate(PHASES, 1) for one in _backup(number, name)),
    *proved_by(
        SELF,
        power("self_consumption_power", "pself"),
        energy("energy_self_consumption_today", "eselfToday"),
        energy("energy_self_consumption_total", "eselfTotal"),
        power("system_power", "psystem"),
        energy("energy_system_today", "esystemToday"),
        energy("energy_system_total", "esystemTotal"),
    ),
    *(one for number in (1, 2) for one in external_pv(number, str(number))),
    *(
        numbered(
            "temperature_numbered",
            number,
            temperature(f"temperature_{number}", f"temp{number}"),
        )
        for number in range(2, 6)
    ),
    *proved_by(("dcVoltage",), voltage("dc_voltage", "dcVoltage")),
    voltage("dc_bus_positive_voltage", "pBusVoltage"),
    *proved_by(("nBusVoltage",), voltage("dc_bus_negative_voltage", "nBusVoltage")),
    milliamperes("leakage_current", "gfci"),
    insulation("insulation_resistance", "iso"),
    percentage("output_share", "realOPPercent"),
    *proved_by(("opFullwatt",), power("full_output_power", "opFullwatt")),
    operating_seconds("timeTotal"),
    sensor(
        "grid_connection_delay",
        "invDelayTime",
        **measurement(SensorDeviceClass.DURATION, UnitOfTime.SECONDS, 0),
    ),
    code("derating_mode", "deratingMode"),
    code("fault_subcode_1", "faultType1"),
    code("fault_code", "faultType"),
    code("warning_code", "warnCode", "newWarnCode"),
    code("warning_subcode", "warnCode1", "newWarnSubCode"),
)

MIN = Profile(
    family=Family.MIN,
    name="MIN",
    sensors=EVERYDAY + REST,
    binary_sensors=(online, problem("faultType", states=STATES)),
)
