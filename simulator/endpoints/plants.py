"""V1 endpoints about plants."""

from ..model import Plant
from ..routing import NO_PLANT, Call, Route
from ..totals import plant_totals
from ..wire import (
    Json,
    date_text,
    decimal_text,
    recorded,
    single,
    v1_success,
    zone_text,
)


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
    return v1_success({"count": len(call.plants), "plants": rows})


def plant_of_device(call: Call) -> Json:
    """Return the plant of a device; its energy is a number here."""
    plant = call.cloud.plant_of(call.any_device())
    row = plant_row(call, plant)
    energy = single(plant_totals(plant).energy_total)
    return v1_success({"plant": row | {"locale": "", "total_energy": energy}})


def plant_details(call: Call) -> Json:
    """Return the master data of a plant; only classic inverters are counted."""
    plant = call.plant()
    inverters = sum(device.v1_type == 1 for device in plant.devices)
    recording = recorded("plant_details")
    return v1_success(
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
    return v1_success(
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
)
