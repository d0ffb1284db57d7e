"""Soak: days of incidents in minutes, with Home Assistant and its recorder."""
