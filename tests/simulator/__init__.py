"""Tests of the simulated cloud; they need no Home Assistant."""
