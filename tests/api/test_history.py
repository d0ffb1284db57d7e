"""Past energy and power of a plant."""

from datetime import date, timedelta
import json
from typing import Any

import pytest

from custom_components.growatt_openapi.api import (
    Energy,
    GrowattAnswerError,
    GrowattClient,
    GrowattPeriodError,
    GrowattRateLimitError,
    Power,
    Unit,
)
from simulator import SimulatedCloud
from tests.conftest import NOON

from .conftest import Connect, Pass, saying

TODAY = NOON.date()
VILLA = "9910101"


@pytest.mark.parametrize(
    ("unit", "first", "begins", "key"),
    [
        (Unit.DAY, TODAY - timedelta(days=6), TODAY, "energy_today"),
        (Unit.DAY, TODAY, TODAY, "energy_today"),
        (Unit.MONTH, date(2025, 1, 1), date(2026, 6, 1), "energy_month"),
        (Unit.YEAR, date(2007, 1, 1), date(2026, 1, 1), "energy_year"),
    ],
)
async def test_energy(
    cloud: SimulatedCloud,
    client: GrowattClient,
    unit: Unit,
    first: date,
    begins: date,
    key: str,
) -> None:
    """Test that the energies begin where they should, the last one with the truth."""
    found = await client.management.energy(VILLA, unit, first, TODAY)
    assert found[0].begins == first
    assert found[-1] == Energy(begins=begins, energy=cloud.truth()[VILLA][key])
    assert len(cloud.requests) == 1


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        (Unit.DAY, TODAY - timedelta(days=7), TODAY),
        (Unit.DAY, TODAY, TODAY - timedelta(days=1)),
        (Unit.MONTH, date(2024, 12, 31), TODAY),
        (Unit.YEAR, date(2006, 12, 31), TODAY),
    ],
)
async def test_too_much_at_once(
    cloud: SimulatedCloud, client: GrowattClient, unit: Unit, first: date, last: date
) -> None:
    """Test that what Growatt would refuse does not cost one of ten requests a day."""
    with pytest.raises(GrowattPeriodError):
        await client.management.energy(VILLA, unit, first, last)
    assert cloud.requests == []


async def test_ten_periods_a_day(
    cloud: SimulatedCloud, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that ten requests a day are meant for whatever period."""
    for days in range(10):
        day = TODAY - timedelta(days=days)
        await client.management.energy(VILLA, Unit.DAY, day, day)
        time_passes(60)
    with pytest.raises(GrowattRateLimitError) as refused:
        await client.management.energy(VILLA, Unit.YEAR, TODAY, TODAY)
    assert refused.value.retry_after == pytest.approx(24 * 3600 - 600)
    assert [one.code for one in cloud.requests] == [0] * 10
    time_passes(24 * 3600 - 600)
    assert await client.management.energy(VILLA, Unit.YEAR, TODAY, TODAY)


@pytest.mark.parametrize("written", ["", "soon", None, "2026-13"])
async def test_energy_without_a_date(connect: Connect, written: Any) -> None:
    """Test that an energy of no known day is left out."""
    rows = [{"date": written, "energy": "1"}, {"date": "2026-06-15", "energy": ""}]
    body = {"data": {"count": 2, "energys": rows}, "error_code": 0}
    async with saying(json.dumps(body)) as server:
        management = connect(server).management
        found = await management.energy("1", Unit.DAY, TODAY, TODAY)
    assert found == (Energy(begins=TODAY, energy=None),)


async def test_power(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that the powers of a day come in order, without those still to come."""
    found = await client.management.power(VILLA, TODAY)
    walls = [one.wall for one in found]
    assert walls == sorted(walls)
    assert walls[0] == cloud.plants[0].wall_clock(NOON).replace(hour=0, minute=0)
    assert 0 <= (cloud.plants[0].wall_clock(NOON) - walls[-1]).total_seconds() <= 600
    assert found[-1].power == cloud.truth()[cloud.devices[0].serial]["ac_power"]


async def test_power_of_nothing(connect: Connect) -> None:
    """Test that a moment without power or time is left out."""
    rows = [
        {"time": "2026-06-15 12:05", "power": None},
        {"time": "2026-06-15 12:00", "power": 65535},
        {"time": "", "power": 1},
    ]
    body = {"data": {"count": 3, "powers": rows}, "error_code": 0}
    async with saying(json.dumps(body)) as server:
        found = await connect(server).management.power("1", TODAY)
    assert [one.power for one in found] == [65535]
    assert all(isinstance(one, Power) for one in found)


@pytest.mark.parametrize("data", ["", {}, {"powers": ""}])
async def test_no_powers(connect: Connect, data: Any) -> None:
    """Test that what holds no powers is an unexpected answer."""
    async with saying(json.dumps({"data": data, "error_code": 0})) as server:
        with pytest.raises(GrowattAnswerError):
            await connect(server).management.power("1", TODAY)
