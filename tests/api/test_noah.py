"""Balcony storage: known to V4 alone, read each minute, with a time of its own."""

from datetime import timedelta
import json

import pytest

from custom_components.growatt_openapi.api import Family, GrowattClient, PlantClock
from simulator import SimulatedCloud
from tests.conftest import asked

from .conftest import Connect, Pass, saying
from .ways import V4_DETAILS, V4_READINGS

FIELDS = {
    "pac": "ac_power",
    "ppv": "pv_power",
    "eacToday": "pv_energy_today",
    "eacTotal": "pv_energy_total",
    "totalBatteryPackSoc": "battery_soc",
    "battery2Soc": "battery2_soc",
    "pv3Voltage": "pv3_voltage",
    "pv3Current": "pv3_current",
}

BALCONY = pytest.mark.parametrize("home", ["balcony"])


@BALCONY
@pytest.mark.parametrize("documented_only", [False, True])
async def test_readings(
    cloud: SimulatedCloud, client: GrowattClient, *, documented_only: bool
) -> None:
    """Test that a long and a short answer are the truth, and of the right moment."""
    storage = cloud.devices[0]
    storage.documented_only = documented_only
    reading = (await client.readings(Family.NOAH, [storage.serial])).items[
        storage.serial
    ]
    truth = storage.truth()
    told = FIELDS.keys() & reading.fields.keys()
    assert len(told) == (6 if documented_only else 8)
    assert {field: reading.number(field) for field in told} == {
        field: truth[FIELDS[field]] for field in told
    }
    clock = PlantClock(timedelta(hours=storage.plant.zone))
    assert clock.instant(reading.wall) == truth["last_update"]


@BALCONY
async def test_every_minute(
    cloud: SimulatedCloud, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that Growatt is asked again after a minute, and not before."""
    serial = cloud.devices[0].serial
    walls = []
    for seconds in (0, 40, 25):
        time_passes(seconds)
        latest = await client.readings(Family.NOAH, [serial])
        assert latest.errors == {}
        walls.append(latest.items[serial].wall)
    assert [request.code for request in cloud.requests] == [0, 0]
    assert asked(cloud) == [V4_READINGS] * 2
    assert walls[0] == walls[1] == walls[2] - timedelta(minutes=1)


@BALCONY
async def test_details(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that the firmware is known, and no name where the owner gave none."""
    serial = cloud.devices[0].serial
    found = (await client.details(Family.NOAH, [serial])).items[serial]
    assert asked(cloud)[-1] == V4_DETAILS
    assert (found.alias, found.firmware) == (None, "230010")


@pytest.mark.parametrize("time", [None, "", "null", 0, -1, 1e30, {"time": 1}])
async def test_without_a_time(connect: Connect, time: object) -> None:
    """Test that what is no time is none."""
    body = json.dumps({"code": 0, "data": {"noah": [{"deviceSn": "A1", "time": time}]}})
    async with saying(body) as server:
        latest = await connect(server).readings(Family.NOAH, ["A1"])
    assert latest.items["A1"].wall is None
