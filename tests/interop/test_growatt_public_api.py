"""growatt-public-api, whose models check every field of every answer."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest

from simulator import SimulatedCloud

from .same import SAME

REPOSITORY = Path(__file__).parents[2]
PYTHON = REPOSITORY / ".venv-interop" / "bin" / "python"

pytestmark = pytest.mark.skipif(
    not PYTHON.exists() and "CI" not in os.environ,
    reason="scripts/setup has not made .venv-interop",
)


@pytest.fixture
async def seen(url: str, token: str) -> dict[str, Any]:
    """Return all that the library reads, in an environment of its own."""
    process = await asyncio.create_subprocess_exec(
        *(PYTHON, Path(__file__).with_name("read_all.py"), url, token),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    return json.loads(output)


async def test_everything(seen: dict[str, Any], cloud: SimulatedCloud) -> None:
    """Test that plants, loggers and devices are read, with the values of the truth.

    In one test, since all is read in one run of the library.
    """
    in_v4 = [device.serial for device in cloud.devices if device.v4_type]
    assert seen["v4"] == in_v4
    truth = cloud.truth()
    assert list(seen["plants"]) == [str(plant.plant_id) for plant in cloud.plants]
    for plant in cloud.plants:
        read, true = (side[str(plant.plant_id)] for side in (seen["plants"], truth))
        assert read["details"]["name"] == plant.name
        assert read["loggers"] == [logger.serial for logger in plant.loggers]
        totals = read["totals"]
        assert totals["current_power"] == true["power"]
        assert totals["today_energy"] == true["energy_today"]
        assert totals["total_energy"] == true["energy_total"]
        assert totals["carbon_offset"] == true["co2_avoided"]
        listed = [device.serial for device in plant.devices if device.v1_type]
        assert list(read["devices"]) == listed
        for serial in listed:
            found = read["devices"][serial]
            check = check_single if found["type"] in ONE_BY_ONE else check_device
            check(found, truth[serial])
    alone = [device.serial for device in cloud.devices if device.v1_type is None]
    assert list(seen["only_v4"]) == alone
    for serial in alone:
        check_only_in_v4(seen["only_v4"][serial], truth[serial])


STATUS_TEXTS = {
    **dict.fromkeys(("pv bat online", "bat online", "bypass"), "normal"),
    "ongridstate": "normal",
    "operating": "normal",
    "charge": "charging",
    "discharge": "discharging",
}
"""What the texts of a status mean where they are not the words of the truth."""


def check_fields(kind: object, read: dict[str, Any], truth: dict[str, Any]) -> None:
    """Compare one way of reading a device with the truth."""
    for field, key in SAME[kind].items():
        assert read[field] == pytest.approx(truth.get(key, 0), rel=1e-6), field


WAYS = {2: ("v4",)}
"""How the types are read that are not read in all ways."""

ONE_BY_ONE = {8, 9, 10}
"""The types that are read neither in batches nor through V4."""


def check_single(read: dict[str, Any], truth: dict[str, Any]) -> None:
    """Compare what is read of a device that only V1 knows, one by one."""
    check_fields(read["type"], read["live"], truth)
    assert STATUS_TEXTS[read["live"]["status_text"].lower()] == truth["status"]
    assert read["details"]["lost"] is False
    assert read["check"]["in_system"] is True


def check_only_in_v4(read: dict[str, Any], truth: dict[str, Any]) -> None:
    """Compare what is read of a device that V1 does not list with the truth."""
    check_fields(read["type"], read["v4"], truth)
    assert read["v4_details"]["lost"] is False
    assert read["check"]["in_system"] is True


def check_device(read: dict[str, Any], truth: dict[str, Any]) -> None:
    """Compare each way of reading a device with the truth."""
    for way in WAYS.get(read["type"], ("live", "batch", "v4")):
        check_fields(read["type"], read[way], truth)
        text = read[way]["status_text"].lower()
        assert STATUS_TEXTS.get(text, text) == truth["status"]
    assert read["details"]["lost"] is False
    assert read["v4_details"]["lost"] is False
    assert read["check"]["in_system"] is True
