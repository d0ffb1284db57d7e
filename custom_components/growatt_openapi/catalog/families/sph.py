"""SPH hybrids with a battery of their own (type 5, V4 `sph`, V1 `mix`)."""

from homeassistant.const import UnitOfTime

from ...api import Family
from ..blocks import (
    apparent_power,
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
    pv_input,
    status,
    temperature,
    voltage,
)
from ..groups.external_pv import external_pv
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

INPUTS = (1, 2)

EVERYDAY = (
    status(STATES),
    power("ac_power", "pac"),
    power("pv_power", "ppv"),
    energy("energy_today", "eacToday"),
    energy("energy_total", "eacTotal"),
    *proved_by(
        ("epvTotal",),
        # Older answers lack the cloud's own sum, and a published one is no sum.
        energy(
            "pv_energy_today",
            *(f"epv{number}Today" for number in INPUTS),
            derived="sum",
        ),
        energy("pv_energy_total", "epvTotal"),
    ),
    *METER_EVERYDAY,
    *battery_everyday({"today": ("edischarge1Today",), "total": ("edischarge1Total",)}),
    diagnostic(temperature("temperature", "temp1")),
    fault("faultCode"),
    last_update,
    data_source,
)

REST = internal(
    *(one for number in INPUTS for one in pv_input(number, with_current=False)),
    *SHARED_REST,
    *each_by_itself(
        *(
            numbered(
                "ac_phase_apparent_power",
                name.upper(),
                apparent_power(f"ac_{name}_apparent_power", f"pac{number}"),
            )
            for number, name in enumerate(PHASES, start=1)
        ),
    ),
    *backup(
        *(
            numbered(
                "backup_phase_voltage",
                name.upper(),
                voltage(f"backup_{name}_voltage", f"epsVac{number}"),
            )
            for number, name in ((2, "l2"), (3, "l3"))
        )
    ),
    *external_pv(1, ""),
    operating_time("timeTotal", UnitOfTime.SECONDS),
)

SPH = Profile(
    family=Family.SPH,
    name="SPH",
    models="SPH 3000 to 10000, SPH TL BL-UP and SPH TL3 BH-UP",
    sensors=EVERYDAY + REST,
    binary_sensors=(online, problem("faultCode", "errorCode", states=STATES)),
)
