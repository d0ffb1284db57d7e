"""Groups of sensors of three-phase inverters with many strings: classic and MAX."""

from collections.abc import Iterable, Mapping

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfReactiveEnergy

from ..blocks import (
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
    milliamperes,
    numbered,
    percentage,
    phase,
    power,
    power_factor,
    proved_by,
    pv_input,
    reactive_power,
    sensor,
    status,
    temperature,
    voltage,
)
from ..descriptions import GrowattSensor
from .fault_codes import fault, warning

PHASES = {"l1": "r", "l2": "s", "l3": "t"}
PID_CHANNELS = {number: f"{letter}pe" for number, letter in enumerate("abcdefgh", 1)}
"""How the fields of the PID box (against degradation) end, by input."""


def _phase(name: str, letter: str) -> tuple[GrowattSensor, ...]:
    """Return what is measured on one phase of the output."""
    fields = (f"vac{letter}", f"iac{letter}", f"{letter}Dci")
    return (
        *phase(
            name, voltage_field=fields[0], current_field=fields[1], dc_field=fields[2]
        ),
        *proved_by(
            (fields[0],),
            numbered(
                "ac_phase_power",
                name.upper(),
                power(f"ac_{name}_power", f"pac{letter}"),
            ),
        ),
    )


def _external(name: str, letter: str) -> tuple[GrowattSensor, ...]:
    """Return what the option for harmonics and reactive power says of one phase."""
    found = {
        "external_ct_current": current(f"external_ct_{name}_current", f"cti{letter}"),
        "external_ct_harmonic_current": current(
            f"external_ct_{name}_harmonic_current", f"cthari{letter}"
        ),
        "external_ct_reactive_power": reactive_power(
            f"external_ct_{name}_reactive_power", f"ctq{letter}"
        ),
        "compensation_harmonic_current": current(
            f"compensation_{name}_harmonic_current", f"comphari{letter}"
        ),
        "compensation_reactive_power": reactive_power(
            f"compensation_{name}_reactive_power", f"compq{letter}"
        ),
    }
    return tuple(
        numbered(text, name.upper(), *proved_by(one.fields, one))
        for text, one in found.items()
    )


def string(number: int) -> tuple[GrowattSensor, ...]:
    """Return what is reported of one string; its current may fall below 0."""
    return proved_by(
        (f"currentString{number}",),
        numbered(
            "string_voltage",
            number,
            voltage(f"string{number}_voltage", f"vString{number}"),
        ),
        numbered(
            "string_current",
            number,
            current(f"string{number}_current", f"currentString{number}", signed=True),
        ),
    )


def _pid(number: int, ending: str) -> tuple[GrowattSensor, ...]:
    """Return what the box against degradation (PID) reports of one input."""
    fields = (f"vPidPv{ending}", f"iPidPv{ending}")
    return proved_by(
        fields,
        numbered("pid_voltage", number, voltage(f"pid{number}_voltage", fields[0])),
        numbered(
            "pid_current",
            number,
            current(f"pid{number}_current", fields[1], signed=True),
        ),
    )


def reactive_energy(*, today: str, total: tuple[str, ...]) -> tuple[GrowattSensor, ...]:
    """Return the reactive energies in kvarh, which the manual gives in kWh."""
    unit = UnitOfReactiveEnergy.KILO_VOLT_AMPERE_REACTIVE_HOUR
    kind = {
        "device_class": SensorDeviceClass.REACTIVE_ENERGY,
        "native_unit_of_measurement": unit,
        "state_class": SensorStateClass.TOTAL_INCREASING,
        "suggested_display_precision": 1,
        "wide": True,
    }
    return proved_by(
        total,
        sensor("reactive_energy_today", today, **kind),
        sensor("reactive_energy_total", *total, **kind),
    )


def everyday(
    states: Mapping[int, str], *, inputs: Iterable[int], today: str, total: str
) -> tuple[GrowattSensor, ...]:
    """Return the sensors that are on; the families count the output differently."""
    return (
        status(states),
        power("ac_power", "pac"),
        power("pv_power", "ppv"),
        energy("energy_today", today),
        energy("energy_total", total),
        *proved_by(
            ("epvTotal",),
            energy(
                "pv_energy_today",
                *(f"epv{number}Today" for number in inputs),
                derived="sum",
            ),
            energy("pv_energy_total", "epvTotal"),
        ),
        diagnostic(temperature("temperature", "temperature")),
        fault("faultType"),
        last_update,
        data_source,
    )


def rest(
    *, inputs: Iterable[int], strings: Iterable[int], pid_channels: Mapping[int, str]
) -> tuple[GrowattSensor, ...]:
    """Return the sensors for the curious that both families have."""
    return internal(
        *(one for number in inputs for one in pv_input(number)),
        *(one for name, letter in PHASES.items() for one in _phase(name, letter)),
        *line_voltages(),
        *(one for number in strings for one in string(number)),
        *(one for name, letter in PHASES.items() for one in _external(name, letter)),
        *(one for number, end in pid_channels.items() for one in _pid(number, end)),
        *proved_by(("pidBus",), voltage("pid_bus_voltage", "pidBus")),
        frequency("grid_frequency", "fac"),
        power_factor("power_factor", "pf"),
        *(
            numbered(
                "temperature_numbered",
                number,
                temperature(f"temperature_{number}", f"temperature{number}"),
            )
            for number in range(2, 6)
        ),
        temperature("power_module_temperature", "ipmTemperature"),
        voltage("dc_bus_positive_voltage", "pBusVoltage"),
        voltage("dc_bus_negative_voltage", "nBusVoltage"),
        milliamperes("leakage_current", "gfci"),
        insulation("insulation_resistance", "pvIso"),
        percentage("output_share", "realOPPercent"),
        *proved_by(("opFullwatt",), power("full_output_power", "opFullwatt")),
        code("derating_mode", "deratingMode"),
        code("fault_subcode_1", "faultCode1"),
        code("fault_subcode_2", "faultCode2"),
        code("fault_code", "faultType"),
        code("warning_code", "warnCode"),
        warning("warnCode"),
        code("pid_fault_code", "pidFaultCode"),
    )
