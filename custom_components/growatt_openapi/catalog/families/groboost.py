"""GroBoost, which heats water with spare power (device type 11, V1 only)."""

from ...api import Family
from ..blocks import (
    code,
    current,
    data_source,
    energy,
    frequency,
    internal,
    last_update,
    numbered,
    online,
    power,
    power_factor,
    proved_by,
    temperature,
    voltage,
)
from ..descriptions import GrowattSensor
from ..groups.hybrid import each_by_itself
from ..profile import Profile

CHANNELS = ("a", "b", "c")

EVERYDAY = (
    # The field named power stays 0; the channels have it.
    *proved_by(
        (*(f"{letter}ppv" for letter in CHANNELS), "totalEneny"),
        power(
            "consumed_power",
            *(f"{letter}ppv" for letter in CHANNELS),
            derived="sum",
        ),
        energy("consumed_energy_total", "totalEneny"),
    ),
    temperature("temperature", "temperature"),
    last_update,
    data_source,
)


def channel(letter: str) -> tuple[GrowattSensor, ...]:
    """Return what may be measured on one channel."""
    name = f"channel_{letter}"
    kinds = {
        "channel_power": power(f"{name}_power", f"{letter}ppv"),
        "channel_energy_total": energy(f"{name}_energy_total", f"{letter}totalEnergy"),
        "channel_voltage": voltage(f"{name}_voltage", f"{letter}vpv"),
        "channel_current": current(f"{name}_current", f"{letter}ipv"),
        "channel_frequency": frequency(f"{name}_frequency", f"{letter}freq"),
    }
    heat = temperature(f"{name}_temperature", f"{letter}temp")
    label = letter.upper()
    return (
        *each_by_itself(*(numbered(text, label, one) for text, one in kinds.items())),
        numbered("channel_temperature", label, heat),
    )


REST = internal(
    *(one for letter in CHANNELS for one in channel(letter)),
    *each_by_itself(
        numbered("channel_power", "D", power("channel_d_power", "dpower")),
        numbered(
            "channel_energy_total",
            "D",
            energy("channel_d_energy_total", "dtotalEnergy"),
        ),
        power("target_power", "targetPower"),
        voltage("ac_voltage", "voltage"),
        current("ac_current", "current"),
        power_factor("power_factor", "powerFactor"),
    ),
    numbered("temperature_numbered", 2, temperature("temperature_2", "temp")),
    code("status_code", "status"),
)

GROBOOST = Profile(
    family=Family.GROBOOST,
    name="GroBoost",
    models="GroBoost",
    sensors=EVERYDAY + REST,
    binary_sensors=(online,),
)
