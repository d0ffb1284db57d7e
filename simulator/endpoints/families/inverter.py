"""V1 endpoints of classic inverters."""

from ...devices.inverter import Inverter
from ...routing import Route
from .common import DETAIL_ROOTS, batch, one_device

ROUTES = (
    Route(
        verb="GET",
        path="device/inverter/inv_data_info",
        answer=one_device(Inverter, Inverter.details, *DETAIL_ROOTS),
        key="device_sn",
    ),
    Route(
        verb="GET",
        path="device/inverter/last_new_data",
        answer=one_device(Inverter, Inverter.last, *DETAIL_ROOTS),
        key="device_sn",
    ),
    Route(
        verb="POST",
        path="device/inverter/invs_data",
        answer=batch(Inverter, "inverters", "data"),
        key="inverters",
    ),
)
