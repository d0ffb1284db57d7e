"""V1 endpoints that register and look up data loggers and devices."""

from datetime import datetime, time

from ..devices.base import Device
from ..model import Plant
from ..place import Logger
from ..routing import (
    NO_PAUSE,
    NO_PLANT,
    NO_PRIVILEGE,
    SYSTEM_ERROR,
    Call,
    Refused,
    Route,
)
from ..unregistered import LoggerSet
from ..wire import Json, date_text, v1_success

NO_USER = 10005
SERIAL_WRONG = 10002
ALREADY_ADDED = 10003
NOT_IN_PLANT = 10004
WRONG_CODE = 10002
TAKEN_TEXT = "error_snIsExist"
SERIAL_LENGTH = 10
LARGEST_BATCH = 100

ADD_TEXTS = {
    SERIAL_WRONG: "error_Collector serial number error",
    ALREADY_ADDED: "error_Collector already exists",
    10004: NO_PLANT,
    NO_USER: "error_User does not exist",
    10006: "error_User ID is empty",
}


def _target(call: Call) -> Plant:
    """Return the plant that something is to be added to."""
    plant_id = call.required("plant_id", SERIAL_WRONG)
    call.required("c_user_id", 10006)
    plant = call.plant_by_id(plant_id, 10004)
    if plant not in call.user(empty=10006, missing=NO_USER).plants:
        raise Refused(NO_PRIVILEGE)
    return plant


def _register(call: Call, plant: Plant, hardware: list[LoggerSet]) -> Json:
    """Register loggers; their devices appear once the loggers are online."""
    moment = call.cloud.clock.now() + call.cloud.online_after
    for logger_set in hardware:
        call.cloud.unregistered.register(logger_set, plant, moment)
    return {"error_code": 0, "error_msg": ""}


def add_logger(call: Call) -> Json:
    """Add a data logger to a plant."""
    plant, serial = _target(call), call.required("sn", SERIAL_WRONG)
    if call.cloud.find_logger(serial):
        raise Refused(ALREADY_ADDED)
    found = call.cloud.unregistered.find(serial)
    if found is None or found.logger.serial != serial:
        raise Refused(SERIAL_WRONG)
    return _register(call, plant, [found])


def add_devices(call: Call) -> Json:
    """Add devices by their own serials, which brings their loggers and all on them."""
    plant = _target(call)
    serials = [text.strip() for text in call.required("sn", SERIAL_WRONG).split(",")]
    if len(serials) > LARGEST_BATCH:
        raise Refused(SYSTEM_ERROR)
    hardware: dict[Logger, LoggerSet] = {}
    for serial in serials:
        if call.cloud.find(serial):
            raise Refused(ALREADY_ADDED)
        if (found := call.cloud.unregistered.find(serial)) is None:
            raise Refused(SERIAL_WRONG)
        hardware[found.logger] = found
    return _register(call, plant, list(hardware.values()))


def delete_logger(call: Call) -> Json:
    """Take a data logger out of a plant."""
    plant = call.plant_by_id(call.required("plant_id", SERIAL_WRONG), 10003)
    serial = call.required("sn", SERIAL_WRONG)
    if not (logger := call.cloud.find_logger(serial)):
        raise Refused(SERIAL_WRONG)
    if logger not in plant.loggers:
        raise Refused(NOT_IN_PLANT)
    call.cloud.unregistered.take_back(plant, logger)
    return {"error_code": 0, "error_msg": ""}


def validate_logger(call: Call) -> Json:
    """Check the code of a logger, and refuse a registered logger."""
    serial, code = call.named(), call.optional("valiCode")
    if len(serial) != SERIAL_LENGTH:
        raise Refused(SYSTEM_ERROR)
    found = call.cloud.unregistered.find(serial)
    logger = call.cloud.find_logger(serial) or (found.logger if found else None)
    if logger is None or logger.serial != serial or code != logger.check_code:
        raise Refused(WRONG_CODE)
    echo = {"dataloggerSn": serial, "valiCode": code}
    for account in call.cloud.accounts:
        for plant in account.plants:
            if logger in plant.loggers:
                holder = {"plant_id": plant.plant_id, "user_id": account.user_id}
                taken = v1_success(holder | {"datalogger_sn": serial})
                return echo | taken | {"error_code": 10003, "error_msg": TAKEN_TEXT}
    return echo | v1_success("")


def logger_of_device(call: Call) -> Json:
    """Return the data logger of a device."""
    return v1_success({"datalogSN": call.any_device().logger.serial})


def creation_dates(call: Call) -> Json:
    """Return the creation dates of devices; half of a batch on each page."""
    serials = [text.strip() for text in call.named().split(",")]
    page = call.params.get("pageNum", "")
    if len(serials) > LARGEST_BATCH or page not in {"1", "2"}:
        raise Refused(SYSTEM_ERROR)
    size = LARGEST_BATCH // 2
    start = (int(page) - 1) * size
    own = [call.devices[serial] for serial in serials if serial in call.devices]
    rows = {device.serial: _dates(device) for device in own[start : start + size]}
    return v1_success(rows)


def _dates(device: Device) -> Json:
    """Return the dates of creation and last upload of a device."""
    snapshot, online = device.snapshot(), device.logger.online_since
    start = datetime.combine(device.plant.site.start, time(10, 2, 46))
    created = device.plant.wall_clock(online) if online else start
    is_inverter = device.v1_type == 1
    return {
        "createTime": f"{date_text(created)}.0",
        "deviceName": "INVERTER" if is_inverter else device.kind.upper(),
        "tableName": "",
        "lastUpdateTime": f"{date_text(snapshot.wall)}.0" if snapshot else "",
        "deviceType": "INVERTER" if is_inverter else "CLOVE",
        "datalogSn": device.logger.serial,
        "deviceSn": device.serial,
    }


ROUTES = (
    Route(
        verb="POST",
        path="device/datalogger/add",
        answer=add_logger,
        texts=ADD_TEXTS,
    ),
    Route(
        verb="POST",
        path="device/sn/add",
        answer=add_devices,
        texts=ADD_TEXTS,
    ),
    Route(
        verb="POST",
        path="device/datalogger/delete",
        answer=delete_logger,
        texts={
            SERIAL_WRONG: "error_Collector serial number error",
            10003: NO_PLANT,
            NOT_IN_PLANT: "error_Collector does not exist",
        },
    ),
    Route(
        verb="POST",
        path="device/datalogger/validate",
        answer=validate_logger,
        key="datalogSn",
        pause=NO_PAUSE,
        texts={WRONG_CODE: "error_Serial number and check code do not match"},
    ),
    Route(
        verb="POST",
        path="device/sn_datalog",
        answer=logger_of_device,
        key="device_sn",
        empty=10003,
        missing=10005,
        pause=NO_PAUSE,
    ),
    Route(
        verb="POST",
        path="device/all/create_date",
        answer=creation_dates,
        key="devices",
    ),
)
