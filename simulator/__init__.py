"""Simulator: a Growatt cloud on the loopback address, by the vendor's manual."""

from .clock import SimulatedClock
from .cloud import Received, SimulatedCloud
from .server import serve

__all__ = ["Received", "SimulatedClock", "SimulatedCloud", "serve"]
