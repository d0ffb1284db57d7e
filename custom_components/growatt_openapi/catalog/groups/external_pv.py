"""External PV: measurements of another inverter in the same house."""

from ..blocks import energy, numbered, power, proved_by
from ..descriptions import GrowattSensor


def external_pv(number: int, suffix: str) -> tuple[GrowattSensor, ...]:
    """Return what is measured of another inverter; its fields end in the suffix."""
    kinds = {
        "power": power(f"external_pv{number}_power", f"pex{suffix}"),
        "energy_today": energy(
            f"external_pv{number}_energy_today", f"eex{suffix}Today"
        ),
        "energy_total": energy(
            f"external_pv{number}_energy_total", f"eex{suffix}Total"
        ),
    }
    return proved_by(
        (f"pex{suffix}", f"eex{suffix}Total"),
        *(numbered(f"external_pv_{text}", number, one) for text, one in kinds.items()),
    )
