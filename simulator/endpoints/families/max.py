"""V1 endpoints of MAX, MID and MAC."""

from ...devices.max import Max
from ...routing import Route
from .common import DETAIL_ROOTS, batch, one_device

ROUTES = (
    Route(
        verb="GET",
        path="device/max/max_data_info",
        answer=one_device(Max, Max.details, *DETAIL_ROOTS),
        key="device_sn",
        empty=10003,
        missing=10002,
    ),
    Route(
        verb="POST",
        path="device/max/max_last_data",
        answer=one_device(Max, Max.last, "max_sn", *DETAIL_ROOTS),
        key="max_sn",
        empty=10003,
        missing=10002,
    ),
    Route(
        verb="POST",
        path="device/max/maxs_data",
        answer=batch(Max, "maxs", "data"),
        key="maxs",
        empty=10002,
        missing=10005,
    ),
)
