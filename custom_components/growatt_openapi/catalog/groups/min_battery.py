"""The battery of a MIN, and the one or two converters that charge and discharge it."""

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

# A converter that is not fitted reports odd temperatures, currents, codes and even a
# state of charge; only energy that went through it proves it.
CONVERTERS = {
    number: (f"bdc{number}ChargeTotal", f"bdc{number}DischargeTotal")
    for number in (1, 2)
}
BATTERY = (*CONVERTERS[1], "echargeTotal", "edischargeTotal")


def _everyday(number: int) -> tuple[GrowattSensor, ...]:
    """Return the sensor of one battery converter that is on."""
    soc = state_of_charge(f"battery{number}_soc", f"bdc{number}Soc")
    return proved_by(CONVERTERS[number], *battery_part(number, {"soc": soc}))


def _rest(number: int) -> tuple[GrowattSensor, ...]:
    """Return the sensors for the curious of one battery converter."""
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
    return proved_by(CONVERTERS[number], *battery_part(number, kinds))


def _converters(key: str, field: str) -> GrowattSensor:
    """Return a power of the battery, of both converters where there are two."""
    return power(
        key,
        *(f"bdc{number}{field}" for number in CONVERTERS),
        derived="sum",
        used_if={f"bdc2{field}": CONVERTERS[2]},
    )


BATTERY_EVERYDAY = (
    *proved_by(
        BATTERY,
        _converters("battery_charge_power", "ChargePower"),
        _converters("battery_discharge_power", "DischargePower"),
        state_of_charge("battery_soc", "bdc1Soc", "bmsSoc"),
        *internal(percentage("battery_soh", "bmsSoh", exists_if=("bmsSoh",))),
        energy("battery_charge_energy_today", "echargeToday"),
        energy("battery_charge_energy_total", "echargeTotal"),
        energy("battery_discharge_energy_today", "edischargeToday"),
        energy("battery_discharge_energy_total", "edischargeTotal"),
    ),
    *(one for number in CONVERTERS for one in _everyday(number)),
)

BATTERY_REST = (
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
        current("battery_current_limit", "bmsMaxCurr"),
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
    *(one for number in CONVERTERS for one in _rest(number)),
)
