"""A month of trouble in minutes: a real Home Assistant on a clock that leaps."""
