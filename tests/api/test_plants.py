"""Master data and totals of a plant, and what the cloud knows about a serial number."""

import json
from typing import Any

import pytest

from custom_components.growatt_openapi.api import (
    GrowattClient,
    Part,
    Place,
    PlantClock,
    PlantDetails,
    Reading,
    SerialNumber,
    zone_offset,
)
from simulator import SimulatedClock, SimulatedCloud, serve
from tests.conftest import NOON

from .conftest import Connect, saying

TOTALS = {
    "current_power": "power",
    "today_energy": "energy_today",
    "monthly_energy": "energy_month",
    "yearly_energy": "energy_year",
    "total_energy": "energy_total",
    "peak_power_actual": "peak_power",
}


@pytest.mark.parametrize("home", ["villa", "duo"])
async def test_totals(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that the totals of each plant are the true ones."""
    for plant in cloud.plants:
        truth = cloud.truth()[str(plant.plant_id)]
        reading = await client.plant_reading(str(plant.plant_id))
        assert truth["power"] != 0
        assert {key: reading.number(field) for field, key in TOTALS.items()} == {
            key: truth[key] for key in TOTALS.values()
        }
        assert reading.number("carbon_offset") == truth["co2_avoided"]
        assert reading.text("timezone") == "GMT+1"


@pytest.mark.parametrize("zone", [1, -5, 0, 10, 5.5, -3.5])
async def test_last_upload(connect: Connect, zone: float) -> None:
    """Test that the last upload is the true instant in whatever zone a plant is."""
    clock = SimulatedClock(NOON, speed=0)
    cloud = SimulatedCloud(home="villa", zone=zone, clock=clock)
    plant = str(cloud.plants[0].plant_id)
    async with serve(cloud) as server:
        reading = await connect(server, cloud.token).plant_reading(plant)
        details = await connect(server, cloud.token).plant_details(plant)
    for zone_text in (reading.text("timezone"), details.zone):
        plant_clock = PlantClock(zone_offset(zone_text))
        assert plant_clock.instant(reading.wall) == cloud.truth()[plant]["last_update"]


async def test_plant_that_never_reported(connect: Connect) -> None:
    """Test that a plant without a report has no time and no avoided carbon dioxide."""
    data = {"last_update_time": "", "total_energy": "0", "carbon_offset": "0"}
    async with saying(json.dumps({"data": data, "error_code": 0})) as server:
        reading = await connect(server).plant_reading("1")
    assert reading.wall is None
    assert reading.number("total_energy") == 0
    assert reading.number("carbon_offset") is None


@pytest.mark.parametrize(
    ("carbon", "energy", "kilograms"),
    [
        ("2893.0", "4821.7", 2893.0),
        ("2.893", "4821.7", 2893.0),
        ("0.9", "2", 0.9),
        ("0.0009", "2", 0.9),
        ("2893.0", "1", None),
        ("0", "4821.7", None),
        ("", "4821.7", None),
        ("2893.0", "", None),
    ],
)
def test_avoided_carbon(carbon: str, energy: str, kilograms: float | None) -> None:
    """Test that tonnes become kilograms, and what can be neither is left out."""
    reading = Reading.of_plant({"carbon_offset": carbon, "total_energy": energy})
    assert reading.number("carbon_offset") == kilograms


async def test_details(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test the master data of a plant."""
    plant = cloud.plants[0]
    details = await client.plant_details(str(plant.plant_id))
    assert details == PlantDetails(
        zone="GMT+1",
        currency="EUR",
        peak_power=plant.peak_kw,
        name=plant.name,
        owner_id=str(cloud.accounts[0].user_id),
        plant_type=0,
        created=plant.site.start,
        country="Germany",
        city="Musterstadt",
        address=(plant.address.street,),
        place=Place(plant.site.latitude, plant.longitude),
        parts={
            "arrays": (Part(maker="Growatt", model=None, count=0),),
            "dataloggers": (Part(maker="Growatt", model=None, count=1),),
            "inverters": (Part(maker="Growatt", model=None, count=0),),
            "maxs": (Part(maker="Growatt", model=None, count=0),),
        },
        remarks={
            "locale": "en_US",
            "ownercontact": "EUR",
            "ownerorganization": "EUR",
        },
    )


@pytest.mark.parametrize("parts", ["", None, ["odd", None], [{"max_num": ""}]])
async def test_details_without_parts(connect: Connect, parts: Any) -> None:
    """Test that what is no list of parts, or says nothing, is no failure."""
    data = {"maxs": parts, "plant_type": "", "create_date": "soon"}
    async with saying(json.dumps({"data": data, "error_code": 0})) as server:
        details = await connect(server).plant_details("1")
    assert {part for kind in details.parts.values() for part in kind} <= {
        Part(maker=None, model=None, count=None)
    }
    assert (details.plant_type, details.created) == (None, None)


async def test_empty_details(connect: Connect) -> None:
    """Test master data that nobody filled in."""
    data = {"timezone": "", "currency": "null", "peak_power": ""}
    async with saying(json.dumps({"data": data, "error_code": 0})) as server:
        details = await connect(server).plant_details("1")
    assert details == PlantDetails(zone=None, currency=None, peak_power=None)


@pytest.mark.parametrize("home", ["villa", "duo"])
async def test_serial_number(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that a serial number leads to the name a model is sold by."""
    for device in cloud.devices:
        assert await client.check_serial(device.serial) == SerialNumber(
            model=device.commercial_name
        )
    for logger in cloud.loggers:
        assert await client.check_serial(logger.serial) == SerialNumber(
            model=logger.model
        )


@pytest.mark.parametrize("power", [0, "", None, -1])
async def test_serial_number_without_power(connect: Connect, power: Any) -> None:
    """Test a model whose rated power and name the cloud does not know."""
    body = json.dumps({"result": 1, "model": "", "normalPower": power})
    async with saying(body) as server:
        found = await connect(server).check_serial("A1")
    assert found == SerialNumber(model=None)
