"""Measuring: a Home Assistant with an integration, on a clock that skips idle time."""
