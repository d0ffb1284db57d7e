"""Actions for the past energy and power of a plant."""

from collections.abc import Callable

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud
from tests.conftest import device_of

from .conftest import Act

type DeviceId = Callable[[object], str]


@pytest.mark.parametrize(
    ("unit", "first", "last", "begin", "key"),
    [
        ("day", "2026-06-13", "2026-06-15", "2026-06-15", "energy_today"),
        ("month", "2025-12-24", "2026-06-01", "2026-06-01", "energy_month"),
        ("year", "2007-01-01", "2026-06-15", "2026-01-01", "energy_year"),
    ],
)
async def test_energy(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    act: Act,
    device_id: DeviceId,
    unit: str,
    first: str,
    last: str,
    begin: str,
    key: str,
) -> None:
    """Test that the energies are those of the plant, the last one to the watt-hour."""
    plant = cloud.plants[0].plant_id
    response = await act(
        "get_plant_energy",
        device_id=device_id(plant),
        unit=unit,
        start_date=first,
        end_date=last,
    )
    assert response["unit"] == unit
    energy = cloud.truth()[str(plant)][key]
    assert response["energies"][-1] == {"date": begin, "energy": energy}


async def test_power_curve(
    cloud: SimulatedCloud, loaded: MockConfigEntry, act: Act, device_id: DeviceId
) -> None:
    """Test that powers are in W, and their times have the offset of the plant."""
    device = device_id(cloud.plants[0].plant_id)
    response = await act("get_power_curve", device_id=device, date="2026-06-15")
    assert response["date"] == "2026-06-15"
    first, *_, last = response["powers"]
    assert first["time"] == "2026-06-15T00:00:00+01:00"
    assert last["time"].startswith("2026-06-15T11:")
    assert last["power"] > 500
    assert len(response["powers"]) > 130
    # A day that has not come yet has no powers.
    response = await act("get_power_curve", device_id=device, date="2026-06-16")
    assert response == {"date": "2026-06-16", "powers": []}


async def test_power_curve_of_an_unknown_clock(
    cloud: SimulatedCloud,
    hass: HomeAssistant,
    entry: MockConfigEntry,
    act: Act,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that times are plain while Growatt does not tell the clock of the plant."""
    cloud.faults.add("http", path="plant/data", status=500)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    device = device_of(device_registry, entry, cloud.plants[0].plant_id).id
    response = await act("get_power_curve", device_id=device, date="2026-06-15")
    assert response["powers"][0]["time"] == "2026-06-15T00:00:00"
