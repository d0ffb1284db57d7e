"""Off-grid and AC storage: SPF, SP (device type 2, V4 `storage`)."""

from ...api import Family
from ..blocks import (
    code,
    current,
    data_source,
    diagnostic,
    frequency,
    internal,
    last_update,
    numbered,
    online,
    percentage,
    power,
    problem,
    proved_by,
    status,
    temperature,
    voltage,
)
from ..descriptions import GrowattSensor
from ..groups.hybrid import each_by_itself
from ..groups.storage_battery import BATTERY_EVERYDAY, BATTERY_REST
from ..groups.storage_counters import OFF_GRID, counters
from ..profile import Profile

# The manual has 0 to 4 for last data. Its details go on from 5, where they do not
# contradict it; off-grid models may send those here too.
STATES = {
    0: "normal",
    1: "charging",
    2: "discharging",
    3: "fault",
    4: "updating",
    5: "updating",
    **dict.fromkeys(range(6, 12), "charging"),
    12: "bypass",
    13: "discharging",
    14: "discharging",
}
# The first of several has no number in the names of its fields.
INPUTS = {1: "", 2: "2"}
PHASES = {1: "", 2: "2", 3: "3"}


def _pv_input(number: int, end: str) -> tuple[GrowattSensor, ...]:
    """Return the sensors of one input; a floating voltage alone is no input."""
    kinds = {
        "power": power(f"pv{number}_power", f"ppv{end}"),
        "voltage": voltage(f"pv{number}_voltage", f"vpv{end}"),
        # Where it goes to the battery; nothing else is measured of the second.
        "charge_current": current(f"pv{number}_charge_current", f"iChargePV{number}"),
    }
    if not end:
        kinds["current"] = current("pv1_current", "ipv")
    energies = counters(f"pv{number}_energy", f"epv{{}}{end}")
    kinds |= dict(zip(("energy_today", "energy_total"), energies, strict=True))
    return proved_by(
        (f"ppv{end}", f"epvTotal{end}"),
        *(numbered(f"pv_input_{text}", number, one) for text, one in kinds.items()),
    )


def _phase(number: int, end: str) -> tuple[GrowattSensor, ...]:
    """Return what is measured on one phase of output, input and generator."""
    name = f"l{number}"
    kinds = {
        "ac_phase_voltage": voltage(f"ac_{name}_voltage", f"outPutVolt{end}"),
        "ac_phase_current": current(f"ac_{name}_current", f"outPutCurrent{end}"),
        "ac_phase_power": power(f"ac_{name}_power", f"outPutPower{number}"),
        "output_phase_share": percentage(
            f"output_{name}_share", f"loadPercent{number}"
        ),
        # Off-grid models have a field of their own for it.
        "grid_phase_voltage": voltage(
            f"grid_{name}_voltage", f"vGrid{end}", *(() if end else ("vac",))
        ),
        "grid_import_phase_power": power(
            f"grid_import_{name}_power", f"pAcInPut{number}"
        ),
        "ac_charge_phase_current": current(
            f"ac_charge_{name}_current", f"iAcCharge{number}"
        ),
        "generator_phase_power": power(
            f"generator_{name}_power", f"eGenDischrPower{number}"
        ),
        "generator_phase_voltage": voltage(
            f"generator_{name}_voltage", f"genVolt{end}"
        ),
        "generator_phase_current": current(
            f"generator_{name}_current", f"genCurrent{number}"
        ),
    }
    return each_by_itself(
        *(numbered(text, name.upper(), one) for text, one in kinds.items())
    )


EVERYDAY = (
    status(STATES),
    power("pv_power", *(f"ppv{end}" for end in INPUTS.values()), derived="sum"),
    *counters("pv_energy", *(f"epv{{}}{end}" for end in INPUTS.values())),
    *proved_by(
        ("outPutPower", "pAcOutPut", "eopDischrTotal"),
        power("ac_power", "outPutPower", "pAcOutPut"),
        # All that comes out of an off-grid inverter is what the house takes.
        power("load_power", "outPutPower"),
        *counters("energy_load", "eopDischr{}"),
    ),
    # Off the grid, mains is an input that charges, or goes past to the output; what
    # the fields of a meter hold there is never written.
    *proved_by(
        (
            "pacToUser",
            "pAcInPut",
            "eToUserToday",
            "eacChargeTotal",
            "eacDisChargeTotal",
        ),
        power(
            "grid_import_power",
            "pacToUser",
            "pAcInPut",
            ignored_if={"pacToUser": OFF_GRID},
        ),
        *counters(
            "energy_import",
            "eToUser{}",
            "eacCharge{}",
            "eacDisCharge{}",
            used_if={"eacCharge{}": OFF_GRID, "eacDisCharge{}": OFF_GRID},
            ignored_if={"eToUser{}": OFF_GRID},
        ),
    ),
    *proved_by(
        # Its counters hold numbers where nothing was ever exported.
        ("pacToGrid",),
        power("grid_export_power", "pacToGrid"),
        *counters("energy_export", "eToGrid{}"),
    ),
    *BATTERY_EVERYDAY,
    diagnostic(temperature("temperature", "temperature")),
    last_update,
    data_source,
)

REST = internal(
    *(one for number, end in INPUTS.items() for one in _pv_input(number, end)),
    *(one for number, end in PHASES.items() for one in _phase(number, end)),
    *each_by_itself(
        percentage("output_share", "loadPercent"),
        frequency("grid_frequency", "freqGrid"),
        frequency("ac_frequency", "freqOutPut"),
        current("grid_import_current", "iacToUser"),
        current("grid_export_current", "iacToGrid"),
        power("ac_charge_power", "pAcCharge"),
        current("ac_charge_current", "iAcCharge"),
        numbered("dc_bus_voltage", 1, voltage("dc_bus_1_voltage", "vBus")),
        *(
            numbered(
                "buck_voltage", number, voltage(f"buck{number}_voltage", f"vBuck{end}")
            )
            for number, end in INPUTS.items()
        ),
    ),
    *proved_by(("eacChargeTotal",), *counters("ac_charge_energy", "eacCharge{}")),
    *proved_by(("eacDisChargeTotal",), *counters("bypass_energy", "eacDisCharge{}")),
    *proved_by(
        ("eGenDischrPower", "eGenDischrTotal"),
        power("generator_power", "eGenDischrPower"),
        current("generator_current", "genCurrent"),
        *counters("generator_energy", "eGenDischr{}"),
    ),
    *BATTERY_REST,
    temperature("power_module_temperature", "ipmTemperature"),
    temperature("inverter_temperature", "invTemperature"),
    temperature("dc_converter_temperature", "dcDcTemperature"),
    temperature("llc_temperature", "llctemperature"),
    temperature("ambient_temperature", "envTemperature"),
    *(
        numbered(
            "buck_temperature",
            number,
            temperature(f"buck{number}_temperature", f"buck{number}_NTCTemperature"),
        )
        for number in INPUTS
    ),
    code("fault_code", "faultCode"),
    code("error_code", "errorCode"),
    code("warning_code", "warnCode"),
    *each_by_itself(
        *(
            numbered(
                "warning_code_numbered",
                number,
                code(f"warning_code_{number}", f"warnCode{number}"),
            )
            for number in (2, 3)
        )
    ),
)

STORAGE = Profile(
    family=Family.STORAGE,
    name="Storage",
    models="SPF off-grid inverters, SP 2000 and SP 3000",
    sensors=EVERYDAY + REST,
    binary_sensors=(online, problem("faultCode", "errorCode", states=STATES)),
)
