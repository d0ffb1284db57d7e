"""V1 endpoints of the ATESS storage devices HPS, PCS and PBD."""

from datetime import timedelta

from ...devices.atess import Atess
from ...devices.hps import Hps
from ...devices.pbd import Pbd
from ...devices.pcs import Pcs
from ...routing import SHORT, Route
from .common import one_device


def _routes[FamilyT: Atess](
    family: type[FamilyT],
    *,
    last_pause: timedelta = Route.pause,
    details_pause: timedelta = Route.pause,
) -> tuple[Route, ...]:
    """Return the endpoints of a family; their answers end in another order."""
    path, serial = f"device/{family.kind}/{family.kind}", f"{family.kind}_sn"
    begin, error = ("data", "dataloggerSn"), ("error_msg", "error_code")
    return (
        Route(
            verb="GET",
            path=f"{path}_data_info",
            answer=one_device(family, family.details, *begin, *error, "device_sn"),
            key="device_sn",
            empty=10003,
            missing=10002,
            pause=details_pause,
        ),
        Route(
            verb="POST",
            path=f"{path}_last_data",
            answer=one_device(family, family.last, *begin, serial, *error),
            key=serial,
            empty=10003,
            missing=10002,
            pause=last_pause,
        ),
    )


ROUTES = (
    *_routes(Hps, last_pause=SHORT, details_pause=SHORT),
    *_routes(Pbd, details_pause=SHORT),
    *_routes(Pcs),
)
