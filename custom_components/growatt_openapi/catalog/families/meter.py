"""Smart meters on the bus of a data logger (V1 only).

The manual does not say which way the active power counts, so it stays one signed
number; import and export come from the fields that name a direction. Which fields a
meter fills depends on its model, the others stay 0: each proves only itself.
"""

from collections.abc import Mapping

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfReactiveEnergy

from ...api import Family
from ..blocks import (
    apparent_power,
    code,
    current,
    data_source,
    energy,
    frequency,
    internal,
    last_update,
    numbered,
    online,
    percentage,
    power,
    power_factor,
    proved_by,
    reactive_power,
    voltage,
)
from ..descriptions import GrowattSensor
from ..groups.hybrid import each_by_itself
from ..profile import Profile

UNIT_APPARENT_ENERGY = "kVAh"
# Phase, then what the other models call it.
PHASES = {1: "a", 2: "b", 3: "c"}
# Line, then voltage, voltage as other models call it, distortion.
LINES = {
    "l1_l2": ("l1Voltage2", "voltageUab", "l1VoltageHarmonic2"),
    "l2_l3": ("l2Voltage3", "voltageUbc", "l2VoltageHarmonic3"),
    "l3_l1": ("l3Voltage1", "voltageUca", "l3VoltageHarmonic1"),
}
POWERS = ("posiActivePower", "reverActivePower", "reverseInstantlyTotalActivePower")
ENERGIES = (
    "positiveActiveTodayEnergy",
    "positiveActiveTotalEnergy",
    "reverseActiveTodayEnergy",
    "reverseActiveTotalEnergy",
    "reverseActiveEnergy",
)
TARIFFS = {"peak": "Feng", "flat": "Ping", "valley": "Gu", "shoulder": "Bo"}
BOTH_WAYS = {"signed": True, "negative_proves": True}
# An import less an export goes both ways too.
NET = BOTH_WAYS | {"state_class": SensorStateClass.TOTAL}


def reactive_energy(key: str, field: str, **more: object) -> GrowattSensor:
    """Return a reactive energy in kvarh."""
    unit = UnitOfReactiveEnergy.KILO_VOLT_AMPERE_REACTIVE_HOUR
    kind = {
        "device_class": SensorDeviceClass.REACTIVE_ENERGY,
        "native_unit_of_measurement": unit,
    }
    return energy(key, field, **kind | more)


def apparent_energy(key: str, field: str) -> GrowattSensor:
    """Return an apparent energy in kVAh, for which no device class exists."""
    unit = UNIT_APPARENT_ENERGY
    return energy(key, field, device_class=None, native_unit_of_measurement=unit)


def phase(number: int, letter: str) -> tuple[GrowattSensor, ...]:
    """Return what may be measured on one phase."""
    name, wire = f"l{number}", f"L{number}"
    # The first phase has names of its own on some models.
    volts, amperes = (
        ((f"{letter}Voltage",), (f"{letter}Current",)) if number == 1 else ((), ())
    )
    kinds = {
        "meter_phase_power": power(
            f"meter_{name}_power",
            f"activePower{wire}",
            f"{letter}ActivePower",
            **BOTH_WAYS,
        ),
        "ac_phase_reactive_power": reactive_power(
            f"ac_{name}_reactive_power",
            f"reactivePower{wire}",
            f"{letter}ReactivePower",
            negative_proves=True,
        ),
        "ac_phase_apparent_power": apparent_power(
            f"ac_{name}_apparent_power", f"apparentPower{wire}"
        ),
        "ac_phase_power_factor": power_factor(
            f"ac_{name}_power_factor",
            f"powerFactor{wire}",
            f"{letter}PowerFactor",
            **BOTH_WAYS,
        ),
        "ac_phase_voltage": voltage(
            f"ac_{name}_voltage", f"voltage{wire}", f"voltageU{letter}", *volts
        ),
        "ac_phase_current": current(
            f"ac_{name}_current",
            f"current{wire}",
            f"currentI{letter}",
            *amperes,
            **BOTH_WAYS,
        ),
        "ac_phase_current_demand": current(
            f"ac_{name}_current_demand", f"current{wire}Need"
        ),
        "ac_phase_largest_current_demand": current(
            f"ac_{name}_largest_current_demand", f"current{wire}MaxNeed"
        ),
        "ac_phase_voltage_distortion": percentage(
            f"ac_{name}_voltage_distortion",
            f"{name}VoltageHarmonic",
            f"thdv{number}",
            suggested_display_precision=1,
        ),
        "ac_phase_current_distortion": percentage(
            f"ac_{name}_current_distortion",
            f"{name}CurrentHarmonic",
            f"thdi{number}",
            suggested_display_precision=1,
        ),
        "active_phase_energy_total": energy(
            f"active_energy_{name}_total", f"totalActiveEnergy{wire}"
        ),
        "reactive_phase_energy_total": reactive_energy(
            f"reactive_energy_{name}_total", f"totalReactiveEnergy{wire}"
        ),
    }
    return tuple(numbered(text, wire, one) for text, one in kinds.items())


def line(name: str, fields: tuple[str, str, str]) -> tuple[GrowattSensor, ...]:
    """Return what may be measured between two phases."""
    *volts, distortion = fields
    kinds = {
        "ac_line_voltage": voltage(f"ac_{name}_voltage", *volts),
        "ac_line_voltage_distortion": percentage(
            f"ac_{name}_voltage_distortion", distortion, suggested_display_precision=1
        ),
    }
    label = name.upper().replace("_", "-")
    return tuple(numbered(text, label, one) for text, one in kinds.items())


def demands(fields: Mapping[str, tuple[str, ...]]) -> tuple[GrowattSensor, ...]:
    """Return averages of a power over the span that a tariff looks at."""
    return tuple(power(key, *names) for key, names in fields.items())


EVERYDAY = (
    *each_by_itself(
        power("meter_power", "activePower", "instantlyTotalActivePower", **BOTH_WAYS)
    ),
    *proved_by(
        POWERS,
        power("grid_import_power", "posiActivePower"),
        power(
            "grid_export_power", "reverActivePower", "reverseInstantlyTotalActivePower"
        ),
    ),
    *proved_by(
        ENERGIES,
        energy("energy_import_today", "positiveActiveTodayEnergy"),
        energy("energy_import_total", "positiveActiveTotalEnergy"),
        energy("energy_export_today", "reverseActiveTodayEnergy"),
        energy(
            "energy_export_total", "reverseActiveTotalEnergy", "reverseActiveEnergy"
        ),
    ),
    *each_by_itself(
        energy("meter_energy_today", "todayEnergy"),
        energy("meter_energy_total", "totalEnergy"),
        energy("active_energy_total", "activeEnergy"),
    ),
    last_update,
    data_source,
)

POWER_REST = (
    reactive_power(
        "reactive_power",
        "reactivePower",
        "instantlyTotalReactivePower",
        negative_proves=True,
    ),
    reactive_power("import_reactive_power", "posiReactivePower"),
    reactive_power("export_reactive_power", "reverReactivePower"),
    *(
        numbered(
            "combined_reactive_power",
            number,
            reactive_power(
                f"combined_reactive_power_{number}",
                f"combinedReactivePower{number}",
                negative_proves=True,
            ),
        )
        for number in (1, 2)
    ),
    apparent_power(
        "apparent_power", "apparentPower", "instantaneousTotalApparentPower"
    ),
    power_factor("power_factor", "powerFactor", "exPowerFactor", **BOTH_WAYS),
    voltage("ac_voltage", "voltage"),
    current("ac_current", "current", **BOTH_WAYS),
    frequency("grid_frequency", "gridFrequency", "frequency"),
    *(
        percentage(key, field, suggested_display_precision=1)
        for key, field in {
            "voltage_distortion": "voltageHarmonicAvg",
            "line_voltage_distortion": "lineVoltageHarmonicAvg",
            "current_distortion": "currentHarmonicAvg",
        }.items()
    ),
)

ENERGY_REST = (
    energy("meter_energy_month", "monthEnergy"),
    energy("grid_side_energy_total", "gridEnergy"),
    energy("user_side_energy_total", "userEnergy"),
    *(
        energy(f"tariff_{name}_energy_total", f"feiLv{wire}ZEnergy")
        for name, wire in TARIFFS.items()
    ),
    energy("net_energy_total", "netTotalEnergy", "activeNetTotalEnergy", **NET),
    energy("net_energy_import_total", "posiActiveNetTotalEnergy", **NET),
    energy("net_energy_export_total", "reverActiveNetTotalEnergy", **NET),
    reactive_energy("reactive_energy_total", "reactiveEnergy"),
    reactive_energy("net_reactive_energy_total", "reactiveNetTotalEnergy", **NET),
    reactive_energy(
        "net_reactive_energy_import_total", "posiReactiveNetTotalEnergy", **NET
    ),
    reactive_energy(
        "net_reactive_energy_export_total", "reverReactiveNetTotalEnergy", **NET
    ),
    apparent_energy("apparent_energy_total", "apparentEnergy"),
    apparent_energy("apparent_energy_export_total", "reverApparentEnergy"),
)

DEMAND_REST = (
    *demands(
        {
            "power_demand": (
                "activePowerNeed",
                "activePowerNeedOne",
                "currentActiveDemand",
            ),
            "largest_power_demand": ("activePowerMaxNeed", "activePowerMaxNeedOne"),
            "import_demand": ("forwardActiveNeed",),
            "largest_import_demand": ("forwardActiveMaxNeed",),
            "export_demand": ("reverseActiveNeed",),
            "largest_export_demand": ("reverseActiveMaxNeed",),
        }
    ),
    reactive_power("reactive_power_demand", "currentReactiveDemand"),
    apparent_power("apparent_power_demand", "apparentEnergyNeed"),
    apparent_power("largest_apparent_power_demand", "apparentEnergyMaxNeed"),
    current("current_demand", "currentNeed"),
    current("largest_current_demand", "currentMaxNeed"),
    current("neutral_current_demand", "zeroLineNeed"),
    current("largest_neutral_current_demand", "zeroLineMaxNeed"),
)

REST = internal(
    *each_by_itself(
        *(one for number, letter in PHASES.items() for one in phase(number, letter)),
        *(one for name, fields in LINES.items() for one in line(name, fields)),
        *POWER_REST,
        *ENERGY_REST,
        *DEMAND_REST,
        code("warning_code", "alarmCode"),
    )
)

METER = Profile(
    family=Family.METER,
    name="Smart meter",
    models="SDM, CHNT and Growatt smart meters on the bus of a data logger",
    sensors=EVERYDAY + REST,
    binary_sensors=(online,),
)
