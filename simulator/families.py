"""All endpoints the simulated cloud serves: those for all, and those of one family."""

from importlib import import_module

from . import (
    history_calls,
    plant_calls,
    register_calls,
    setup_calls,
    user_calls,
    v4_calls,
)

FAMILIES = (
    "environment",
    "groboost",
    "hps",
    "inverter",
    "max",
    "meter",
    "min",
    "pbd",
    "pcs",
    "spa",
    "sph",
    "storage",
)
"""The modules of the families that V1 knows; V4 serves all families alike."""

ROUTES = {
    route.path: route
    for table in (
        plant_calls,
        history_calls,
        user_calls,
        setup_calls,
        register_calls,
        v4_calls,
        *(import_module(f".devices.{name}", __package__) for name in FAMILIES),
    )
    for route in table.ROUTES
}
