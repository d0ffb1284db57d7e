"""Faults of the cloud, for a path, a serial, a number of times."""

from .active import LOST, Faults
from .rule import Rule

__all__ = ["LOST", "Faults", "Rule"]
