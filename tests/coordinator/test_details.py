"""Names, models and firmware: asked for seldom, and never in anybody's way."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud

from ..conftest import Pass, asked, device_of

HOUR = timedelta(hours=1, seconds=1)


async def test_model_is_learned_later(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that a device is a MIN until Growatt tells which."""
    cloud.faults.add("code", code=10012, path="device/check/sn", times=1)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    serial = cloud.devices[0].serial
    assert device_of(device_registry, entry, serial).model == "MIN"

    await time_passes(HOUR)
    assert device_of(device_registry, entry, serial).model == "MIN 6000TL-XH"


@pytest.mark.parametrize("home", ["duo"])
async def test_model_growatt_does_not_tell(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that one unknown model neither stops the others nor is asked for again."""
    first, second, *_ = cloud.devices
    cloud.faults.add(
        "code", code=10001, path="device/check/sn", serial=first.serial, times=1
    )
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await time_passes(HOUR)
    assert device_of(device_registry, entry, first.serial).model == "Inverter"
    assert device_of(device_registry, entry, second.serial).model == "MIN 6000TL-X"
    assert asked(cloud).count("device/check/sn") == len(cloud.devices)


@pytest.mark.parametrize(("home", "count"), [("fleet", 25)])
async def test_models_of_a_fleet(
    cloud: SimulatedCloud, loaded: MockConfigEntry, time_passes: Pass
) -> None:
    """Test that a large fleet learns its models bit by bit."""
    assert asked(cloud).count("device/check/sn") == 20
    await time_passes(HOUR)
    assert asked(cloud).count("device/check/sn") == 25


@pytest.mark.parametrize("home", ["duo"])
async def test_details_of_one_family_fail(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that a family whose details fail does not cost the others theirs."""
    inverter, *mins = cloud.devices
    for one in mins:
        cloud.faults.add("html", path="new-api/queryDeviceInfo", serial=one.serial)
        cloud.faults.add("html", path="device/tlx/tlx_data_info", serial=one.serial)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert device_of(device_registry, entry, inverter.serial).sw_version == "AH1.0"
    nameless = device_of(device_registry, entry, mins[0].serial)
    assert (nameless.name, nameless.sw_version) == (f"MIN {mins[0].serial}", None)


async def test_no_details_at_all(
    hass: HomeAssistant, cloud: SimulatedCloud, entry: MockConfigEntry
) -> None:
    """Test that an account works without anybody's name or firmware."""
    cloud.faults.add("html", path="new-api/queryDeviceInfo")
    cloud.faults.add("html", path="device/tlx/tlx_data_info")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    state = hass.states.get(f"sensor.min_{cloud.devices[0].serial.lower()}_ac_power")
    assert float(state.state) > 0
