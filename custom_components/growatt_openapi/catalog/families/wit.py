"""WIT and WIS commercial hybrids with up to three batteries (V4 `wit` only)."""

from dataclasses import replace

from ...api import Family
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
    online,
    percentage,
    phase,
    power,
    power_factor,
    problem,
    proved_by,
    pv_input,
    reactive_power,
    state_of_charge,
    status,
    temperature,
    voltage,
)
from ..descriptions import GrowattSensor
from ..groups.battery_part import battery_part
from ..groups.external_pv import external_pv
from ..groups.fault_codes import fault, warning
from ..groups.hybrid import SELF_CONSUMPTION, each_by_itself, meter_everyday
from ..groups.string_inverter import string
from ..profile import Profile

# The table, with 2 for a fault, is that of MIN; most other families have 3.
STATES = {0: "waiting", 1: "normal", 2: "fault", 3: "fault"}
INPUTS = range(1, 11)
STRINGS = range(1, 21)
PHASES = {
    1: ("l1", "rDci", "iacLoad"),
    2: ("l2", "sDci", "iacsLoad"),
    3: ("l3", "tDci", "iactLoad"),
}
# The fields of the first battery have no number where those of the others have one.
BATTERIES = {1: "", 2: "2", 3: "3"}
# Only energy that went through a battery proves it.
PROOF = {
    number: (f"echarge{number}Total", f"edischarge{number}Total")
    for number in BATTERIES
}
LARGEST_INSULATION = 60_000
"""In kΩ; what is above means "beyond measure"."""


def _both_ways(prefix: str, *fields: str) -> tuple[GrowattSensor, GrowattSensor]:
    """Return the power into and out of batteries.

    The manual gives no sign; in Growatt's Modbus protocol charging is positive.
    """
    return (
        power(f"{prefix}_charge_power", *fields, derived="sum", side="positive"),
        power(f"{prefix}_discharge_power", *fields, derived="sum", side="negative"),
    )


def _soc(number: int) -> tuple[GrowattSensor, ...]:
    """Return how full one battery is."""
    field = f"soc{BATTERIES[number]}"
    soc = state_of_charge(f"battery{number}_soc", field)
    return proved_by(PROOF[number], *battery_part(number, {"soc": soc}))


EVERYDAY = (
    status(STATES),
    power("ac_power", "pac"),
    power("pv_power", "ppv"),
    energy("energy_today", "eacToday"),
    energy("energy_total", "eacTotal"),
    *proved_by(
        ("epvTotal",),
        energy("pv_energy_today", "epvToday"),
        energy("pv_energy_total", "epvTotal"),
    ),
    *meter_everyday("etoGridTotal"),
    *proved_by(
        (field for fields in PROOF.values() for field in fields),
        *_both_ways("battery", *(f"batPower{end}" for end in BATTERIES.values())),
        # It is that of the first battery; of the others nothing else tells.
        state_of_charge("battery_soc", "soc"),
        *(
            energy(
                f"battery_{way}_energy_{span}",
                *(f"e{way}{number}{span.title()}" for number in BATTERIES),
                derived="sum",
            )
            for way in ("charge", "discharge")
            for span in ("today", "total")
        ),
    ),
    *(one for number in (2, 3) for one in _soc(number)),
    *each_by_itself(*internal(percentage("battery_soh", "soh"))),
    diagnostic(temperature("temperature", "temp1")),
    fault("faultCode"),
    last_update,
    data_source,
)


def _battery(number: int, end: str) -> tuple[GrowattSensor, ...]:
    """Return the sensors of one battery; only the later ones tell of their cells."""
    key = f"battery{number}"
    charge, discharge = _both_ways(key, f"batPower{end}")
    kinds = {
        "charge_power": charge,
        "discharge_power": discharge,
        **{
            f"{way}_energy_{span}": energy(
                f"{key}_{way}_energy_{span}", f"e{way}{number}{span.title()}"
            )
            for way in ("charge", "discharge")
            for span in ("today", "total")
        },
        "voltage": voltage(
            f"{key}_voltage",
            f"vbat{end}",
            f"bmsBatVol{end}" if end else "bmsBatteryVolt",
        ),
    }
    own = {
        "soh": percentage(f"{key}_soh", f"soh{end}"),
        **(_cells(number) if end else {}),
    }
    return (
        *proved_by(PROOF[number], *battery_part(number, kinds)),
        *each_by_itself(*battery_part(number, own)),
    )


def _cells(number: int) -> dict[str, GrowattSensor]:
    """Return what is told of the highest and the lowest cell of a battery."""
    result: dict[str, GrowattSensor] = {}
    for name, field in (("highest", "Max"), ("lowest", "Min")):
        cell = f"battery{number}_{name}_cell"
        result |= {
            f"{name}_cell_voltage": voltage(
                f"{cell}_voltage",
                f"bmsSell{field}Vol{number}",
                suggested_display_precision=3,
            ),
            f"{name}_cell_temperature": temperature(
                f"{cell}_temperature", f"bms{field}Temp{number}"
            ),
        }
    return result


def _phase(
    number: int, name: str, injected: str, drawn: str
) -> tuple[GrowattSensor, ...]:
    """Return what is measured on one phase of output, load and generator."""
    kinds = {
        "ac_phase_power": power(f"ac_{name}_power", f"pac{number}"),
        "load_phase_current": current(f"load_{name}_current", drawn),
        "generator_phase_voltage": voltage(
            f"generator_{name}_voltage", f"genPort{number}Volt"
        ),
    }
    return (
        *phase(
            name,
            voltage_field=f"vac{number}",
            current_field=f"iac{number}",
            dc_field=injected,
        ),
        *each_by_itself(
            *(numbered(text, name.upper(), one) for text, one in kinds.items())
        ),
    )


REST = internal(
    *(one for number in INPUTS for one in pv_input(number)),
    *(one for number in STRINGS for one in string(number)),
    *(one for number, names in PHASES.items() for one in _phase(number, *names)),
    *line_voltages(),
    frequency("grid_frequency", "fac"),
    power_factor("power_factor", "pf"),
    *_soc(1),
    *(one for battery in BATTERIES.items() for one in _battery(*battery)),
    *each_by_itself(
        voltage("battery_voltage", "vbat", "bmsBatteryVolt"),
        voltage("battery_dsp_voltage", "vBatDsp"),
        percentage("battery_lowest_module_soc", "bSysMinSoc"),
        percentage("battery_highest_module_soc", "bSysMaxSoc"),
        power("generator_power", "genPower"),
        voltage("pid_bus_voltage", "pidBus"),
        voltage("dc_bus_positive_voltage", "vBusP"),
        voltage("dc_bus_negative_voltage", "vBusN"),
        power("full_output_power", "opFullwatt"),
        reactive_power("largest_reactive_power", "reactPowerMax"),
    ),
    *proved_by(
        ("acChargeEnergyTotal",),
        energy("ac_charge_energy_today", "acChargeEnergyToday"),
        energy("ac_charge_energy_total", "acChargeEnergyTotal"),
    ),
    *SELF_CONSUMPTION,
    # Without another inverter its energies hold nonsense.
    *proved_by(("pex",), *external_pv(1, "")),
    reactive_power("reactive_power", "reactPower"),
    *(
        numbered(
            "temperature_numbered",
            number,
            temperature(f"temperature_{number}", f"temp{number}"),
        )
        for number in (2, 3)
    ),
    milliamperes("leakage_current", "gfci"),
    replace(
        insulation("insulation_resistance", "pvIso"),
        max_value=LARGEST_INSULATION,
    ),
    percentage("output_share", "realOPPercent"),
    code("derating_mode", "deratingMode"),
    code("fault_code", "faultCode"),
    code("error_code", "errorCode"),
    code("warning_code", "warnCode"),
    code("warning_subcode", "warnCode1"),
    warning("warnCode"),
    code("pid_fault_code", "pidFaultCode"),
)

WIT = Profile(
    family=Family.WIT,
    name="WIT",
    models="WIT and WIS",
    sensors=EVERYDAY + REST,
    binary_sensors=(online, problem("faultCode", "errorCode", states=STATES)),
)
