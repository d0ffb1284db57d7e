"""V1 answers that the families share: of a single device, and of a batch."""

from collections.abc import Callable

from ...devices.base import Device, Snapshot
from ...routing import NO_PRIVILEGE, SYSTEM_ERROR, Call, Refused
from ...wire import Json

LARGEST_BATCH = 100
PAGES = {"1", "2"}

DETAIL_ROOTS = ("device_sn", "dataloggerSn", "data")


def one_device[FamilyT: Device](
    family: type[FamilyT], fields: Callable[[FamilyT, Snapshot], Json], *roots: str
) -> Callable[[Call], Json]:
    """Return an endpoint about a single device, with the keys of its root in order."""

    def answer(call: Call) -> Json:
        """Return the device's fields, or empty data before its first report."""
        device = call.device(family)
        snapshot = device.snapshot()
        values = {
            "dataloggerSn": device.logger.serial,
            "data": fields(device, snapshot) if snapshot else "",
            "error_code": 0,
            "error_msg": "",
        }
        envelope = (*roots, "error_code", "error_msg")
        return {root: values.get(root, device.serial) for root in envelope}

    return answer


def batch(family: type[Device], *roots: str) -> Callable[[Call], Json]:
    """Return the endpoint of the last records of up to 100 devices.

    Serials without data, of another owner or another family are echoed in the list
    and missing in the data; without any permitted one the call is refused.
    """

    def answer(call: Call) -> Json:
        """Return the records, each below its serial twice."""
        serials = [serial.strip() for serial in call.named().split(",")]
        page = call.params.get("pageNum", "")
        if len(serials) > LARGEST_BATCH or page not in PAGES:
            raise Refused(SYSTEM_ERROR)
        visible = call.devices
        own = [visible[serial] for serial in serials if serial in visible]
        fitting = [device for device in own if isinstance(device, family)]
        if not fitting:
            known = any(call.cloud.find(serial) for serial in serials)
            raise Refused(NO_PRIVILEGE if known else call.route.missing)
        records = {
            device.serial: {
                "dataloggerSn": device.logger.serial,
                device.serial: device.last(snapshot),
            }
            for device in fitting
            if page == "1" and (snapshot := device.snapshot())
        }
        values = {"data": records, "pageNum": int(page)}
        envelope = {root: values.get(root, serials) for root in (*roots, "pageNum")}
        return envelope | {"error_code": 0, "error_msg": ""}

    return answer
