"""A solar cloud on the loopback address that speaks the vendor's language."""

from .clock import SimulatedClock
from .cloud import Received, SimulatedCloud
from .server import serve

__all__ = ["Received", "SimulatedClock", "SimulatedCloud", "serve"]
