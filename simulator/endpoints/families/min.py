"""V1 endpoints of MIN, which they call TLX."""

from ...devices.min import Min
from ...routing import Route
from .common import DETAIL_ROOTS, batch, one_device

ROUTES = (
    Route(
        verb="GET",
        path="device/tlx/tlx_data_info",
        answer=one_device(Min, Min.details, *DETAIL_ROOTS),
        key="device_sn",
        empty=10003,
        missing=10002,
    ),
    Route(
        verb="POST",
        path="device/tlx/tlx_last_data",
        answer=one_device(Min, Min.last, "dataloggerSn", "data", "tlx_sn"),
        key="tlx_sn",
        empty=10003,
        missing=10002,
    ),
    Route(
        verb="POST",
        path="device/tlx/tlxs_data",
        answer=batch(Min, "data", "tlxs"),
        key="tlxs",
        empty=10002,
        missing=10005,
    ),
    Route(
        verb="GET",
        path="device/tlx/tlx_set_info",
        answer=one_device(Min, Min.settings, *DETAIL_ROOTS),
        key="device_sn",
        empty=10003,
        missing=10002,
    ),
)
