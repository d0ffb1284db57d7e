"""V1 endpoints about plants, their devices and data loggers."""

from datetime import datetime, timedelta

from .devices.base import Device
from .model import Logger, Plant
from .routing import Call, Route
from .totals import plant_totals
from .wire import Json, date_text, java_date, recorded, single, zone_text


def success(data: object) -> Json:
    """Return the envelope of a V1 answer."""
    return {"data": data, "error_code": 0, "error_msg": ""}


def decimal_text(value: float) -> str:
    """Return a number as the plant endpoints write energies."""
    return f"{value:.1f}" if value else "0"


def plant_row(call: Call, plant: Plant) -> Json:
    """Return a plant as plant/list shows it; current_power is in W here."""
    totals = plant_totals(plant)
    return {
        "status": 1 if totals.online else 4,
        "locale": "en-US",
        "total_energy": decimal_text(totals.energy_total),
        "operator": "0",
        "country": plant.address.country,
        "city": plant.address.city,
        "current_power": f"{totals.power * 1000:.1f}" if totals.last_update else "",
        "create_date": plant.created.isoformat(),
        "image_url": None,
        "plant_id": plant.plant_id,
        "name": plant.name,
        "installer": "0",
        "user_id": call.owner(plant).user_id,
        "longitude": plant.shown_position[1],
        "latitude": plant.shown_position[0],
        "peak_power": plant.peak_kw,
        "latitude_d": None,
        "latitude_f": None,
    }


def plant_list(call: Call) -> Json:
    """Return the plants of the token, paged; a search is not carried out."""
    rows = [plant_row(call, plant) for plant in call.page(call.plants)]
    return success({"count": len(call.plants), "plants": rows})


def plant_of_device(call: Call) -> Json:
    """Return the plant of a device; its energy is a number here."""
    device = call.any_device()
    row = plant_row(call, device.plant)
    energy = single(plant_totals(device.plant).energy_total)
    return success({"plant": row | {"locale": "", "total_energy": energy}})


def plant_details(call: Call) -> Json:
    """Return the master data of a plant; only classic inverters are counted."""
    plant = call.plant()
    inverters = sum(device.v1_type == 1 for device in plant.devices)
    recording = recorded("plant_details")
    return success(
        recording
        | {
            "address1": plant.address.street,
            "city": plant.address.city,
            "country": plant.address.country,
            "create_date": plant.created.isoformat(),
            "currency": plant.currency,
            "dataloggers": [
                recording["dataloggers"][0] | {"datalogger_num": len(plant.loggers)}
            ],
            "inverters": [recording["inverters"][0] | {"inverter_num": inverters}],
            "latitude": plant.shown_position[0],
            "longitude": plant.shown_position[1],
            "name": plant.name,
            "ownercontact": plant.currency,
            "ownerorganization": plant.currency,
            "peak_power": plant.peak_kw,
            "plant_type": plant.plant_type,
            "timezone": zone_text(plant.zone),
            "user_id": call.owner(plant).user_id,
        }
    )


def plant_data(call: Call) -> Json:
    """Return the totals of a plant; power in kW, energies as text in kWh."""
    plant = call.plant()
    totals = plant_totals(plant)
    last = totals.last_update
    return success(
        {
            "current_power": totals.power,
            "today_energy": decimal_text(totals.energy_today),
            "monthly_energy": decimal_text(totals.energy_month),
            "yearly_energy": decimal_text(totals.energy_year),
            "total_energy": decimal_text(totals.energy_total),
            "peak_power_actual": plant.peak_kw,
            "carbon_offset": decimal_text(totals.co2_avoided),
            "efficiency": "",
            "timezone": zone_text(plant.zone),
            "last_update_time": date_text(plant.wall_clock(last)) if last else "",
        }
    )


def _device_row(device: Device, v1_type: int) -> Json:
    """Return a device as device/list shows it as one of its types."""
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
    rows += [thing.plant_row() for thing in plant.bus]
    return success({"count": len(rows), "devices": call.page(rows)})


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
    devices = [thing for thing in behind if thing.logger is logger]
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
    return success(
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
    """Return what a serial stands for, without any envelope."""
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
    on_sale = [box.logger for box in call.cloud.shelf.boxes]
    for logger in (*call.cloud.loggers, *on_sale):
        if logger.serial == serial:
            found = {"result": 1, "msg": "datalog", "obj": 3, "model": logger.model}
            return NO_SUCH_SERIAL | found
    return NO_SUCH_SERIAL


NO_PLANT = "error_Plant does not exist"

ROUTES = (
    Route(
        verb="GET",
        path="plant/list",
        answer=plant_list,
        per_day=10,
        body_on_get=True,
        brotli=True,
    ),
    Route(
        verb="GET",
        path="plant/details",
        answer=plant_details,
        key="plant_id",
        empty=10003,
        missing=10002,
        missing_text=NO_PLANT,
    ),
    Route(
        verb="GET",
        path="plant/data",
        answer=plant_data,
        key="plant_id",
        empty=10003,
        missing=10002,
        missing_text=NO_PLANT,
    ),
    Route(
        verb="POST",
        path="plant/sn_plant",
        answer=plant_of_device,
        key="device_sn",
        empty=10003,
        missing=10005,
    ),
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
