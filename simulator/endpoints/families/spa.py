"""V1 endpoints of SPA."""

from ...devices.spa import Spa
from ...routing import SHORT, Route
from .common import DETAIL_ROOTS, batch, one_device

ROUTES = (
    Route(
        verb="GET",
        path="device/spa/spa_data_info",
        answer=one_device(Spa, Spa.details, *DETAIL_ROOTS),
        key="device_sn",
        empty=10003,
        missing=10002,
    ),
    Route(
        verb="POST",
        path="device/spa/spa_last_data",
        answer=one_device(Spa, Spa.last, "dataloggerSn", "data", "spa_sn"),
        key="spa_sn",
        empty=10003,
        missing=10002,
        pause=SHORT,
    ),
    Route(
        verb="POST",
        path="device/spa/spas_data",
        answer=batch(Spa, "data", "spas"),
        key="spas",
        empty=10002,
        missing=10005,
        pause=SHORT,
    ),
)
