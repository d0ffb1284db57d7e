"""Soak test: 30 simulated days of faults in minutes, with Home Assistant's recorder."""
