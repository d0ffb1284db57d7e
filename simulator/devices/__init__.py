"""Devices: the simulated families, one file each."""
