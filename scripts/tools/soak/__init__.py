"""A month of trouble in minutes: Home Assistant with a recorder, on a clock that leaps."""
