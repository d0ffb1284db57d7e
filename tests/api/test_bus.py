"""Devices on the bus of a data logger: their lists, and readings by address."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
import json
from typing import Any

from aiohttp import web
import pytest

from custom_components.growatt_openapi.api import (
    Device,
    Family,
    GrowattClient,
    GrowattNotFoundError,
    PlantClock,
)
from simulator import SimulatedCloud
from simulator.devices.environment import Environment
from tests.conftest import NOON, asked

from .conftest import Connect, Pass, answering
from .ways import HOUR

LOGGER = "SIML100002"
METER_LIST = "device/ammeter/meter_list"
METER_LAST = "device/ammeter/meter_last_data"
ENV_LIST = "device/env/env_list"
ENV_LAST = "device/env/env_last_data"
FIRST = f"{LOGGER}_meter_1"
STATION = f"{LOGGER}_environment_3"


@pytest.fixture
def home() -> str:
    """Return the house that has meters and a weather station."""
    return "weather"


@pytest.fixture
def plant(cloud: SimulatedCloud) -> str:
    """Return the id of the plant."""
    return str(cloud.plants[0].plant_id)


def on_bus(devices: tuple[Device, ...]) -> dict[str, Family]:
    """Return the families of what hangs on a bus, by what stands for the serial."""
    return {one.serial: one.family for one in devices if one.address is not None}


async def test_found(cloud: SimulatedCloud, client: GrowattClient, plant: str) -> None:
    """Test that each thing on a bus is a device of its own, asked for once a kind."""
    found = await client.devices(plant)
    assert found.complete
    assert on_bus(found.items) == {
        FIRST: Family.METER,
        f"{LOGGER}_meter_2": Family.METER,
        STATION: Family.ENVIRONMENT,
    }
    assert asked(cloud) == ["device/list", METER_LIST, ENV_LIST]
    meter = next(one for one in found.items if one.serial == FIRST)
    updated = cloud.truth()[f"{LOGGER}#1"]["last_update"]
    assert isinstance(updated, datetime)
    assert (meter.model, meter.type_name) == ("CHNT three-phase", "71")
    assert (meter.plant_id, meter.datalogger_serial) == (plant, LOGGER)
    assert (meter.lost, meter.wall) == (False, cloud.plants[0].wall_clock(updated))


async def test_lost(cloud: SimulatedCloud, client: GrowattClient, plant: str) -> None:
    """Test that what hangs on a silent logger is lost."""
    cloud.freeze(LOGGER)
    cloud.clock.shift(timedelta(hours=1))
    found = (await client.devices(plant)).items
    assert {one.lost for one in found if one.address is not None} == {True}


@pytest.mark.parametrize("code", [10002, 10003, 10011])
@pytest.mark.parametrize("path", [METER_LIST, ENV_LIST])
async def test_refused_list(
    cloud: SimulatedCloud, client: GrowattClient, plant: str, path: str, code: int
) -> None:
    """Test that a refused list of a bus leaves the rest of the plant as it is."""
    everything = {one.serial for one in (await client.devices(plant)).items}
    missing = "meter" if path == METER_LIST else "environment"
    fresh = GrowattClient(connection=client.connection)
    cloud.faults.add("code", path=path, code=code)
    cloud.limits_enabled = False
    found = await fresh.devices(plant)
    assert {one.serial for one in found.items} == {
        serial for serial in everything if missing not in serial
    }
    # An empty parameter is a mistake of ours and proves nothing.
    assert found.complete is (code != 10002)


@pytest.mark.parametrize("fault", ["code", "http", "truncated", "count_mismatch"])
async def test_failing_list(
    cloud: SimulatedCloud, client: GrowattClient, plant: str, fault: str
) -> None:
    """Test that a list of a bus that fails makes the list of the plant incomplete."""
    options = {"code": {"code": 10001}, "http": {"status": 500}}
    cloud.faults.add(fault, path=METER_LIST, **options.get(fault, {}))
    found = await client.devices(plant)
    assert on_bus(found.items) == {STATION: Family.ENVIRONMENT}
    assert len(found.items) == len(cloud.devices) + 1
    assert not found.complete


async def test_empty_list(
    cloud: SimulatedCloud, client: GrowattClient, plant: str
) -> None:
    """Test that an announced bus with nothing on it is complete."""
    cloud.faults.add("empty_list", path=METER_LIST)
    found = await client.devices(plant)
    assert on_bus(found.items) == {STATION: Family.ENVIRONMENT}
    assert found.complete


def saying_by_path(
    answers: Mapping[str, Mapping[str, Any]], seen: list[str]
) -> AbstractAsyncContextManager[str]:
    """Serve the data of a path, and note what was asked."""

    async def handler(request: web.Request) -> web.Response:
        path = request.path.removeprefix("/v1/")
        seen.append(path)
        data = answers.get(path)
        code = 0 if data is not None else 10003
        return web.json_response({"data": data, "error_code": code, "error_msg": ""})

    return answering(handler)


def announced(*serials: Any, logger: str = "L1") -> dict[str, Any]:
    """Return the list of a plant with rows that only announce a bus."""
    rows = [{"device_sn": one, "datalogger_sn": logger, "type": 3} for one in serials]
    return {"count": len(rows), "devices": rows}


@pytest.mark.parametrize(
    ("serial", "paths"),
    [
        ("AMMETER", [METER_LIST]),
        ("ammeter", [METER_LIST]),
        ("SMART_METER", [METER_LIST]),
        ("ENV_DEVICE", [ENV_LIST]),
        ("OTHER", [METER_LIST, ENV_LIST]),
        ("LOGGER1", [METER_LIST, ENV_LIST]),
    ],
)
async def test_announcements(connect: Connect, serial: str, paths: list[str]) -> None:
    """Test that the serial says which list to ask, and where it does not, both are."""
    seen: list[str] = []
    answers = {"device/list": announced(serial)}
    async with saying_by_path(answers, seen) as server:
        found = await connect(server).devices("1")
    assert sorted(seen[1:]) == sorted(paths)
    assert (found.items, found.complete) == ((), True)


async def test_announced_without_a_logger(connect: Connect) -> None:
    """Test that a row that names no logger announces nothing."""
    seen: list[str] = []
    async with saying_by_path(
        {"device/list": announced("AMMETER", logger="")}, seen
    ) as server:
        found = await connect(server).devices("1")
    assert seen == ["device/list"]
    assert (found.items, found.complete) == ((), True)


@pytest.mark.parametrize("address", [1, "1", " 1", "1\0"])
async def test_addresses(connect: Connect, address: Any) -> None:
    """Test that an address is the same however it is written, and empty ones fail."""
    rows = [
        {"address": address, "device_type": "999", "lost": 1},
        {"address": "", "device_type": 64},
        {"device_type": 64},
    ]
    answers = {
        "device/list": announced("AMMETER"),
        METER_LIST: {"count": 3, "meters": rows},
    }
    async with saying_by_path(answers, []) as server:
        found = await connect(server).devices("1")
    (meter,) = found.items
    assert (meter.serial, meter.address) == ("L1_meter_1", "1")
    assert (meter.model, meter.lost, meter.wall) == (None, True, None)
    assert not found.complete


METER = {
    "activePower": "meter_power",
    "activePowerL2": "meter_l2_power",
    "posiActivePower": "grid_import_power",
    "reverActivePower": "grid_export_power",
    "positiveActiveTotalEnergy": "energy_import_total",
    "reverseActiveTotalEnergy": "energy_export_total",
    "voltageL1": "ac_l1_voltage",
    "currentL3": "ac_l3_current",
}
PLAIN = {
    "activePower": "meter_power",
    "activeEnergy": "active_energy_total",
    "feiLvGuZEnergy": "tariff_valley_energy_total",
}
WEATHER = {
    "envTemp": "ambient_temperature",
    "panelTemp": "panel_temperature",
    "radiant": "irradiance",
    "windSpeed": "wind_speed",
    "windAngle": "wind_direction",
}


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("since_noon", [timedelta(), timedelta(hours=11, minutes=32)])
async def test_readings(
    cloud: SimulatedCloud, client: GrowattClient, since_noon: timedelta, *, flat: bool
) -> None:
    """Test that a reading is the truth, whichever shape the firmware gives it."""
    cloud.clock.set(NOON + since_noon)
    station = cloud.plants[0].bus[-1]
    assert isinstance(station, Environment)
    station.flat = flat
    second = f"{LOGGER}_meter_2"
    meters = await client.readings(Family.METER, [FIRST, second])
    stations = await client.readings(Family.ENVIRONMENT, [STATION])
    assert meters.errors == stations.errors == {}
    read = {**meters.items, **stations.items}
    fields = {FIRST: METER, second: PLAIN, STATION: WEATHER}
    for serial, names in fields.items():
        truth = cloud.truth()[f"{LOGGER}#{serial[-1]}"]
        assert {name: read[serial].number(name, signed=True) for name in names} == {
            name: truth[key] for name, key in names.items()
        }
        clock = PlantClock(timedelta(hours=1))
        assert clock.instant(read[serial].wall) == truth["last_update"]


def at(moment: str, **fields: Any) -> dict[str, Any]:
    """Return a record of the weather."""
    return {"timeText": f"2026-06-15 {moment}", **fields}


@pytest.mark.parametrize(
    ("data", "warmth"),
    [
        ({"env_data": [at("10:00:00", envTemp=1), at("10:05:00", envTemp=2)]}, 2),
        ({"env_data": [at("10:05:00", envTemp=2), at("10:00:00", envTemp=1)]}, 2),
        ({"env_data": [at("10:00:00", envTemp=1), {"envTemp": 2}]}, 1),
        ({"env_data": [{"envTemp": 2, "timeText": "null"}]}, 2),
        ({"count": 1, "env_data": [at("10:00:00", envTemp="3.5")]}, 3.5),
        (at("10:00:00", envTemp=-4), -4),
    ],
)
async def test_newest(connect: Connect, data: dict[str, Any], warmth: float) -> None:
    """Test that the newest record of a list counts, in whatever order they come."""
    async with saying_by_path({ENV_LAST: data}, []) as server:
        latest = await connect(server).readings(Family.ENVIRONMENT, [STATION])
    assert latest.items[STATION].number("envTemp", signed=True) == warmth


@pytest.mark.parametrize("data", [{"count": 0, "env_data": []}, "", None])
async def test_nothing_reported(connect: Connect, data: Any) -> None:
    """Test that a thing without a record is silent, which is no failure."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=json.dumps({"data": data, "error_code": 0}))

    async with answering(handler) as server:
        latest = await connect(server).readings(Family.ENVIRONMENT, [STATION])
    assert (latest.items, latest.errors) == ({}, {})


async def test_logger_that_is_gone(
    cloud: SimulatedCloud, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that a meter behind a logger that does not exist any more rests."""
    cloud.plants[0].remove(LOGGER)
    for _ in range(2):
        latest = await client.readings(Family.METER, [FIRST])
        assert isinstance(latest.errors[FIRST], GrowattNotFoundError)
        time_passes(301)
    assert asked(cloud) == [METER_LAST]
    time_passes(HOUR)
    await client.readings(Family.METER, [FIRST])
    assert asked(cloud) == [METER_LAST] * 2


BOOST_BATCH = "device/boost/boosts_data"
BOOST_SINGLE = "device/boost/boost_last_data"


@pytest.mark.parametrize("path", [BOOST_BATCH, BOOST_SINGLE])
async def test_groboost(
    cloud: SimulatedCloud, client: GrowattClient, path: str
) -> None:
    """Test that a GroBoost is read as many, or alone where that is refused."""
    serial = cloud.devices[1].serial
    if path == BOOST_SINGLE:
        cloud.faults.add("code", path=BOOST_BATCH, code=10011)
    latest = await client.readings(Family.GROBOOST, [serial])
    truth, reading = cloud.truth()[serial], latest.items[serial]
    assert asked(cloud)[-1] == path
    assert reading.number("appv") == truth["consumed_power"]
    assert reading.number("totalEneny") == truth["consumed_energy_total"]
    assert PlantClock(timedelta(hours=1)).instant(reading.wall) == truth["last_update"]


async def test_pace_of_a_groboost(
    cloud: SimulatedCloud, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that a GroBoost, which may be read often, is read when it uploads."""
    serial = cloud.devices[1].serial
    for seconds in (11, 290, 2):
        await client.readings(Family.GROBOOST, [serial])
        time_passes(seconds)
    assert [request.code for request in cloud.requests] == [0, 0]


async def test_details_of_a_groboost(
    cloud: SimulatedCloud, client: GrowattClient
) -> None:
    """Test that the firmware stands among the live fields in the details."""
    serial = cloud.devices[1].serial
    details = (await client.details(Family.GROBOOST, [serial])).items[serial]
    assert (details.firmware, details.alias) == ("9.1.0.2", None)


async def test_nothing_has_details_on_a_bus(
    cloud: SimulatedCloud, client: GrowattClient
) -> None:
    """Test that no one asks for details that no endpoint has."""
    latest = await client.details(Family.METER, [FIRST])
    assert (latest.items, latest.errors) == ({}, {})
    assert asked(cloud) == []
