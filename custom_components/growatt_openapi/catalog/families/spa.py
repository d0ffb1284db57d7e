"""SPA storage beside another inverter (type 6, V4 `spa`)."""

from homeassistant.const import UnitOfTime

from ...api import Family
from ..blocks import (
    apparent_power,
    current,
    data_source,
    diagnostic,
    energy,
    internal,
    last_update,
    numbered,
    online,
    operating_time,
    power,
    problem,
    proved_by,
    status,
    temperature,
    voltage,
)
from ..groups.fault_codes import fault
from ..groups.hybrid import (
    METER_EVERYDAY,
    PHASES,
    REST as SHARED_REST,
    STATES,
    backup,
    battery_everyday,
    each_by_itself,
)
from ..profile import Profile

EVERYDAY = (
    status(STATES),
    power("ac_power", "pac"),
    energy("energy_today", "eacToday"),
    energy("energy_total", "eacTotal"),
    # An SPA has no panels; it measures the inverter beside it.
    *proved_by(
        ("ppvInverter", "epvInverterTotal"),
        power("pv_power", "ppvInverter"),
        energy("pv_energy_today", "epvInverterToday"),
        energy("pv_energy_total", "epvInverterTotal"),
    ),
    *METER_EVERYDAY,
    # V1 and V4 spell them differently.
    *battery_everyday(
        {
            "today": ("edischarge1Today", "edischargeToday"),
            "total": ("edischarge1Total", "edischargeTotal"),
        }
    ),
    diagnostic(temperature("temperature", "temp1")),
    fault("faultCode"),
    last_update,
    data_source,
)

REST = internal(
    *SHARED_REST,
    *each_by_itself(
        numbered(
            "ac_phase_apparent_power",
            "L1",
            apparent_power("ac_l1_apparent_power", "pac1"),
        )
    ),
    *backup(
        *(
            numbered(
                "backup_phase_voltage",
                name.upper(),
                voltage(f"backup_{name}_voltage", f"upsVac{number}"),
            )
            for number, name in ((2, "l2"), (3, "l3"))
        ),
        *(
            numbered(
                "backup_phase_current",
                name.upper(),
                current(f"backup_{name}_current", f"upsIac{number}"),
            )
            for number, name in enumerate(PHASES, start=1)
        ),
    ),
    operating_time("timeTotal", UnitOfTime.SECONDS),
)

SPA = Profile(
    family=Family.SPA,
    name="SPA",
    models="SPA TL BL and SPA TL3 BH, beside another inverter",
    sensors=EVERYDAY + REST,
    binary_sensors=(online, problem("faultCode", "errorCode", states=STATES)),
)
