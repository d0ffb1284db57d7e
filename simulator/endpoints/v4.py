"""V4 endpoints; they serve all families alike, by the name of the type."""

from collections.abc import Callable
from datetime import timedelta

from ..devices.base import Device, Snapshot
from ..routing import Call, Refused, Route
from ..wire import V4_TEXTS, Json, v4_success

PAGE_SIZE = 100
LARGEST_BATCH = 100

WRONG_TYPE = 7
OFFLINE = 5
NO_SERIAL = 8
NO_PAGE = 10
TOO_MANY_SERIALS = 11
NO_PERMISSION = 12
TOO_SOON = 100
TOO_OFTEN = 102

TYPES = frozenset(
    {"inv", "storage", "max", "sph", "spa", "min", "wit", "sph-s", "noah", "hes"}
)
"""All types of V4, and a future type."""


def _readable(call: Call) -> dict[str, Device]:
    """Return the devices that the token may read through V4, by serial."""
    devices = call.devices.items()
    return {
        serial: device
        for serial, device in devices
        if device.v4_type and not device.v4_refused
    }


def device_list(call: Call) -> Json:
    """Return the devices of all plants of the token, 100 a page."""
    text = call.params.get("page", "").strip()
    if not text.isdecimal():
        raise Refused(NO_PAGE)
    rows = [
        {
            "deviceType": device.v4_type,
            "deviceSn": device.serial,
            "datalogSn": device.logger.serial,
            "createDate": f"{device.plant.site.start} 10:00:00.0",
        }
        for device in _readable(call).values()
    ]
    page, pages = max(int(text), 1), max(1, -(-len(rows) // PAGE_SIZE))
    start = (page - 1) * PAGE_SIZE
    return v4_success(
        {
            "pages": pages,
            "pageSize": PAGE_SIZE,
            "count": len(rows),
            "other": None,
            "notPager": False,
            "data": rows[start : start + PAGE_SIZE],
            "lastPager": page >= pages,
            "startCount": start,
        }
    )


def _batch(fields: Callable[[Device, Snapshot], Json]) -> Callable[[Call], Json]:
    """Return an endpoint about up to 100 devices of a type."""

    def answer(call: Call) -> Json:
        """Return a list under the name of the type, with the permitted devices."""
        serials = [serial.strip() for serial in call.named().split(",")]
        type_name = call.params.get("deviceType", "")
        if type_name not in TYPES:
            raise Refused(WRONG_TYPE)
        if len(serials) > LARGEST_BATCH:
            raise Refused(TOO_MANY_SERIALS)
        readable = _readable(call)
        devices = [readable[serial] for serial in serials if serial in readable]
        if not devices:
            raise Refused(NO_PERMISSION)
        rows = [
            fields(device, snapshot)
            for device in devices
            if device.v4_type == type_name and (snapshot := device.snapshot())
        ]
        return v4_success({type_name: rows})

    return answer


def wifi_signal(call: Call) -> Json:
    """Return the signal of a device's logger in dBm, in place of the message."""
    device = _readable(call).get(call.named())
    if device is None:
        raise Refused(NO_PERMISSION)
    if device.v4_type != call.params.get("deviceType"):
        raise Refused(WRONG_TYPE)
    if device.lost:
        raise Refused(OFFLINE)
    return v4_success(V4_TEXTS[0]) | {"message": str(device.logger.signal)}


ROUTES = (
    Route(
        verb="POST",
        path="new-api/queryDeviceList",
        answer=device_list,
        pause=timedelta(seconds=5),
        too_often=TOO_SOON,
    ),
    Route(
        verb="POST",
        path="new-api/queryDeviceInfo",
        answer=_batch(lambda device, snapshot: device.v4_details(snapshot)),
        key="deviceSn",
        empty=NO_SERIAL,
        too_often=TOO_OFTEN,
    ),
    Route(
        verb="POST",
        path="new-api/queryLastData",
        pauses={"noah": timedelta(minutes=1)},
        answer=_batch(lambda device, snapshot: device.v4_last(snapshot)),
        key="deviceSn",
        empty=NO_SERIAL,
        too_often=TOO_OFTEN,
    ),
    Route(
        verb="POST",
        path="new-api/getWiFiSignalByDevice",
        answer=wifi_signal,
        key="deviceSn",
        empty=NO_SERIAL,
        pause=timedelta(seconds=5),
        too_often=TOO_OFTEN,
    ),
)
