"""growattServer, the client library behind Home Assistant's own integration."""

import asyncio
from typing import Any

from growattServer import OpenApiV1
from growattServer.exceptions import GrowattV1ApiError
import pytest

from simulator import SimulatedCloud


@pytest.fixture
def api(url: str, token: str) -> OpenApiV1:
    """Return the client, pointed at the simulated cloud."""
    client = OpenApiV1(token)
    client.api_url = f"{url}/v1/"
    return client


async def test_plants(api: OpenApiV1, cloud: SimulatedCloud) -> None:
    """Test that plants, their master data and their totals are read."""
    listed = await asyncio.to_thread(api.plant_list)
    assert [row["plant_id"] for row in listed["plants"]] == [
        plant.plant_id for plant in cloud.plants
    ]
    for plant in cloud.plants:
        truth = cloud.truth()[str(plant.plant_id)]
        details = await asyncio.to_thread(api.plant_details, plant.plant_id)
        assert details["name"] == plant.name
        totals = await asyncio.to_thread(api.plant_energy_overview, plant.plant_id)
        assert totals["current_power"] == truth["power"]
        assert float(totals["today_energy"]) == truth["energy_today"]
        assert float(totals["monthly_energy"]) == truth["energy_month"]
        assert float(totals["yearly_energy"]) == truth["energy_year"]
        assert float(totals["total_energy"]) == truth["energy_total"]


async def test_devices(api: OpenApiV1, cloud: SimulatedCloud) -> None:
    """Test that the devices of all plants are listed with their types."""
    rows: list[dict[str, Any]] = []
    for plant in cloud.plants:
        listed = await asyncio.to_thread(api.device_list, plant.plant_id)
        rows += listed["devices"]
    found = {row["device_sn"]: row["type"] for row in rows}
    assert found.pop("AMMETER") == 3
    assert found == {
        device.serial: device.v1_type for device in cloud.devices if device.v1_type
    }


async def test_min(api: OpenApiV1, cloud: SimulatedCloud) -> None:
    """Test that live data, details and settings of a MIN are read."""
    serial = cloud.devices[0].serial
    device = await asyncio.to_thread(api.get_device, serial, 7)
    truth = cloud.truth()[serial]
    live = await asyncio.to_thread(device.energy)
    assert {
        "pv_power": live["ppv"],
        "ac_power": live["pac"],
        "energy_total": live["eacTotal"],
        "battery_soc": live["bdc1Soc"],
        "grid_import_power": live["pacToUserTotal"],
        "grid_export_power": live["pacToGridTotal"],
        "load_power": live["pacToLocalLoad"],
        "energy_import_total": live["etoUserTotal"],
        "energy_export_total": live["etoGridTotal"],
        "battery_charge_power": live["bdc1ChargePower"],
    }.items() <= truth.items()
    assert live["eacToday"] == pytest.approx(truth["energy_today"], rel=1e-6)
    details = await asyncio.to_thread(device.detail)
    assert (details["serialNum"], details["lost"]) == (serial, False)
    settings = await asyncio.to_thread(device.settings)
    assert settings["activeRate"] == 100


async def test_sph(api: OpenApiV1, cloud: SimulatedCloud) -> None:
    """Test that live data and details of an SPH are read, the other type it knows."""
    serial = next(device.serial for device in cloud.devices if device.v1_type == 5)
    device = await asyncio.to_thread(api.get_device, serial, 5)
    truth = cloud.truth()[serial]
    live = await asyncio.to_thread(device.energy)
    assert {
        "pv_power": live["ppv"],
        "ac_power": live["pac"],
        "energy_total": live["eacTotal"],
        "battery_soc": live["soc"],
        "grid_import_power": live["pacToUserTotal"],
        "grid_export_power": live["pacToGridTotal"],
        "load_power": live["plocalLoadTotal"],
        "energy_import_total": live["etoUserTotal"],
        "energy_export_total": live["etogridTotal"],
        "battery_charge_power": live["pcharge1"],
        "battery_discharge_power": live["pdischarge1"],
    }.items() <= truth.items()
    details = await asyncio.to_thread(device.detail)
    assert (details["serialNum"], details["lost"]) == (serial, False)
    assert await asyncio.to_thread(device.read_ac_charge_times, details)


async def test_refused_token(api: OpenApiV1) -> None:
    """Test that the library sees a refused token as it does with the real cloud."""
    api.session.headers["token"] = "x" * 32
    with pytest.raises(GrowattV1ApiError) as caught:
        await asyncio.to_thread(api.plant_list)
    assert caught.value.error_code == 10011
