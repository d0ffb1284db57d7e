"""V1 endpoints of GroBoost."""

from ...devices.groboost import GroBoost
from ...routing import SHORT, Route
from .common import batch, one_device

ROOTS = ("data", "dataloggerSn")
ENDING = ("error_msg", "error_code")

ROUTES = (
    Route(
        verb="GET",
        path="device/boost/boost_data_info",
        answer=one_device(GroBoost, GroBoost.details, *ROOTS, *ENDING, "device_sn"),
        key="device_sn",
        empty=10003,
        missing=10002,
        pause=SHORT,
    ),
    Route(
        verb="POST",
        path="device/boost/boost_last_data",
        answer=one_device(GroBoost, GroBoost.last, *ROOTS, "boost_sn", *ENDING),
        key="boost_sn",
        empty=10003,
        missing=10002,
        pause=SHORT,
    ),
    Route(
        verb="POST",
        path="device/boost/boosts_data",
        answer=batch(GroBoost, "boosts", "pageNum", "data"),
        key="boosts",
        empty=10002,
        missing=10005,
        pause=SHORT,
    ),
)
