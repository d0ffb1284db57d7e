"""V1 endpoints of SPH, which they call MIX."""

from ...devices.sph import Sph
from ...routing import SHORT, Route
from .common import DETAIL_ROOTS, batch, one_device

ROUTES = (
    Route(
        verb="GET",
        path="device/mix/mix_data_info",
        answer=one_device(Sph, Sph.details, *DETAIL_ROOTS),
        key="device_sn",
        empty=10003,
        missing=10002,
    ),
    Route(
        verb="POST",
        path="device/mix/mix_last_data",
        answer=one_device(Sph, Sph.last, "dataloggerSn", "data", "mix_sn"),
        key="mix_sn",
        empty=10003,
        missing=10002,
        pause=SHORT,
    ),
    Route(
        verb="POST",
        path="device/mix/mixs_data",
        answer=batch(Sph, "mixs", "data"),
        key="mixs",
        empty=10002,
        missing=10005,
        pause=SHORT,
    ),
)
