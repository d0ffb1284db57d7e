"""Tests of the energy counters."""
