"""Setting an account up with growatt-public-api, and reading the past of a plant."""

import asyncio
from datetime import timedelta
import json
from pathlib import Path
from typing import Any

import pytest

from simulator import SimulatedClock, SimulatedCloud

from .conftest import NOON
from .test_growatt_public_api import PYTHON, pytestmark as needs_library

pytestmark = needs_library


@pytest.fixture
def cloud(socket_enabled: None) -> SimulatedCloud:
    """Return the cloud of a dealer with nothing registered, with its limits."""
    return SimulatedCloud("new", clock=SimulatedClock(NOON, speed=0))


async def step(url: str, cloud: SimulatedCloud, *about: object) -> dict[str, Any]:
    """Return what the library brings in a step, in an environment of its own."""
    process = await asyncio.create_subprocess_exec(
        *(PYTHON, Path(__file__).with_name("manage.py"), url, cloud.token),
        *map(str, about),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    return json.loads(output)


async def test_everything(url: str, cloud: SimulatedCloud) -> None:
    """Test that the library sets up, reads the past of, and deletes a plant."""
    box = cloud.unregistered.sets[0]
    logger, device = box.logger, box.devices[0]
    told = await step(url, cloud, "set_up", logger.serial, logger.check_code)
    account, (plant,) = cloud.accounts[1], cloud.plants
    assert (told["user"], told["plant"]) == (account.user_id, plant.plant_id)
    assert told["free"] == [True, False]
    assert told["again"] == 10003
    (user,) = told["users"]
    assert (user["name"], user["phone_number"]) == ("anna", "0100")
    assert [one["name"] for one in told["plants"]] == ["Anna's Barn"]
    details = told["details"]
    assert (details["name"], details["peak_power"]) == ("Anna's Barn", 9.5)
    assert (details["country"], details["city"]) == ("Austria", "Innsbruck")
    assert (details["latitude"], details["longitude"]) == (47.5, 11.25)
    assert (details["timezone"], details["currency"]) == ("GMT+2", "CHF")
    assert (details["plant_type"], details["create_date"]) == (1, "2020-02-29")
    assert details["address1"] == "Alley 3"

    cloud.clock.shift(timedelta(minutes=10))
    today = plant.today()
    told = await step(url, cloud, "look_back", plant.plant_id, device.serial, today)
    truth = cloud.truth()[str(plant.plant_id)]
    for unit, key, begins in (
        ("day", "energy_today", today),
        ("month", "energy_month", today.replace(day=1)),
        ("year", "energy_year", today.replace(month=1, day=1)),
    ):
        (found,) = told["history"][unit]
        assert (found["date"], found["energy"]) == (str(begins), truth[key])
    newest = next(power for power in told["powers"] if power is not None)
    assert len(told["powers"]) == 288
    assert newest == pytest.approx(cloud.truth()[device.serial]["ac_power"], rel=1e-6)
    assert (told["logger"], told["plant"]) == (logger.serial, plant.plant_id)
    assert told["created"]["datalogger_sn"] == logger.serial

    about = (account.user_id, plant.plant_id, logger.serial, device.serial)
    assert await step(url, cloud, "take_away", *about) == {"left": 0}
    assert len(cloud.unregistered.sets) == 3
