"""Odd answers to the client alone: errors of its own, and values of the right type."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from operator import methodcaller
from typing import Any

from aiohttp import ClientSession
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.growatt_openapi.api import (
    Datalogger,
    Family,
    GrowattClient,
    GrowattError,
    Latest,
    Listing,
    PlantClock,
    Reading,
)
from custom_components.growatt_openapi.catalog import PROFILES, Snapshot
from custom_components.growatt_openapi.coordinator.dataloggers import (
    datalogger_snapshot,
)
from simulator import SimulatedCloud
from tests.conftest import NOON

from .connection import OddConnection
from .expected import is_number, is_possible, misfits
from .odd import CLIENT, SEED

type Serials = Mapping[Family, list[str]]

ROUND = 305.0
ROUNDS_OF_A_CLIENT = 10
CLOCK = PlantClock(None, UTC)


@pytest.fixture
async def connection(freezer: FrozenDateTimeFactory) -> AsyncIterator[OddConnection]:
    """Return a connection to an account with every family."""
    freezer.move_to(NOON)
    cloud = SimulatedCloud("all")
    cloud.limits_enabled = False
    async with ClientSession() as session:
        yield OddConnection(
            session=session, server="", token=cloud.token, seconds=1, cloud=cloud
        )


@pytest.fixture
async def serials(connection: OddConnection) -> Serials:
    """Return the serials of all devices, as good answers list them."""
    client = GrowattClient(connection=replace(connection, share=0))
    devices = list((await client.all_devices()).items)
    for plant in connection.cloud.plants:
        devices += (await client.devices(str(plant.plant_id))).items
    families = {one.serial: one.family for one in devices}
    found = defaultdict(list)
    for serial, family in families.items():
        found[family].append(serial)
    return found


def questions(
    cloud: SimulatedCloud, serials: Serials
) -> Iterator[tuple[methodcaller, Family]]:
    """Yield all that can be asked, and the family that the answer is about."""
    yield methodcaller("plants"), Family.PLANT
    yield methodcaller("all_devices"), Family.UNMAPPED
    for plant in cloud.plants:
        for name in ("plant_details", "plant_reading", "devices", "dataloggers"):
            yield methodcaller(name, str(plant.plant_id)), Family.PLANT
    for family, of_family in serials.items():
        yield methodcaller("readings", family, of_family), family
        yield methodcaller("details", family, of_family), family
        for name in ("check_serial", "plant_of"):
            yield methodcaller(name, of_family[0]), family
        yield methodcaller("wifi_signal", family, of_family[0], 0), family


def wrong(family: Family, brought: Any) -> list[str]:
    """Return what is of the wrong type in what a question brought."""
    match brought:
        case Listing(items=things):
            found = [wrong(family, one) for one in things]
        case Latest(items=things, errors=errors):
            assert all(isinstance(one, GrowattError) for one in errors.values())
            found = [wrong(family, one) for one in things.values()]
        case Reading(wall=wall):
            reading = Snapshot.of(brought, updated=CLOCK.instant(wall))
            found = [wrong_values(family, reading)]
        case Datalogger():
            reading = datalogger_snapshot(brought, (), None)
            found = [misfits(brought), wrong_values(Family.DATALOGGER, reading)]
        case str() | float() | int():
            found = [] if isinstance(brought, str) or is_number(brought) else [["it"]]
        case _:
            found = [misfits(brought)]
    return [name for names in found for name in names]


def wrong_values(family: Family, reading: Snapshot) -> list[str]:
    """Return the keys of a family's entities that show what they must not."""
    profile = PROFILES[family]
    return [
        sensor.key
        for sensor in profile.sensors_of(reading)
        if not isinstance(sensor.proved(reading), bool)
        or not is_possible(sensor, sensor.read(reading))
    ] + [
        sensor.key
        for sensor in profile.binary_sensors
        if not isinstance(sensor.proved(reading), bool)
        or sensor.read(reading) not in {None, True, False}
    ]


@pytest.mark.timeout(7200)
async def test_odd_answers(
    connection: OddConnection,
    serials: Serials,
    freezer: FrozenDateTimeFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Test that no answer brings a strange error or a value of a wrong type."""
    rounds = refused = 0
    while len(connection.odd) < CLIENT:
        if rounds % ROUNDS_OF_A_CLIENT == 0:
            client = GrowattClient(connection=connection)
        rounds += 1
        for question, family in questions(connection.cloud, serials):
            try:
                brought = await question(client)
            except GrowattError:
                refused += 1
                continue
            assert wrong(family, brought) == [], f"seed {SEED}, round {rounds}"
        freezer.tick(ROUND)
    assert refused
    with capsys.disabled():
        print(f"\n{len(connection.odd)} odd answers through the client and the catalog")  # noqa: T201
