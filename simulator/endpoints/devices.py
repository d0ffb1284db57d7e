"""V1 endpoints about the devices and data loggers of a plant."""

from datetime import datetime, timedelta

from ..devices.base import Device
from ..model import Plant
from ..place import Logger
from ..routing import NO_PLANT, Call, Route
from ..wire import Json, date_text, java_date, recorded, v1_success, zone_text


def _device_row(device: Device, v1_type: int) -> Json:
    """Return the row of a device in device/list, for one of its types."""
    snapshot = device.snapshot()
    return {
        "device_sn": device.serial,
        "last_update_time": date_text(snapshot.wall) if snapshot else "",
        "model": device.model_text,
        "lost": device.lost,
        "status": device.list_status(),
        "manufacturer": "Growatt",
        "device_id": device.device_id,
        "datalogger_sn": device.logger.serial,
        "type": v1_type,
    }


def device_list(call: Call) -> Json:
    """Return the devices of a plant, paged."""
    plant = call.plant()
    rows = [
        _device_row(device, v1_type)
        for device in plant.devices
        for v1_type in device.listed_types
    ]
    rows += [device.plant_row() for device in plant.bus]
    return v1_success({"count": len(rows), "devices": call.page(rows)})


def _plant_record(call: Call, plant: Plant) -> Json:
    """Return the internal plant record that datalogger/list carries along."""
    created = datetime.combine(plant.created, datetime.min.time(), plant.tz)
    return recorded("plant_record") | {
        "treeID": f"PLANT_{plant.plant_id}",
        "timezoneText": zone_text(plant.zone).replace("+", " "),
        "timezone": plant.zone,
        "city": plant.address.city,
        "country": plant.address.country,
        "nominalPower": round(plant.peak_kw * 1000),
        "nominalPowerStr": f"{plant.peak_kw:g}kWp",
        "plantName": plant.name,
        "treeName": plant.name,
        "plantAddress": plant.address.street,
        "userAccount": call.owner(plant).name,
        "createDateText": plant.created.isoformat(),
        "createDate": java_date(created),
        "plant_lat": plant.shown_position[0],
        "plant_lng": plant.shown_position[1],
        "id": plant.plant_id,
    }


def _logger_row(plant: Plant, logger: Logger) -> Json:
    """Return a data logger; its time is a true instant with half a second."""
    behind = (*plant.devices, *plant.bus)
    devices = [device for device in behind if device.logger is logger]
    updated = plant.last_upload(devices)
    shown = (updated or plant.clock()) + timedelta(milliseconds=500)
    return {
        "last_update_time": java_date(shown),
        "model": logger.model,
        "sn": logger.serial,
        "lost": plant.is_lost(updated),
        "manufacturer": "Growatt",
        "type": 0,
        "netmode": logger.network,
    }


def datalogger_list(call: Call) -> Json:
    """Return the loggers of a plant, paged, beside a record of the plant."""
    plant = call.plant()
    rows = [_logger_row(plant, logger) for logger in call.page(plant.loggers)]
    return v1_success(
        {
            "peak_power_actual": _plant_record(call, plant),
            "count": len(plant.loggers),
            "dataloggers": rows,
        }
    )


NO_SUCH_SERIAL: Json = {
    "result": 0,
    "msg": "other",
    "obj": 4,
    "deviceType": 0,
    "dtc": 0,
    "haveMeter": False,
    "inSystem": False,
    "model": "",
    "normalPower": 0,
}


def check_sn(call: Call) -> Json:
    """Return the kind of device or logger of a serial, without an envelope."""
    serial = call.params.get("sn") or call.params.get("dataloggerSn", "")
    if device := call.cloud.find(serial):
        return NO_SUCH_SERIAL | {
            "result": 1,
            "msg": "inverter",
            "obj": 1,
            "deviceType": device.check_type,
            "dtc": device.dtc,
            "haveMeter": device.meter,
            "inSystem": True,
            "model": device.commercial_name,
            "normalPower": device.rated,
        }
    unregistered = [found.logger for found in call.cloud.unregistered.sets]
    for logger in (*call.cloud.loggers, *unregistered):
        if logger.serial == serial:
            found = {"result": 1, "msg": "datalog", "obj": 3, "model": logger.model}
            return NO_SUCH_SERIAL | found
    return NO_SUCH_SERIAL


ROUTES = (
    Route(
        verb="GET",
        path="device/list",
        answer=device_list,
        key="plant_id",
        empty=10002,
        missing=10003,
        missing_text=NO_PLANT,
    ),
    Route(
        verb="GET",
        path="device/datalogger/list",
        answer=datalogger_list,
        key="plant_id",
        empty=10002,
        missing=10003,
        missing_text=NO_PLANT,
    ),
    Route(verb="GET", path="device/check/sn", answer=check_sn),
)
