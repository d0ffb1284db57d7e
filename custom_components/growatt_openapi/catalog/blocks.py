"""Sensors and groups of sensors that many families share."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from homeassistant.components.binary_sensor import BinarySensorDeviceClass
from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    EntityCategory,
    UnitOfApparentPower,
    UnitOfElectricCurrent,
    UnitOfElectricPotential,
    UnitOfEnergy,
    UnitOfFrequency,
    UnitOfPower,
    UnitOfRatio,
    UnitOfReactivePower,
    UnitOfTemperature,
    UnitOfTime,
)

from .descriptions import GrowattBinarySensor, GrowattDescription, GrowattSensor
from .snapshot import DataStatus

MEASUREMENT: Final = SensorStateClass.MEASUREMENT
UNIT_KILOOHM: Final = "kΩ"

last_update: Final = GrowattSensor(
    key="last_update",
    translation_key="last_update",
    attribute="updated",
    device_class=SensorDeviceClass.TIMESTAMP,
    entity_category=EntityCategory.DIAGNOSTIC,
)

data_source: Final = GrowattSensor(
    key="data_source",
    translation_key="data_source",
    attribute="status",
    device_class=SensorDeviceClass.ENUM,
    options=list(DataStatus),
    entity_category=EntityCategory.DIAGNOSTIC,
    entity_registry_enabled_default=False,
    always_available=True,
)

online: Final = GrowattBinarySensor(
    key="online",
    translation_key="online",
    attribute="online",
    device_class=BinarySensorDeviceClass.CONNECTIVITY,
    entity_category=EntityCategory.DIAGNOSTIC,
)


def sensor(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return a sensor whose texts stand under its key."""
    return GrowattSensor(
        **{"key": key, "translation_key": key, "fields": fields} | more
    )


def measurement(
    device_class: SensorDeviceClass | None, unit: str | None, precision: int
) -> dict[str, Any]:
    """Return what makes a sensor a measurement."""
    return {
        "device_class": device_class,
        "native_unit_of_measurement": unit,
        "state_class": MEASUREMENT,
        "suggested_display_precision": precision,
    }


def power(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return a power in W; its registers have 32 bits."""
    kind = measurement(SensorDeviceClass.POWER, UnitOfPower.WATT, 0)
    return sensor(key, *fields, **{"wide": True} | kind | more)


def energy(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return an energy in kWh that only counts up; its registers have 32 bits."""
    kind = {
        "device_class": SensorDeviceClass.ENERGY,
        "native_unit_of_measurement": UnitOfEnergy.KILO_WATT_HOUR,
        "state_class": SensorStateClass.TOTAL_INCREASING,
        "suggested_display_precision": 1,
        "wide": True,
    }
    return sensor(key, *fields, **kind | more)


def voltage(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return a voltage in V."""
    kind = measurement(SensorDeviceClass.VOLTAGE, UnitOfElectricPotential.VOLT, 1)
    return sensor(key, *fields, **kind | more)


def current(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return a current in A."""
    kind = measurement(SensorDeviceClass.CURRENT, UnitOfElectricCurrent.AMPERE, 1)
    return sensor(key, *fields, **kind | more)


def temperature(key: str, name: str, **more: Any) -> GrowattSensor:
    """Return a temperature in °C; a sensor that never showed anything but 0 is none."""
    kind = measurement(SensorDeviceClass.TEMPERATURE, UnitOfTemperature.CELSIUS, 1)
    own = {"signed": True, "exists_if": (name,), "negative_proves": True}
    return sensor(key, name, **own | kind | more)


def frequency(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return a frequency in Hz."""
    kind = measurement(SensorDeviceClass.FREQUENCY, UnitOfFrequency.HERTZ, 2)
    return sensor(key, *fields, **kind | more)


def power_factor(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return a power factor between 0 and 1; Growatt's -1 means "none"."""
    return sensor(
        key, *fields, **measurement(SensorDeviceClass.POWER_FACTOR, None, 2) | more
    )


def reactive_power(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return a reactive power in var, which may be negative."""
    unit = UnitOfReactivePower.VOLT_AMPERE_REACTIVE
    kind = measurement(SensorDeviceClass.REACTIVE_POWER, unit, 0)
    return sensor(key, *fields, **{"signed": True} | kind | more)


def apparent_power(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return an apparent power in VA."""
    unit = UnitOfApparentPower.VOLT_AMPERE
    kind = measurement(SensorDeviceClass.APPARENT_POWER, unit, 0)
    return sensor(key, *fields, **{"wide": True} | kind | more)


def percentage(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return a share in %."""
    kind = measurement(None, UnitOfRatio.PERCENTAGE, 0)
    return sensor(key, *fields, **kind | more)


def state_of_charge(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return how full a battery is, in %."""
    return percentage(
        key, *fields, **{"device_class": SensorDeviceClass.BATTERY} | more
    )


def milliamperes(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return a small current in mA."""
    unit = UnitOfElectricCurrent.MILLIAMPERE
    return current(key, *fields, **{"native_unit_of_measurement": unit} | more)


def insulation(key: str, *fields: str) -> GrowattSensor:
    """Return an insulation resistance in kΩ, for which no device class exists."""
    return sensor(key, *fields, **measurement(None, UNIT_KILOOHM, 0))


def code(key: str, *fields: str, **more: Any) -> GrowattSensor:
    """Return a number that stands for something, such as a fault."""
    return sensor(
        key, *fields, **{"wide": True, "suggested_display_precision": 0} | more
    )


def options(states: Mapping[int, str]) -> list[str]:
    """Return the text of each state once, in the order of the codes."""
    return list(dict.fromkeys(states.values()))


def faults(states: Mapping[int, str]) -> frozenset[float]:
    """Return the codes that stand for a fault."""
    return frozenset(code for code, state in states.items() if state == "fault")


def problem(
    *codes: str, states: Mapping[int, str], status_field: str = "status"
) -> GrowattBinarySensor:
    """Return whether a device reports a fault, by its codes or by its status."""
    return GrowattBinarySensor(
        key="problem",
        fields=(*codes, status_field),
        counts={status_field: faults(states)},
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
    )


def enumeration(key: str, name: str, states: Mapping[int, str]) -> GrowattSensor:
    """Return a field whose codes all have a text."""
    return sensor(
        key,
        name,
        device_class=SensorDeviceClass.ENUM,
        options=options(states),
        states=states,
    )


def status(states: Mapping[int, str]) -> GrowattSensor:
    """Return what a device is doing, in words."""
    return enumeration("status", "status", states)


def operating_time(name: str, unit: UnitOfTime) -> GrowattSensor:
    """Return a time of all days; it is not monotonic on some models, so no counter."""
    return sensor(
        "operating_time",
        name,
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=unit,
        suggested_unit_of_measurement=UnitOfTime.HOURS,
        suggested_display_precision=1,
        wide=True,
    )


def phase(
    name: str, *, voltage_field: str, current_field: str, dc_field: str
) -> tuple[GrowattSensor, ...]:
    """Return what is measured on one phase ("l1") of the output."""
    label = name.upper()
    kinds = {
        "ac_phase_voltage": voltage(f"ac_{name}_voltage", voltage_field),
        "ac_phase_current": current(f"ac_{name}_current", current_field),
        "dc_injection": milliamperes(
            f"dc_injection_{name}", dc_field, signed=True, wraps=6553.6
        ),
    }
    return proved_by(
        (voltage_field,), *(numbered(text, label, one) for text, one in kinds.items())
    )


def line_voltages() -> tuple[GrowattSensor, ...]:
    """Return the voltages between the phases of the output."""
    lines = {"l1_l2": "vacRs", "l2_l3": "vacSt", "l3_l1": "vacTr"}
    return tuple(
        numbered(
            "ac_line_voltage",
            name.upper().replace("_", "-"),
            *proved_by((field,), voltage(f"ac_{name}_voltage", field)),
        )
        for name, field in lines.items()
    )


def diagnostic(description: GrowattSensor) -> GrowattSensor:
    """Return a sensor as one for the curious that is on."""
    return replace(description, entity_category=EntityCategory.DIAGNOSTIC)


def internal(*descriptions: GrowattSensor) -> tuple[GrowattSensor, ...]:
    """Return sensors as ones for the curious, off until somebody wants them."""
    return tuple(
        replace(
            description,
            entity_category=EntityCategory.DIAGNOSTIC,
            entity_registry_enabled_default=False,
        )
        for description in descriptions
    )


def proved_by[DescriptionT: GrowattDescription](
    exists_if: Iterable[str], *descriptions: DescriptionT
) -> tuple[DescriptionT, ...]:
    """Return descriptions whose hardware these fields prove."""
    fields = tuple(exists_if)
    return tuple(replace(one, exists_if=fields) for one in descriptions)


def numbered(
    translation_key: str, number: int | str, description: GrowattSensor
) -> GrowattSensor:
    """Return one of several like sensors, which share one text with a number in it."""
    return replace(
        description,
        translation_key=translation_key,
        translation_placeholders={"number": str(number)},
    )


def pv_input(number: int, *, with_current: bool = True) -> tuple[GrowattSensor, ...]:
    """Return the sensors of one input; a floating voltage alone is no input."""
    names = {
        "power": power(f"pv{number}_power", f"ppv{number}"),
        **(
            {"current": current(f"pv{number}_current", f"ipv{number}")}
            if with_current
            else {}
        ),
        "energy_today": energy(f"pv{number}_energy_today", f"epv{number}Today"),
        "energy_total": energy(f"pv{number}_energy_total", f"epv{number}Total"),
    }
    floating = {"voltage": voltage(f"pv{number}_voltage", f"vpv{number}")}
    return internal(
        *proved_by(
            (field for one in names.values() for field in one.fields),
            *(
                numbered(f"pv_input_{kind}", number, description)
                for kind, description in (names | floating).items()
            ),
        )
    )
