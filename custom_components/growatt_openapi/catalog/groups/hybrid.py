"""Hybrids SPH and SPA: one battery, a meter, a backup output, the same states."""

from homeassistant.components.sensor import SensorStateClass
from homeassistant.const import UnitOfElectricPotential

from ..blocks import (
    apparent_power,
    code,
    current,
    energy,
    enumeration,
    frequency,
    internal,
    measurement,
    numbered,
    percentage,
    power,
    power_factor,
    proved_by,
    sensor,
    state_of_charge,
    temperature,
    voltage,
)
from ..descriptions import GrowattSensor
from .fault_codes import warning

# The manual has 0 to 2 for last data of SPH and none for SPA; the published answers
# of both hold the codes of the working mode, as the details do.
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
    9: "normal",
}
WORK_MODES = {
    0: "waiting",
    1: "self_test",
    3: "fault",
    4: "updating",
    5: "pv_battery",
    6: "battery",
    7: "pv_off_grid",
    8: "battery_off_grid",
    9: "bypass",
}
PHASES = {"l1": "R", "l2": "S", "l3": "T"}
CELLS = range(1, 17)


def each_by_itself(*descriptions: GrowattSensor) -> tuple[GrowattSensor, ...]:
    """Return descriptions of hardware that only its own value proves."""
    return tuple(one for each in descriptions for one in proved_by(each.fields, each))


def meter_everyday(exported: str) -> tuple[GrowattSensor, ...]:
    """Return the meter's everyday sensors; the families spell the export their way."""
    return (
        *proved_by(
            ("pacToUserTotal", "pacToGridTotal", "etoUserTotal", exported),
            power("grid_import_power", "pacToUserTotal"),
            power("grid_export_power", "pacToGridTotal"),
            energy("energy_import_today", "etoUserToday"),
            energy("energy_import_total", "etoUserTotal"),
            energy("energy_export_today", "etoGridToday"),
            energy("energy_export_total", exported),
        ),
        *proved_by(
            ("plocalLoadTotal", "elocalLoadTotal"),
            power("load_power", "plocalLoadTotal"),
            energy("energy_load_today", "elocalLoadToday"),
            energy("energy_load_total", "elocalLoadTotal"),
        ),
    )


METER_EVERYDAY = meter_everyday("etogridTotal")
SELF_CONSUMPTION = proved_by(
    ("eselftotal", "esystemtotal"),
    power("self_consumption_power", "pself"),
    energy("energy_self_consumption_today", "eselftoday"),
    energy("energy_self_consumption_total", "eselftotal"),
    power("system_power", "psystem"),
    energy("energy_system_today", "esystemtoday"),
    energy("energy_system_total", "esystemtotal"),
)


def battery_everyday(
    discharged: dict[str, tuple[str, ...]],
) -> tuple[GrowattSensor, ...]:
    """Return the battery's everyday sensors; fields of its discharge by span."""
    return (
        *proved_by(
            ("pcharge1", "pdischarge1", "echarge1Total", *discharged["total"]),
            power("battery_charge_power", "pcharge1"),
            power("battery_discharge_power", "pdischarge1"),
            # The battery's own number can be 0 where the inverter's is right.
            state_of_charge("battery_soc", "soc", "bmsSOC"),
            energy("battery_charge_energy_today", "echarge1Today"),
            energy("battery_charge_energy_total", "echarge1Total"),
            *(
                energy(f"battery_discharge_energy_{span}", *fields)
                for span, fields in discharged.items()
            ),
        ),
        # Batteries that do not tell their health say 0.
        *each_by_itself(*internal(percentage("battery_soh", "bmsSOH"))),
    )


def _cell_extreme(name: str, field: str) -> tuple[GrowattSensor, ...]:
    """Return voltage and temperature of the "highest" or "lowest" cell.

    Unmeasured temperatures are -0.1 °C, so none below 0 °C can be believed.
    """
    return each_by_itself(
        voltage(
            f"battery_{name}_cell_voltage",
            f"uw{field}CellVol",
            suggested_display_precision=3,
        ),
        temperature(
            f"battery_{name}_cell_temperature",
            f"uw{field}TemprCell",
            signed=False,
            negative_proves=False,
        ),
    )


BATTERY_REST = (
    *each_by_itself(
        voltage("battery_voltage", "vbat", "bmsBatteryVolt"),
        voltage("battery_dsp_voltage", "vBatDsp"),
        current("battery_current_limit", "bmsMaxCurr"),
        current("battery_discharge_current_limit", "bmsMaxDischgCurr"),
        voltage("battery_charge_voltage", "bmsConstantVolt"),
        code(
            "battery_cycles",
            "bmsCycleCnt",
            state_class=SensorStateClass.TOTAL_INCREASING,
        ),
        sensor("battery_full_charge", "bmsGaugeFCC", **measurement(None, "Ah", 0)),
        sensor("battery_remaining_charge", "bmsGaugeRM", **measurement(None, "Ah", 0)),
        voltage(
            "battery_cell_spread",
            "bmsDeltaVolt",
            native_unit_of_measurement=UnitOfElectricPotential.MILLIVOLT,
        ),
        percentage("battery_lowest_module_soc", "minSOC"),
        percentage("battery_highest_module_soc", "maxSOC"),
        *(
            numbered(
                "battery_cell_voltage",
                number,
                voltage(
                    f"battery_cell{number}_voltage",
                    f"bmsCell{number}Volt",
                    suggested_display_precision=3,
                ),
            )
            for number in CELLS
        ),
    ),
    *_cell_extreme("highest", "Max"),
    *_cell_extreme("lowest", "Min"),
    temperature("battery_temperature", "bmsBatteryTemp"),
    temperature("battery_probe_temperature", "batteryTemperature"),
    *proved_by(
        ("bmsBatteryVolt",), current("battery_current", "bmsBatteryCurr", signed=True)
    ),
    *proved_by(
        ("acChargePower", "acChargeEnergyTotal"),
        power("ac_charge_power", "acChargePower"),
        energy("ac_charge_energy_today", "acChargeEnergyToday"),
        energy("ac_charge_energy_total", "acChargeEnergyTotal"),
    ),
    *proved_by(
        ("bmsBatteryVolt",),
        code("battery_fault_code", "bmsError"),
        code("battery_warning_code", "bmsWarnInfo"),
    ),
)


def phase(number: int, name: str, letter: str) -> tuple[GrowattSensor, ...]:
    """Return what may be measured on one phase of output, meter and load."""
    kinds = {
        "ac_phase_voltage": voltage(f"ac_{name}_voltage", f"vac{number}"),
        "ac_phase_current": current(f"ac_{name}_current", f"iac{number}"),
        "ac_phase_power": power(f"ac_{name}_power", f"pac{letter}"),
        "meter_phase_power": power(f"meter_{name}_power", f"pm{letter}", signed=True),
        "load_phase_power": power(f"load_{name}_power", f"plocalLoad{letter}"),
    }
    return each_by_itself(
        *(numbered(text, name.upper(), one) for text, one in kinds.items())
    )


def backup(*phases: GrowattSensor) -> tuple[GrowattSensor, ...]:
    """Return the backup output, with what a family measures on its phases."""
    return (
        *proved_by(
            ("upsVac1", "upsPac1"),
            frequency("backup_frequency", "upsFac"),
            percentage("backup_load_share", "upsLoadpercent"),
            # 1000 on the wire is 1.
            power_factor("backup_power_factor", "upsPF", divisor=1000),
        ),
        *each_by_itself(
            numbered(
                "backup_phase_apparent_power",
                "L1",
                apparent_power("backup_l1_apparent_power", "upsPac1"),
            ),
            numbered(
                "backup_phase_voltage", "L1", voltage("backup_l1_voltage", "upsVac1")
            ),
            *(
                numbered(
                    "backup_phase_power",
                    name.upper(),
                    power(f"backup_{name}_power", f"upsPac{number}"),
                )
                for number, name in ((2, "l2"), (3, "l3"))
            ),
            *phases,
        ),
    )


REST = (
    enumeration("work_mode", "uwSysWorkMode", WORK_MODES),
    *(
        one
        for number, (name, letter) in enumerate(PHASES.items(), start=1)
        for one in phase(number, name, letter)
    ),
    *each_by_itself(
        numbered(
            "grid_import_phase_power",
            "L1",
            power("grid_import_l1_power", "pacToUserR"),
        ),
        numbered(
            "grid_export_phase_power",
            "L1",
            power("grid_export_l1_power", "pacToGridR"),
        ),
    ),
    frequency("grid_frequency", "fac"),
    *BATTERY_REST,
    *SELF_CONSUMPTION,
    *(
        numbered(
            "temperature_numbered",
            number,
            temperature(f"temperature_{number}", f"temp{number}"),
        )
        for number in (2, 3)
    ),
    *each_by_itself(
        *(
            numbered(
                "dc_bus_voltage",
                number,
                voltage(f"dc_bus_{number}_voltage", f"vBus{number}"),
            )
            for number in (1, 2)
        )
    ),
    code("fault_code", "faultCode"),
    code("error_code", "errorCode"),
    code("warning_code", "warnCode"),
    warning("warnCode"),
)
