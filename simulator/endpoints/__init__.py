"""Endpoints of the cloud, by path."""

from . import (
    devices,
    families,
    history,
    plant_management,
    plants,
    registration,
    users,
    v4,
)

ROUTES = {
    route.path: route
    for module in (
        plants,
        devices,
        history,
        users,
        plant_management,
        registration,
        v4,
        families,
    )
    for route in module.ROUTES
}
