"""V1 endpoints that register data loggers and devices, or tell where they are."""

from datetime import datetime, time

from .devices.base import Device
from .model import Logger, Plant
from .plant_calls import NO_PLANT, success
from .routing import NO_PRIVILEGE, SYSTEM_ERROR, Call, Refused, Route
from .shelf import Box
from .user_calls import NOTHING_BETWEEN
from .wire import Json, date_text

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


def _register(call: Call, plant: Plant, boxes: list[Box]) -> Json:
    """Register boxes; their devices appear once the loggers are heard."""
    moment = call.cloud.clock.now() + call.cloud.online_after
    for box in boxes:
        call.cloud.shelf.register(box, plant, moment)
    return {"error_code": 0, "error_msg": ""}


def add_logger(call: Call) -> Json:
    """Add a data logger to a plant."""
    plant, serial = _target(call), call.required("sn", SERIAL_WRONG)
    if call.cloud.find_logger(serial):
        raise Refused(ALREADY_ADDED)
    box = call.cloud.shelf.find(serial)
    if box is None or box.logger.serial != serial:
        raise Refused(SERIAL_WRONG)
    return _register(call, plant, [box])


def add_devices(call: Call) -> Json:
    """Add devices by their own serials, which brings their loggers and all on them."""
    plant = _target(call)
    serials = [one.strip() for one in call.required("sn", SERIAL_WRONG).split(",")]
    if len(serials) > LARGEST_BATCH:
        raise Refused(SYSTEM_ERROR)
    boxes: dict[Logger, Box] = {}
    for serial in serials:
        if call.cloud.find(serial):
            raise Refused(ALREADY_ADDED)
        if (box := call.cloud.shelf.find(serial)) is None:
            raise Refused(SERIAL_WRONG)
        boxes[box.logger] = box
    return _register(call, plant, list(boxes.values()))


def delete_logger(call: Call) -> Json:
    """Take a data logger out of a plant."""
    plant = call.plant_by_id(call.required("plant_id", SERIAL_WRONG), 10003)
    serial = call.required("sn", SERIAL_WRONG)
    if not (logger := call.cloud.find_logger(serial)):
        raise Refused(SERIAL_WRONG)
    if logger not in plant.loggers:
        raise Refused(NOT_IN_PLANT)
    call.cloud.shelf.take_back(plant, logger)
    return {"error_code": 0, "error_msg": ""}


def validate_logger(call: Call) -> Json:
    """Say whether a check code belongs to a logger, and whether it is free."""
    serial, code = call.named(), call.optional("valiCode")
    if len(serial) != SERIAL_LENGTH:
        raise Refused(SYSTEM_ERROR)
    box = call.cloud.shelf.find(serial)
    logger = call.cloud.find_logger(serial) or (box.logger if box else None)
    if logger is None or logger.serial != serial or code != logger.check_code:
        raise Refused(WRONG_CODE)
    echo = {"dataloggerSn": serial, "valiCode": code}
    for account in call.cloud.accounts:
        for plant in account.plants:
            if logger in plant.loggers:
                holder = {"plant_id": plant.plant_id, "user_id": account.user_id}
                taken = success(holder | {"datalogger_sn": serial})
                return echo | taken | {"error_code": 10003, "error_msg": TAKEN_TEXT}
    return echo | success("")


def logger_of_device(call: Call) -> Json:
    """Return the data logger of a device."""
    return success({"datalogSN": call.any_device().logger.serial})


def creation_dates(call: Call) -> Json:
    """Return since when devices are in the cloud; half of a batch on each page."""
    serials = [one.strip() for one in call.named().split(",")]
    page = call.params.get("pageNum", "")
    if len(serials) > LARGEST_BATCH or page not in {"1", "2"}:
        raise Refused(SYSTEM_ERROR)
    size = LARGEST_BATCH // 2
    start = (int(page) - 1) * size
    own = [call.devices[serial] for serial in serials if serial in call.devices]
    rows = {one.serial: _dates(one) for one in own[start : start + size]}
    return success(rows)


def _dates(device: Device) -> Json:
    """Return since when a device is in the cloud, and when it was last heard."""
    snapshot, heard = device.snapshot(), device.logger.online_since
    start = datetime.combine(device.plant.site.start, time(10, 2, 46))
    created = device.plant.wall_clock(heard) if heard else start
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
        pause=NOTHING_BETWEEN,
        texts={WRONG_CODE: "error_Serial number and check code do not match"},
    ),
    Route(
        verb="POST",
        path="device/sn_datalog",
        answer=logger_of_device,
        key="device_sn",
        empty=10003,
        missing=10005,
        pause=NOTHING_BETWEEN,
    ),
    Route(
        verb="POST",
        path="device/all/create_date",
        answer=creation_dates,
        key="devices",
    ),
)
