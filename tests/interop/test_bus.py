"""Meters, a weather station and a GroBoost, as growatt-public-api reads them."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from simulator import SimulatedClock, SimulatedCloud
from simulator.devices.environment import Environment

from .conftest import NOON
from .test_growatt_public_api import PYTHON, pytestmark as needs_library

pytestmark = needs_library

LOGGER = "SIML100002"

METER = {
    "active_power": "meter_power",
    "active_power_l2": "meter_l2_power",
    "voltage_l1": "ac_l1_voltage",
    "current_l3": "ac_l3_current",
    "posi_active_power": "grid_import_power",
    "reverse_active_power": "grid_export_power",
    "positive_active_total_energy": "energy_import_total",
    "reverse_active_total_energy": "energy_export_total",
}
PLAIN = {
    "active_power": "meter_power",
    "active_energy": "active_energy_total",
    "fei_lv_gu_z_energy": "tariff_valley_energy_total",
}
WEATHER = {
    "env_temp": "ambient_temperature",
    "panel_temp": "panel_temperature",
    "radiant": "irradiance",
    "wind_speed": "wind_speed",
    "wind_angle": "wind_direction",
}
BOOST = {
    "a_ppv": "consumed_power",
    "a_vpv": "channel_a_voltage",
    "a_ipv": "channel_a_current",
    "total_energy": "consumed_energy_total",
    "temperature": "temperature",
    "target_power": "target_power",
}


@pytest.fixture
def cloud(socket_enabled: None) -> SimulatedCloud:
    """Return a cloud with the house that has them all.

    The library expects the weather as one record, not as a list.
    """
    cloud = SimulatedCloud("weather", clock=SimulatedClock(NOON, speed=0))
    station = cloud.plants[0].bus[-1]
    assert isinstance(station, Environment)
    station.flat = True
    return cloud


@pytest.fixture
def boost(cloud: SimulatedCloud) -> str:
    """Return the serial of the GroBoost."""
    return cloud.devices[1].serial


@pytest.fixture
async def seen(url: str, cloud: SimulatedCloud, boost: str) -> dict[str, Any]:
    """Return all that the library reads, in an environment of its own."""
    process = await asyncio.create_subprocess_exec(
        *(PYTHON, Path(__file__).with_name("read_bus.py")),
        *(url, cloud.token, LOGGER, boost),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    return json.loads(output)


async def test_everything(
    seen: dict[str, Any], cloud: SimulatedCloud, boost: str
) -> None:
    """Test that all are found and read, with the values of the truth."""
    truth = cloud.truth()
    on_bus = [truth[f"{LOGGER}#{address}"] for address in (1, 2, 3)]
    assert [
        (one["address"], one["device_name"], one["lost"]) for one in seen["listed"]
    ] == [(1, "AMMETER", False), (2, "AMMETER", False), (3, "ENV_DEVICE", False)]
    read = (*seen["meters"], *seen["stations"], seen["boost"], seen["boost_batch"])
    true = (*on_bus, truth[boost], truth[boost])
    fields = (METER, PLAIN, WEATHER, BOOST, BOOST)
    for found, facts, names in zip(read, true, fields, strict=True):
        for field, key in names.items():
            assert found[field] == pytest.approx(facts[key], rel=1e-6), field
    details = seen["boost_details"]
    assert (details["device_sn"], details["lost"]) == (boost, False)
