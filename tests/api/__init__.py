"""Tests of the client against the simulated cloud; they need no Home Assistant."""
