"""MIN, MIC, MOD, MID-XH and NEO, with or without a battery (type 7, V4 `min`)."""

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import UnitOfTime

from ...api import Family
from ..blocks import (
    apparent_power,
    code,
    current,
    data_source,
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
    operating_time,
    percentage,
    phase,
    power,
    power_factor,
    problem,
    proved_by,
    pv_input,
    sensor,
    status,
    temperature,
    voltage,
)
from ..descriptions import GrowattSensor
from ..groups.external_pv import external_pv
from ..groups.fault_codes import fault, warning
from ..groups.min_battery import BATTERY_EVERYDAY, BATTERY_REST
from ..profile import Profile

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


EVERYDAY = (
    status(STATES),
    power("ac_power", "pac"),
    power("pv_power", "ppv"),
    energy("energy_today", "eacToday"),
    energy("energy_total", "eacTotal"),
    *proved_by(
        ("epvTotal",),
        energy(
            "pv_energy_today",
            *(f"epv{number}Today" for number in INPUTS),
            derived="sum",
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
    *BATTERY_EVERYDAY,
    diagnostic(temperature("temperature", "temp1")),
    fault("faultType"),
    last_update,
    data_source,
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
    *BATTERY_REST,
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
    operating_time("timeTotal", UnitOfTime.SECONDS),
    sensor(
        "grid_connection_delay",
        "invDelayTime",
        **measurement(SensorDeviceClass.DURATION, UnitOfTime.SECONDS, 0),
    ),
    code("derating_mode", "deratingMode"),
    code("fault_subcode_1", "faultType1"),
    code("fault_code", "faultType"),
    code("warning_code", "warnCode", "newWarnCode"),
    warning("warnCode", "newWarnCode"),
    code("warning_subcode", "warnCode1", "newWarnSubCode"),
)

MIN = Profile(
    family=Family.MIN,
    name="MIN",
    models="MIN, MIC, MOD, MID-XH and NEO, with or without a battery",
    sleeps=True,
    sensors=EVERYDAY + REST,
    binary_sensors=(online, problem("faultType", states=STATES)),
)
