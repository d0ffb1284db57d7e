"""V1 endpoints of storage inverters (SPF)."""

from ...devices.storage import Storage
from ...routing import SHORT, Route
from .common import DETAIL_ROOTS, one_device

ROUTES = (
    Route(
        verb="GET",
        path="device/storage/storage_data_info",
        answer=one_device(Storage, Storage.details, *DETAIL_ROOTS),
        key="device_sn",
        empty=10003,
        missing=10002,
        pause=SHORT,
    ),
    Route(
        verb="POST",
        path="device/storage/storage_last_data",
        answer=one_device(Storage, Storage.last, *DETAIL_ROOTS),
        key="storage_sn",
        empty=10003,
        missing=10002,
        pause=SHORT,
    ),
)
