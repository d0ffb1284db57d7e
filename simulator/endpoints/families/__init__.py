"""V1 endpoints of the device families; V4 serves all families alike."""

from . import atess, bus, groboost, inverter, max, min, spa, sph, storage  # noqa: A004

ROUTES = (
    *bus.ROUTES,
    *groboost.ROUTES,
    *atess.ROUTES,
    *inverter.ROUTES,
    *max.ROUTES,
    *min.ROUTES,
    *spa.ROUTES,
    *sph.ROUTES,
    *storage.ROUTES,
)
