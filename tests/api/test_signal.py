"""The Wi-Fi signal of a data logger, and the plant of a device: asked one by one."""

import json
from typing import Any

import pytest

from custom_components.growatt_openapi.api import (
    Family,
    GrowattAnswerError,
    GrowattClient,
    GrowattNotFoundError,
)
from simulator import SimulatedCloud

from .conftest import Connect, saying


async def test_signal(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that the signal is the one the logger of a device has, in dBm."""
    device = cloud.devices[0]
    found = await client.wifi_signal(Family.MIN, device.serial, 0)
    assert found == device.logger.signal


async def test_signal_of_what_v4_does_not_know(
    cloud: SimulatedCloud, client: GrowattClient
) -> None:
    """Test that nothing is asked where there is nobody to ask."""
    with pytest.raises(GrowattNotFoundError):
        await client.wifi_signal(Family.PCS, cloud.devices[0].serial, 0)
    assert cloud.requests == []


@pytest.mark.parametrize("message", ["0", 0, "", None, "successful operation"])
async def test_no_signal(connect: Connect, message: Any) -> None:
    """Test that what is no signal is none, and not the best one."""
    async with saying(json.dumps({"code": 0, "message": message})) as server:
        with pytest.raises(GrowattAnswerError):
            await connect(server).wifi_signal(Family.MIN, "SIM7100001", 0)


@pytest.mark.parametrize("plant", [None, "", {}, {"plant_id": ""}, []])
async def test_plant_that_is_not_told(connect: Connect, plant: Any) -> None:
    """Test that an answer without a plant says that there is none."""
    answer = {"error_code": 0, "data": {"plant": plant}}
    async with saying(json.dumps(answer)) as server:
        with pytest.raises(GrowattNotFoundError):
            await connect(server).plant_of("SIM7100001")
