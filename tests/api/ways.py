"""The ways to the readings of devices: closing some, and seeing which were asked."""

from collections.abc import Awaitable, Callable

from custom_components.growatt_openapi.api import Latest, Reading
from simulator import SimulatedCloud

V4_READINGS = "new-api/queryLastData"
V4_DETAILS = "new-api/queryDeviceInfo"
MIN_BATCH = "device/tlx/tlxs_data"
MIN_SINGLE = "device/tlx/tlx_last_data"
MIN_DETAILS = "device/tlx/tlx_data_info"
MAX_BATCH = "device/max/maxs_data"
MAX_SINGLE = "device/max/max_last_data"
MAX_DETAILS = "device/max/max_data_info"
SPA_BATCH = "device/spa/spas_data"
SPA_SINGLE = "device/spa/spa_last_data"
SPA_DETAILS = "device/spa/spa_data_info"
SPH_BATCH = "device/mix/mixs_data"
SPH_SINGLE = "device/mix/mix_last_data"
SPH_DETAILS = "device/mix/mix_data_info"
STORAGE_SINGLE = "device/storage/storage_last_data"
STORAGE_DETAILS = "device/storage/storage_data_info"
HPS_SINGLE = "device/hps/hps_last_data"
HPS_DETAILS = "device/hps/hps_data_info"
PBD_SINGLE = "device/pbd/pbd_last_data"
PBD_DETAILS = "device/pbd/pbd_data_info"
PCS_SINGLE = "device/pcs/pcs_last_data"
PCS_DETAILS = "device/pcs/pcs_data_info"
INVERTER_BATCH = "device/inverter/invs_data"
INVERTER_SINGLE = "device/inverter/last_new_data"
INVERTER_DETAILS = "device/inverter/inv_data_info"

# The three MIN of the house "duo".
A, B, C = "SIM7100003", "SIM7100005", "SIM7100006"

ROUND = 301
"""Seconds between two rounds of readings."""
HOUR = 3600
DAY = 24 * HOUR

_WAYS = {
    V4_READINGS: ("v4", "deviceSn"),
    MIN_BATCH: ("batch", "tlxs"),
    MIN_SINGLE: ("single", "tlx_sn"),
}

type Close = Callable[[SimulatedCloud], None]
type Round = Callable[[], Awaitable[tuple[Latest[Reading], list[str]]]]


def open_all(cloud: SimulatedCloud) -> None:
    """Leave all ways open."""


def close_v4(cloud: SimulatedCloud) -> None:
    """Refuse V4 to the token, as Growatt does for some."""
    cloud.v4_allowed = False


def close_batches(cloud: SimulatedCloud) -> None:
    """Refuse V4 and the batches of V1."""
    close_v4(cloud)
    for path in (MIN_BATCH, MAX_BATCH, SPA_BATCH, SPH_BATCH, INVERTER_BATCH):
        cloud.faults.add("code", path=path, code=10011)


def ways(cloud: SimulatedCloud) -> list[str]:
    """Return the ways to readings of MIN that were asked, with the last digits."""
    found = []
    for request in cloud.requests:
        word, parameter = _WAYS[request.path]
        serials = request.params[parameter].split(",")
        found.append(" ".join([word, *(serial[-1] for serial in serials)]))
    return found
