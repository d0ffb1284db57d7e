"""ATESS families PCS, HPS and PBD: common states, units, battery and phases.

Growatt states neither units nor signs for them. A battery's power counts as charge
where it is positive, as the name of its field says, and so does its current.
"""

from collections.abc import Callable, Mapping
from typing import Any

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import (
    UnitOfApparentPower,
    UnitOfPower,
    UnitOfReactivePower,
    UnitOfTime,
)

from ..blocks import (
    apparent_power,
    code,
    current,
    energy,
    insulation,
    internal,
    numbered,
    power,
    proved_by,
    reactive_power,
    sensor,
    state_of_charge,
    temperature,
    voltage,
)
from ..descriptions import GrowattSensor
from .hybrid import each_by_itself

# A device that is lost says -1; whether it is online tells that already.
STATES = {0: "waiting", 2: "normal", 3: "fault"}
ALARMS = ("alarmCode1", "alarmCode2")
PHASES = ("l1", "l2", "l3")
LINES = ("l1_l2", "l2_l3", "l3_l1")

TIME_UNITS = {"today": UnitOfTime.MINUTES, "total": UnitOfTime.HOURS}


def kilowatts(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return a power that comes in kW, and is shown in W as everywhere else."""
    units = {
        "native_unit_of_measurement": UnitOfPower.KILO_WATT,
        "suggested_unit_of_measurement": UnitOfPower.WATT,
    }
    return power(key, *fields, **units | more)


def kilovars(key: str, field: str) -> GrowattSensor:
    """Return a reactive power that comes in kvar, and is shown in var."""
    return reactive_power(
        key,
        field,
        native_unit_of_measurement=UnitOfReactivePower.KILO_VOLT_AMPERE_REACTIVE,
        suggested_unit_of_measurement=UnitOfReactivePower.VOLT_AMPERE_REACTIVE,
    )


def kilovolt_amperes(key: str, field: str) -> GrowattSensor:
    """Return an apparent power that comes in kVA, and is shown in VA."""
    return apparent_power(
        key,
        field,
        native_unit_of_measurement=UnitOfApparentPower.KILO_VOLT_AMPERE,
        suggested_unit_of_measurement=UnitOfApparentPower.VOLT_AMPERE,
    )


def both_ways(
    make: Callable[..., GrowattSensor], there: str, back: str, *fields: str, **more: Any
) -> tuple[GrowattSensor, ...]:
    """Return the powers in both directions, by the sign of one quantity."""
    return (
        make(there, *fields, side="positive", **more),
        make(back, *fields, side="negative", **more),
    )


def battery_everyday(
    *powers: GrowattSensor, charged: str, discharged: str
) -> tuple[GrowattSensor, ...]:
    """Return the battery's everyday sensors; fields of its energies of all time."""
    return proved_by(
        ("capacity", charged, discharged),
        *powers,
        # Published answers hold numbers far above 100 here.
        state_of_charge("battery_soc", "capacity", max_value=100),
        energy("battery_charge_energy_today", "eChargeToday"),
        energy("battery_charge_energy_total", charged),
        energy("battery_discharge_energy_today", "eDischargeToday"),
        energy("battery_discharge_energy_total", discharged),
    )


def flow_energies(kinds: Mapping[str, str]) -> tuple[GrowattSensor, ...]:
    """Return energies of the day and of all time; beginnings of fields by key."""
    return tuple(
        one
        for key, field in kinds.items()
        for one in proved_by(
            (f"{field}Total",),
            energy(f"{key}_today", f"{field}Today"),
            energy(f"{key}_total", f"{field}Total"),
        )
    )


def times(kinds: Mapping[str, tuple[str, str]]) -> tuple[GrowattSensor, ...]:
    """Return for how long something was done; fields of day and all time by key."""
    return each_by_itself(
        *(
            sensor(
                f"{key}_{span}",
                field,
                device_class=SensorDeviceClass.DURATION,
                native_unit_of_measurement=TIME_UNITS[span],
                suggested_display_precision=1,
                wide=True,
            )
            for key, fields in kinds.items()
            for span, field in zip(TIME_UNITS, fields, strict=True)
        )
    )


def three(
    names: tuple[str, ...],
    key: str,
    make: Callable[..., GrowattSensor],
    *fields: str,
    text: str,
) -> tuple[GrowattSensor, ...]:
    """Return one quantity of each phase, or between each two phases."""
    return each_by_itself(
        *(
            numbered(
                text,
                name.upper().replace("_", "-"),
                make(key.format(name), field),
            )
            for name, field in zip(names, fields, strict=True)
        )
    )


def pv_input(number: int, *, volts: str, amperes: str) -> tuple[GrowattSensor, ...]:
    """Return what is measured of one input, which only its power proves."""
    field = f"ppv{number}"
    kinds = {
        "power": power(f"pv{number}_power", field),
        "voltage": voltage(f"pv{number}_voltage", volts),
        "current": current(f"pv{number}_current", amperes),
    }
    return internal(
        *proved_by(
            (field,),
            *(numbered(f"pv_input_{kind}", number, one) for kind, one in kinds.items()),
        )
    )


def insulations(kinds: Mapping[str, tuple[str, str]]) -> tuple[GrowattSensor, ...]:
    """Return resistances against earth; positive and negative field by key."""
    return each_by_itself(
        *(
            insulation(f"{key}{side}_insulation", field)
            for key, fields in kinds.items()
            for side, field in zip(("positive", "negative"), fields, strict=True)
        )
    )


TEMPERATURES = tuple(
    numbered(
        "temperature_numbered",
        number,
        temperature(f"temperature_{number}", f"temp{number}"),
    )
    for number in range(2, 7)
)

DC_BUS = each_by_itself(
    voltage(
        "dc_bus_voltage",
        "bvbus",
        # The text under its own name is that of one of several buses.
        translation_key="dc_bus_whole_voltage",
    ),
)

DC_BUS_HALVES = each_by_itself(
    voltage("dc_bus_positive_voltage", "bvbusPosi"),
    voltage("dc_bus_negative_voltage", "bvbusNega"),
)

BATTERY_REST = each_by_itself(
    current("battery_charge_current_limit", "maxChargeCurr"),
    current("battery_discharge_current_limit", "maxDischargeCurr"),
    voltage("battery_highest_cell_voltage", "maxVolt", suggested_display_precision=3),
    voltage("battery_lowest_cell_voltage", "minVolt", suggested_display_precision=3),
    temperature("battery_highest_cell_temperature", "maxTemp"),
    temperature("battery_lowest_cell_temperature", "minTemp"),
)

ALARM_CODES = tuple(
    numbered("alarm_code", number, code(f"alarm_code_{number}", field))
    for number, field in enumerate(ALARMS, start=1)
)
