"""The lists of plants, devices and data loggers: pages, gaps and oddities."""

from datetime import datetime, timedelta
import json
from typing import Any

from aiohttp import web
import pytest

from custom_components.growatt_openapi.api import (
    Family,
    GrowattAnswerError,
    GrowattClient,
)
from simulator import SimulatedCloud, serve

from .conftest import Connect, answering, saying


def listing(name: str, rows: list[Any], count: Any) -> str:
    """Return an answer with a list."""
    data = {"count": count, name: rows}
    return json.dumps({"data": data, "error_code": 0, "error_msg": ""})


@pytest.mark.parametrize("home", ["villa", "duo"])
async def test_plants(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that all plants are there, with their owner."""
    owner = str(cloud.accounts[0].user_id)
    assert [
        (plant.plant_id, plant.name, plant.owner_id)
        for plant in (await client.plants()).items
    ] == [(str(plant.plant_id), plant.name, owner) for plant in cloud.plants]


@pytest.mark.parametrize("home", ["empty"])
async def test_no_plants(client: GrowattClient) -> None:
    """Test that an account without plants is no failure."""
    assert (await client.plants()).items == ()


async def test_plants_of_an_installer(connect: Connect) -> None:
    """Test that a token that sees several accounts lists the owners of all."""
    cloud = SimulatedCloud(homes=["villa", "duo"])
    token = cloud.installer_token(*cloud.accounts)
    async with serve(cloud) as server:
        plants = (await connect(server, token).plants()).items
    assert [plant.owner_id for plant in plants] == [
        str(account.user_id) for account in cloud.accounts for _ in account.plants
    ]


async def test_plant_without_name(connect: Connect) -> None:
    """Test that a plant without name or owner is called by its number."""
    row = {"plant_id": 7, "name": "null", "user_id": ""}
    async with saying(listing("plants", [row], 1)) as server:
        (plant,) = (await connect(server).plants()).items
    assert (plant.plant_id, plant.name, plant.owner_id) == ("7", "7", None)


@pytest.mark.parametrize("home", ["duo", "hall"])
async def test_devices(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that devices have their family, logger and time on the plant's clock.

    The MAX of the hall are listed twice, once as classic inverters.
    """
    families = {1: Family.INVERTER, 4: Family.MAX, 7: Family.MIN}
    for plant in cloud.plants:
        found = await client.devices(str(plant.plant_id))
        assert found.complete
        for device, simulated in zip(found.items, plant.devices, strict=True):
            updated = cloud.truth()[simulated.serial]["last_update"]
            assert isinstance(updated, datetime)
            assert device.serial == simulated.serial
            assert device.family is families[simulated.v1_type]
            assert device.plant_id == str(plant.plant_id)
            assert device.datalogger_serial == simulated.logger.serial
            assert device.model_code == simulated.model_text
            assert device.manufacturer == "Growatt"
            assert device.lost is False
            assert device.wall == plant.wall_clock(updated)


@pytest.mark.parametrize("home", ["novel"])
async def test_type_that_is_not_known(
    cloud: SimulatedCloud, client: GrowattClient
) -> None:
    """Test that a device of a type no one has described is listed all the same."""
    found = await client.devices(str(cloud.plants[0].plant_id))
    assert [(one.family, one.type_name) for one in found.items] == [
        (Family.UNMAPPED, "99")
    ]
    assert found.complete


@pytest.mark.parametrize(
    ("type_number", "family"),
    [
        (99, Family.INVERTER),
        (0, Family.INVERTER),
        (-1, Family.INVERTER),
        (None, Family.INVERTER),
        ("", Family.INVERTER),
        ("odd", Family.INVERTER),
        (2.0, Family.STORAGE),
    ],
)
async def test_odd_type(connect: Connect, type_number: Any, family: Family) -> None:
    """Test that no type number stops the list or adds a device twice."""
    rows = [
        {"device_sn": "MAX1", "type": "1"},
        {"device_sn": "MAX1", "type": type_number},
    ]
    async with saying(listing("devices", rows, 2)) as server:
        found = await connect(server).devices("1")
    assert [(one.serial, one.family) for one in found.items] == [("MAX1", family)]


@pytest.mark.parametrize("home", ["duo"])
async def test_dataloggers(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that data loggers have the true instant of their last upload."""
    plant = cloud.plants[1]
    found = await client.dataloggers(str(plant.plant_id))
    assert found.complete
    for datalogger, simulated in zip(found.items, plant.loggers, strict=True):
        devices = [one for one in plant.devices if one.logger is simulated]
        updated = plant.last_upload(devices)
        assert updated
        assert datalogger.serial == simulated.serial
        assert datalogger.plant_id == str(plant.plant_id)
        assert datalogger.model == "ShineWiFi-X"
        assert datalogger.lost is False
        assert datalogger.updated is not None
        assert timedelta() <= datalogger.updated - updated < timedelta(seconds=1)


async def test_lost_logger(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that a logger that is silent is lost, and its device with it."""
    cloud.freeze(cloud.devices[0].serial)
    cloud.clock.shift(timedelta(hours=1))
    plant = str(cloud.plants[0].plant_id)
    (datalogger,) = (await client.dataloggers(plant)).items
    (device,) = (await client.devices(plant)).items
    assert (datalogger.lost, device.lost) == (True, True)


@pytest.mark.parametrize("contact", [None, "", "2026-06-15 12:00:00", {}])
async def test_logger_without_contact(connect: Connect, contact: Any) -> None:
    """Test that a logger whose last contact is no instant has none."""
    rows = [{"sn": "L1", "last_update_time": contact}]
    async with saying(listing("dataloggers", rows, 1)) as server:
        (datalogger,) = (await connect(server).dataloggers("1")).items
    assert (datalogger.updated, datalogger.lost, datalogger.model) == (None,) * 3


async def test_more_than_one_page(connect: Connect) -> None:
    """Test that a large plant is read to its last device and logger."""
    cloud = SimulatedCloud(home="fleet", count=201)
    plant = str(cloud.plants[0].plant_id)
    async with serve(cloud) as server:
        client = connect(server, cloud.token)
        devices = await client.devices(plant)
        dataloggers = await client.dataloggers(plant)
    assert [one.serial for one in devices.items] == [
        one.serial for one in cloud.devices
    ]
    assert len(dataloggers.items) == len(cloud.loggers)
    assert devices.complete
    assert [request.params["page"] for request in cloud.requests] == [*"1231"]


@pytest.mark.parametrize("question", ["plants", "devices", "dataloggers"])
async def test_counted_but_not_there(
    cloud: SimulatedCloud, client: GrowattClient, question: str
) -> None:
    """Test that an empty list with a count is a failure, not an empty account."""
    cloud.faults.add("count_mismatch")
    about = [] if question == "plants" else [str(cloud.plants[0].plant_id)]
    with pytest.raises(GrowattAnswerError):
        await getattr(client, question)(*about)


@pytest.mark.parametrize("question", ["devices", "dataloggers"])
async def test_honestly_empty(
    cloud: SimulatedCloud, client: GrowattClient, question: str
) -> None:
    """Test that an empty list with a count of zero is complete."""
    cloud.faults.add("empty_list")
    found = await getattr(client, question)(str(cloud.plants[0].plant_id))
    assert (found.items, found.complete) == ((), True)


@pytest.mark.parametrize("home", ["duo"])
async def test_incomplete(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that a list with fewer rows than it counts is not complete."""
    plant = cloud.plants[1]
    left_out, *others = (device.serial for device in plant.devices)
    cloud.faults.add("missing", serial=left_out, path="device/list")
    found = await client.devices(str(plant.plant_id))
    assert [device.serial for device in found.items] == others
    assert not found.complete


@pytest.mark.parametrize("serial", [None, "", " ", "null", "-", "\0", {}, []])
async def test_row_without_serial(connect: Connect, serial: Any) -> None:
    """Test that a row without a serial is left out, and the list incomplete."""
    rows = [{"device_sn": serial, "type": 7}, {"type": 7}, {"device_sn": 5, "type": 7}]
    async with saying(listing("devices", rows, 3)) as server:
        found = await connect(server).devices("1")
    assert [device.serial for device in found.items] == ["5"]
    assert not found.complete


@pytest.mark.parametrize(
    "body",
    [
        listing("devices", ["odd"], 1),
        listing("devices", [None], 1),
        listing("plants", [], 0),
        '{"data": {"count": 1, "devices": {}}, "error_code": 0}',
        '{"data": {"count": 1, "devices": ""}, "error_code": 0}',
        '{"data": [], "error_code": 0}',
        '{"data": null, "error_code": 0}',
    ],
)
async def test_not_a_list(connect: Connect, body: str) -> None:
    """Test that what is not a list of rows is an unexpected answer."""
    async with saying(body) as server:
        with pytest.raises(GrowattAnswerError):
            await connect(server).devices("1")


@pytest.mark.parametrize("count", ["1", 1.0, None, "odd", 0])
async def test_odd_count(connect: Connect, count: Any) -> None:
    """Test that a count may be a text, or nothing to go by."""
    rows = [{"device_sn": "A1", "type": 7}]
    async with saying(listing("devices", rows, count)) as server:
        found = await connect(server).devices("1")
    assert len(found.items) == 1
    assert found.complete


async def test_list_without_end(connect: Connect) -> None:
    """Test that no page is asked for beyond the last one Growatt serves."""
    pages: list[int] = []

    async def handler(request: web.Request) -> web.Response:
        pages.append(int(request.query["page"]))
        return web.Response(text=listing("devices", [{"device_sn": "A"}], 65_535))

    async with answering(handler) as server:
        found = await connect(server).devices("1")
    assert pages == [*range(1, 251)]
    assert not found.complete
