"""The energies of SPF and SP storage, whose counters are not all ever written."""

from collections.abc import Mapping

from ..blocks import energy
from ..descriptions import GrowattSensor

OFF_GRID = ("eopDischrTotal", "eacDisChargeTotal", "eBatDisChargeTotal")
"""What only an off-grid inverter counts: output, mains that goes past, battery."""

# What is never written can read as millions of kWh; the largest model has 12 kW.
SPANS = {"today": ("Today", 500), "total": ("Total", 1_000_000)}


def counters(
    key: str,
    *names: str,
    used_if: Mapping[str, tuple[str, ...]] | None = None,
    ignored_if: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[GrowattSensor, ...]:
    """Return an energy of the day and of all time, the sum of all that count.

    The names of the fields have {} where they say the span.
    """
    return tuple(
        energy(
            f"{key}_{span}",
            *(name.format(end) for name in names),
            derived="sum",
            max_value=most,
            used_if=_named(used_if or {}, end),
            ignored_if=_named(ignored_if or {}, end),
        )
        for span, (end, most) in SPANS.items()
    )


def _named(
    conditions: Mapping[str, tuple[str, ...]], end: str
) -> dict[str, tuple[str, ...]]:
    """Return conditions by the names that fields have in a span."""
    return {name.format(end): fields for name, fields in conditions.items()}
