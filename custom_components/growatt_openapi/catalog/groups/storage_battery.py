"""The battery of SPF and SP storage, and the two of an SP 3000 that has two."""

from dataclasses import replace

from homeassistant.components.sensor import SensorStateClass
from homeassistant.const import UnitOfElectricPotential

from ..blocks import (
    code,
    current,
    energy,
    internal,
    measurement,
    numbered,
    percentage,
    power,
    proved_by,
    sensor,
    state_of_charge,
    temperature,
    voltage,
)
from ..descriptions import GrowattSensor
from .battery_part import battery_part
from .hybrid import CELLS, each_by_itself
from .storage_counters import OFF_GRID, counters

BATTERY = (
    *("capacity", "eChargeTotal", "eDischargeTotal"),
    *("eBatChgTotal", "eBatDisChargeTotal"),
)
# Off-grid models may tell the power in one field alone, positive while discharging.
SIGNED = "pBat"
CHARGING = ("pCharge", "pCharge2")
DISCHARGING = ("pDischarge", "pDischarge2")
BMS_TEMPERATURES = ("bmsBatteryTemp", "bmsTemperature")
SECOND = (
    *("pCharge2", "pDischarge2", "eChargeTotal2", "eDischargeTotal2"),
    *("soh2", "cycleCount2", "bmsTemperature2"),
)
"""What proves that there are two batteries."""

BATTERY_EVERYDAY = (
    *proved_by(
        BATTERY,
        power(
            "battery_charge_power",
            *CHARGING,
            SIGNED,
            derived="sum",
            side="negative",
            sided=(SIGNED,),
            ignored_if={SIGNED: CHARGING},
        ),
        power(
            "battery_discharge_power",
            *DISCHARGING,
            SIGNED,
            derived="sum",
            side="positive",
            sided=(SIGNED,),
            ignored_if={SIGNED: DISCHARGING},
        ),
        state_of_charge("battery_soc", "capacity", "bmsSoc"),
        *counters(
            "battery_charge_energy",
            "eBatChg{}",
            "eCharge{}",
            "eCharge{}2",
            ignored_if=dict.fromkeys(("eCharge{}", "eCharge{}2"), ("eBatChgTotal",)),
        ),
        *counters(
            "battery_discharge_energy",
            "eBatDisCharge{}",
            "eDischarge{}",
            "eDischarge{}2",
            ignored_if=dict.fromkeys(("eDischarge{}", "eDischarge{}2"), OFF_GRID),
        ),
    ),
    *proved_by(
        ("bmsSoh", "soh"), *internal(percentage("battery_soh", "bmsSoh", "soh"))
    ),
)


def _cell(number: int, key: str, *fields: str) -> GrowattSensor:
    """Return the voltage of one cell."""
    return numbered(
        "battery_cell_voltage",
        number,
        voltage(key, *fields, suggested_display_precision=3),
    )


def _spread(key: str, *fields: str) -> GrowattSensor:
    """Return how far the cells are apart; it is shown in mV, as everywhere else."""
    unit = UnitOfElectricPotential.MILLIVOLT
    return voltage(key, *fields, suggested_unit_of_measurement=unit)


def _extreme(name: str, field: str) -> tuple[GrowattSensor, ...]:
    """Return voltage and temperature of the "highest" or "lowest" cell."""
    return (
        *each_by_itself(
            voltage(
                f"battery_{name}_cell_voltage",
                f"{field}CellVolt",
                suggested_display_precision=3,
            )
        ),
        temperature(f"battery_{name}_cell_temperature", f"{field}CellTemp"),
    )


def _flows(number: int, end: str) -> tuple[GrowattSensor, ...]:
    """Return what goes into and out of one battery where there are two."""
    key = f"battery{number}"
    charged = counters(f"{key}_charge_energy", f"eCharge{{}}{end}")
    discharged = counters(f"{key}_discharge_energy", f"eDischarge{{}}{end}")
    kinds = {
        "charge_power": power(f"{key}_charge_power", f"pCharge{end}"),
        "discharge_power": power(f"{key}_discharge_power", f"pDischarge{end}"),
        "charge_energy_today": charged[0],
        "charge_energy_total": charged[1],
        "discharge_energy_today": discharged[0],
        "discharge_energy_total": discharged[1],
    }
    return proved_by(SECOND, *battery_part(number, kinds))


def _told(number: int, end: str, cell: str) -> tuple[GrowattSensor, ...]:
    """Return what one of two batteries tells of itself; many batteries tell little."""
    key = f"battery{number}"
    kinds = {
        "soh": percentage(f"{key}_soh", f"soh{end}"),
        "current": current(f"{key}_current", f"bmsCurrent{end}", signed=True),
        "temperature": temperature(f"{key}_temperature", f"bmsTemperature{end}"),
        "cycles": code(
            f"{key}_cycles",
            f"cycleCount{end}",
            state_class=SensorStateClass.TOTAL_INCREASING,
        ),
        "charge_voltage": voltage(f"{key}_charge_voltage", f"constantVolt{end}"),
        "cell_spread": _spread(f"{key}_cell_spread", f"deltaVolt{end}"),
        "current_limit": current(
            f"{key}_current_limit", f"maxChargeOrDischargeCurrent{end}"
        ),
        "warning_code": code(f"{key}_warning_code", f"warnInfo{end}"),
    }
    cells = tuple(
        one
        for place in CELLS
        for one in battery_part(
            number,
            {
                "cell_voltage": _cell(
                    place, f"{key}_cell{place}_voltage", f"{cell}{place}"
                )
            },
        )
    )
    told = each_by_itself(*battery_part(number, kinds), *cells)
    return tuple(replace(one, also_requires=SECOND) for one in told)


BATTERY_REST = (
    *each_by_itself(
        voltage("battery_voltage", "vBat", "bmsBatteryVolt"),
        current("battery_charge_current", "chgCurr"),
        current("battery_discharge_current", "dischgCurr"),
        current("pv_side_charge_current", "iCharge"),
        current("pv_side_discharge_current", "iDischarge"),
        voltage("battery_charge_voltage", "bmsConstantVolt", "constantVolt"),
        voltage("battery_float_voltage", "floatChargeVolt"),
        _spread("battery_cell_spread", "bmsDeltaVolt", "deltaVolt"),
        current("battery_current_limit", "maxChargeOrDischargeCurrent"),
        code(
            "battery_cycles",
            "cycleCount",
            state_class=SensorStateClass.TOTAL_INCREASING,
        ),
        sensor("battery_full_charge", "gaugeFCC", **measurement(None, "Ah", 0)),
        sensor("battery_remaining_charge", "gaugeRM", **measurement(None, "Ah", 0)),
        energy("battery_charge_energy_month", "chargeMonth"),
        energy("battery_discharge_energy_month", "disChargeMonth", "dischargeMonth"),
        *(
            _cell(
                number,
                f"battery_cell{number}_voltage",
                f"cellVoltage{number}",
                f"bmsCellVoltage{number}",
                f"bmsCellVolt{number}",
            )
            for number in CELLS
        ),
        code("battery_fault_code", "bmsError"),
        code("battery_warning_code", "bmsWarnInfo", "warnInfo"),
        code("battery_derating_reason", "batDepowerReason"),
    ),
    *_extreme("highest", "max"),
    *_extreme("lowest", "min"),
    *proved_by(
        ("bmsBatteryCurr", "bmsCurrent", "gaugeICCurrent"),
        current(
            "battery_current",
            "bmsBatteryCurr",
            "bmsCurrent",
            "gaugeICCurrent",
            signed=True,
            negative_proves=True,
        ),
    ),
    temperature(
        "battery_temperature",
        BMS_TEMPERATURES[0],
        fields=BMS_TEMPERATURES,
        exists_if=BMS_TEMPERATURES,
    ),
    temperature("battery_probe_temperature", "batTemp"),
    *_flows(1, ""),
    *_told(1, "", "cellVoltage"),
    *_flows(2, "2"),
    *_told(2, "2", "cell2Voltage"),
)
