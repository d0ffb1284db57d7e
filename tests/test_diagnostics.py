"""Diagnostics and the system page: useful, and without a word about who and where."""

from collections.abc import Callable, Iterator
from datetime import timedelta
import json
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_system_health_info,
)
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.components.diagnostics import REDACTED
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from simulator import SimulatedCloud

from .conftest import SECRET, Pass, device_of, secrets_of


def _values_of(shown: Any, name: str) -> Iterator[Any]:
    """Yield what stands under a name, however deep."""
    if isinstance(shown, list):
        for one in shown:
            yield from _values_of(one, name)
    elif isinstance(shown, dict):
        for key, one in shown.items():
            if key == name:
                yield one
            yield from _values_of(one, name)


@pytest.mark.parametrize("home", ["villa", "duo"])
async def test_entry_diagnostics(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """Test that diagnostics show all numbers, and no secret planted in any field."""
    cloud.faults.plant_secrets(SECRET)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    shown = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    text = json.dumps(shown)
    assert [secret for secret in secrets_of(cloud) if secret in text] == []
    assert shown["devices"] == len(cloud.devices)
    reading = shown["readings"]["growatt_openapi min"][0]
    device = next(one for one in cloud.devices if one.serial.startswith("SIM7"))
    assert reading["pac"] == pytest.approx(cloud.truth()[device.serial]["ac_power"])
    assert len(reading) > 150


@pytest.mark.parametrize("home", ["weather", "balcony", "novel", "all"])
async def test_all_devices_of_a_house(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that nothing on a bus, no pack and no new type tells a secret either."""
    cloud.faults.plant_secrets(SECRET)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    shown = [await get_diagnostics_for_config_entry(hass, hass_client, entry)]
    devices = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    shown += [
        await get_diagnostics_for_device(hass, hass_client, entry, device)
        for device in devices
    ]
    text = json.dumps(shown)
    assert [secret for secret in secrets_of(cloud) if secret in text] == []
    names = ("battery1SerialNum", "battery2SerialNum")
    packs = {value for name in names for value in _values_of(shown, name)}
    assert packs <= {REDACTED, None}


@pytest.mark.parametrize("home", ["novel"])
@pytest.mark.parametrize("name", ["battery1SerialNum", "imei", "simIccid", "phoneNum"])
async def test_number_that_says_who(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """Test that some fields are hidden even where they hold nothing but a number."""
    device = cloud.devices[0]
    last = device.v4_last
    monkeypatch.setattr(device, "v4_last", lambda now: last(now) | {name: 4711})
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    shown = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert list(_values_of(shown, name)) == [REDACTED]


async def test_device_diagnostics(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that the diagnostics of a device hold its reading, and no secret."""
    device = device_of(device_registry, loaded, cloud.devices[0].serial)
    shown = await get_diagnostics_for_device(hass, hass_client, loaded, device)
    text = json.dumps(shown)
    assert [secret for secret in secrets_of(cloud) if secret in text] == []
    assert shown["growatt_openapi min"]["reading"]["statusText"] == "Normal"


async def test_diagnostics_in_trouble(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    time_passes: Pass,
) -> None:
    """Test that diagnostics say what fails, and why."""
    cloud.faults.add("http", status=502, path="plant/data")
    await time_passes(timedelta(minutes=5, seconds=6))
    shown = await get_diagnostics_for_config_entry(hass, hass_client, loaded)
    question = shown["questions"]["growatt_openapi plant"]
    assert question["failures"] == 1
    assert question["problem"] == "v1/plant/data: unexpected answer (code 502)"


async def test_system_health(
    hass: HomeAssistant, cloud: SimulatedCloud, loaded: MockConfigEntry
) -> None:
    """Test that the system page shows the account and that its server is reached."""
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()
    info: dict[str, Any] = await get_system_health_info(hass, DOMAIN)
    assert (info["accounts"], info["devices"], info["failing"]) == (1, 1, 0)
    assert info["last_answer"]
    assert await info["server_1"] == "ok"


@pytest.mark.parametrize("home", ["villa", "weather", "all"])
@pytest.mark.parametrize("kind", ["http", "html", "code"])
async def test_no_secret_in_the_log(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    our_log: Callable[[], str],
    entry: MockConfigEntry,
    time_passes: Pass,
    kind: str,
) -> None:
    """Test that our part of the log names neither token, plant nor device."""
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    cloud.faults.add(kind, **({"code": 10001} if kind == "code" else {}))
    for _ in range(4):
        await time_passes(timedelta(minutes=31))
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    text = our_log()
    assert "unexpected response" in text
    assert [secret for secret in secrets_of(cloud) if secret in text] == []


async def test_counters_that_were_not_believed(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    time_passes: Pass,
) -> None:
    """Test that values that were held back are counted, by the key of the counter."""
    shown = await get_diagnostics_for_config_entry(hass, hass_client, loaded)
    assert shown["held_back"] == {}
    cloud.faults.add("spike")
    for _ in range(2):
        await time_passes(timedelta(minutes=5, seconds=6))
    shown = await get_diagnostics_for_config_entry(hass, hass_client, loaded)
    # That of the device and that of its plant.
    assert shown["held_back"]["energy_today"] == 4
    assert shown["held_back"]["energy_import_total"] == 2
