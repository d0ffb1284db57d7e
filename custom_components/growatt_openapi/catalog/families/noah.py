"""NOAH and NEXA balcony storage (V4 `noah` only)."""

from dataclasses import replace

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
    internal,
    last_update,
    numbered,
    online,
    percentage,
    power,
    problem,
    proved_by,
    state_of_charge,
    status,
    temperature,
    voltage,
)
from ..descriptions import GrowattBinarySensor, GrowattSensor
from ..groups.battery_part import battery_part
from ..profile import Profile

# The manual has 1, 4 and 5; NEXA was seen with 6 while all was well.
STATES = {1: "normal", 4: "fault", 5: "heating", 6: "normal"}
PRIORITIES = {0: "load_first", 1: "battery_first", 2: "smart"}
BATTERY_STATES = {0: "idle", 1: "charging", 2: "discharging"}
INPUTS = range(1, 5)
PACKS = range(1, 5)
# Powers that may be negative are counted in 16 bits.
SPAN = 65536
METER = ("ctFlag",)


def _input(number: int) -> tuple[GrowattSensor, ...]:
    """Return the sensors of one input; a floating voltage alone is no input."""
    kinds = {
        "power": power(
            f"pv{number}_power",
            f"pv{number}Voltage",
            f"pv{number}Current",
            derived="product",
        ),
        "voltage": voltage(f"pv{number}_voltage", f"pv{number}Voltage"),
        "current": current(f"pv{number}_current", f"pv{number}Current"),
        "temperature": temperature(f"pv{number}_temperature", f"pv{number}Temp"),
    }
    return proved_by(
        (f"pv{number}Current",),
        *(
            numbered(f"pv_input_{text}", number, description)
            for text, description in kinds.items()
        ),
    )


def _pack(number: int) -> tuple[GrowattSensor, ...]:
    """Return the sensors of one battery pack; what is not there reports zeros."""
    field = f"battery{number}"
    soc, warm, *codes = battery_part(
        number,
        {
            "soc": state_of_charge(f"{field}_soc", f"{field}Soc"),
            "temperature": temperature(f"{field}_temperature", f"{field}Temp"),
            "protection_code": code(
                f"{field}_protection_code", f"{field}ProtectStatus"
            ),
            "warning_code": code(f"{field}_warning_code", f"{field}WarnStatus"),
        },
    )
    return tuple(
        replace(one, exists_if=(), serial=f"{field}SerialNum")
        for one in (soc, diagnostic(warm), *internal(*codes))
    )


def _cell_voltage(name: str, field: str) -> GrowattSensor:
    """Return the voltage of the "highest" or "lowest" cell."""
    return voltage(
        f"battery_{name}_cell_voltage",
        field,
        native_unit_of_measurement=UnitOfElectricPotential.MILLIVOLT,
        suggested_unit_of_measurement=UnitOfElectricPotential.VOLT,
        suggested_display_precision=3,
        exists_if=(field,),
    )


EVERYDAY = (
    status(STATES),
    enumeration("priority", "workMode", PRIORITIES),
    power("ac_power", "pac"),
    power("pv_power", "ppv"),
    # The counters are named after the output, but count what the panels gave.
    energy("pv_energy_today", "eacToday"),
    energy("pv_energy_total", "eacTotal"),
    *proved_by(
        METER,
        power("grid_import_power", "ctSelfPower", side="positive"),
        power("grid_export_power", "ctSelfPower", side="negative"),
        power("load_power", "totalHouseholdLoad", signed=True, wraps=SPAN),
    ),
    power("battery_charge_power", "totalBatteryPackChargingPower", side="positive"),
    power("battery_discharge_power", "totalBatteryPackChargingPower", side="negative"),
    state_of_charge("battery_soc", "totalBatteryPackSoc"),
    *internal(percentage("battery_soh", "batterySoh", exists_if=("batterySoh",))),
    *(one for number in PACKS for one in _pack(number)),
    diagnostic(temperature("temperature", "systemTemp")),
    last_update,
    data_source,
)

REST = internal(
    *(one for number in INPUTS for one in _input(number)),
    energy("pv_energy_month", "eacMonth"),
    energy("pv_energy_year", "eacYear"),
    *proved_by(
        METER,
        power(
            "load_without_plugs_power",
            "householdLoadApartFromGroplug",
            signed=True,
            wraps=SPAN,
        ),
    ),
    *proved_by(
        ("onGridVoltage",),
        numbered(
            "ac_phase_power", "L1", power("ac_l1_power", "onGridPower", signed=True)
        ),
        numbered("ac_phase_voltage", "L1", voltage("ac_l1_voltage", "onGridVoltage")),
        numbered("ac_phase_current", "L1", current("ac_l1_current", "onGridCurrent")),
    ),
    *proved_by(
        ("offGridVoltage", "offGridPower"),
        power("backup_power", "offGridPower"),
        numbered(
            "backup_phase_voltage", "L1", voltage("backup_l1_voltage", "offGridVoltage")
        ),
        numbered(
            "backup_phase_current", "L1", current("backup_l1_current", "offGridCurrent")
        ),
    ),
    # NEXA was seen to call itself idle while it charged; the powers are right.
    enumeration("battery_status", "totalBatteryPackChargingStatus", BATTERY_STATES),
    _cell_voltage("highest", "maxCellVoltage"),
    _cell_voltage("lowest", "minCellVoltage"),
    code(
        "battery_cycles",
        "batteryCycles",
        state_class=SensorStateClass.TOTAL_INCREASING,
        exists_if=("batteryCycles",),
    ),
    code("fault_code", "faultStatus"),
    code("warning_code", "pdWarnStatus"),
    code("mppt_protection_code", "mpptProtectStatus"),
)

NOAH = Profile(
    family=Family.NOAH,
    name="NOAH",
    models="NOAH 2000 and NEXA 2000",
    sensors=EVERYDAY + REST,
    binary_sensors=(
        online,
        problem("faultStatus", states=STATES),
        GrowattBinarySensor(
            key="battery_heating",
            translation_key="battery_heating",
            fields=("heatingStatus",),
        ),
    ),
)
