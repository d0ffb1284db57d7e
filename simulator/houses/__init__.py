"""Houses: plants with their devices, built by name."""

from .catalog import HOUSES, MERCHANTS

__all__ = ["HOUSES", "MERCHANTS"]
