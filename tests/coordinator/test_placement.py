"""Plants of devices that are only listed by V4, which doesn't return the plant."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud
from simulator.devices.noah import Noah

from ..conftest import Pass, StateOf, asked, device_of

HOUR = timedelta(hours=1, seconds=1)
LIST = "new-api/queryDeviceList"
PLACE = "plant/sn_plant"

pytestmark = pytest.mark.parametrize("home", ["balcony"])


@pytest.fixture
def noah(cloud: SimulatedCloud) -> Noah:
    """Return the storage of the first balcony."""
    return storages(cloud)[0]


@pytest.fixture
def second(cloud: SimulatedCloud, noah: Noah) -> Noah:
    """Return the storage of a second balcony of the same owner."""
    other = cloud.add_home("balcony")
    cloud.accounts.remove(other)
    cloud.accounts[0].plants.extend(other.plants)
    return storages(cloud)[1]


def storages(cloud: SimulatedCloud) -> list[Noah]:
    """Return the storages of all balconies."""
    return [device for device in cloud.devices if isinstance(device, Noah)]


def hide_logger(noah: Noah) -> None:
    """Let V1 not list the data logger of a storage."""
    noah.plant.loggers.remove(noah.logger)


async def set_up(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Set up an entry."""
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


def parent_of(
    registry: dr.DeviceRegistry, entry: MockConfigEntry, noah: Noah
) -> str | None:
    """Return the plant id or serial of what a storage hangs below, None for nothing."""
    device = device_of(registry, entry, noah.serial)
    assert device is not None
    if device.via_device_id is None:
        return None
    parent = registry.async_get(device.via_device_id)
    assert parent is not None
    return next(key for _, key in parent.identifiers)


async def test_two_balconies(
    cloud: SimulatedCloud,
    second: Noah,
    noah: Noah,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that a listed logger tells the plant, without a question."""
    await set_up(hass, entry)
    devices = entry.runtime_data.inventory.data.devices
    for one in (noah, second):
        assert devices[one.serial].plant_id == str(one.plant.plant_id)
    assert PLACE not in asked(cloud)


async def test_hidden_logger(
    cloud: SimulatedCloud,
    second: Noah,
    noah: Noah,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that Growatt is asked for the plant once where no logger tells."""
    hide_logger(noah)
    hide_logger(second)
    await set_up(hass, entry)
    for one in (noah, second):
        assert parent_of(device_registry, entry, one) == str(one.plant.plant_id)
    await time_passes(HOUR)
    assert asked(cloud).count(PLACE) == 2


async def test_refused_in_one_plant(
    cloud: SimulatedCloud,
    noah: Noah,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Test that the only plant has it where Growatt does not say."""
    hide_logger(noah)
    cloud.faults.add("code", path=PLACE, code=10005)
    await set_up(hass, entry)
    assert parent_of(device_registry, entry, noah) == str(noah.plant.plant_id)


async def test_refused_in_two_plants(
    cloud: SimulatedCloud,
    second: Noah,
    noah: Noah,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that it is there below no plant until Growatt says which."""
    hide_logger(noah)
    rule = cloud.faults.add("code", path=PLACE, code=10005)
    await set_up(hass, entry)
    assert parent_of(device_registry, entry, noah) is None
    for _ in range(5):
        await time_passes(HOUR)
        assert state_of(noah.serial, "battery_soc").state != STATE_UNAVAILABLE
    assert asked(cloud).count(PLACE) <= 6
    cloud.faults.rules.remove(rule)
    for _ in range(25):
        await time_passes(HOUR)
    assert parent_of(device_registry, entry, noah) == str(noah.plant.plant_id)
    assert state_of(noah.serial, "battery_soc").state != STATE_UNAVAILABLE


async def test_refused_later(
    cloud: SimulatedCloud,
    second: Noah,
    noah: Noah,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that it stays in its plant when Growatt does not tell it any more."""
    hide_logger(noah)
    await set_up(hass, entry)
    cloud.faults.add("code", path=PLACE, code=10005)
    for _ in range(26):
        await time_passes(HOUR)
    assert parent_of(device_registry, entry, noah) == str(noah.plant.plant_id)
    assert state_of(noah.serial, "battery_soc").state != STATE_UNAVAILABLE


@pytest.mark.parametrize("fault", [None, "code", "http"])
async def test_left_out_plant(
    fault: str | None,
    cloud: SimulatedCloud,
    second: Noah,
    noah: Noah,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that what is left out stays out, whether or not Growatt tells its plant."""
    hide_logger(second)
    if fault:
        cloud.faults.add(fault, path=PLACE, code=10005, status=502)
    hass.config_entries.async_update_entry(
        entry, options={"excluded_plants": [str(second.plant.plant_id)]}
    )
    await set_up(hass, entry)
    await time_passes(HOUR)
    assert device_of(device_registry, entry, noah.serial)
    assert not device_of(device_registry, entry, second.serial)


@pytest.mark.parametrize(
    ("fault", "options"),
    [
        ("code", {"code": 1}),
        ("code", {"code": 12}),
        ("code", {"code": 101}),
        ("http", {"status": 404}),
        ("http", {"status": 502}),
        ("count_mismatch", {}),
        ("empty_list", {}),
        ("html", {}),
    ],
)
async def test_v4_list_fails_for_hours(
    fault: str,
    options: dict[str, int],
    cloud: SimulatedCloud,
    noah: Noah,
    loaded: MockConfigEntry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that no list of V4 proves nothing about what only V4 lists."""
    cloud.faults.add(fault, path=LIST, **options)
    for _ in range(4):
        await time_passes(HOUR)
    assert noah.serial in loaded.runtime_data.inventory.data.devices
    assert state_of(noah.serial, "battery_soc").state != STATE_UNAVAILABLE


@pytest.mark.parametrize("fault", ["http", "empty_list"])
async def test_v1_absences_count_without_v4(
    fault: str,
    cloud: SimulatedCloud,
    noah: Noah,
    loaded: MockConfigEntry,
    time_passes: Pass,
) -> None:
    """Test that what V1 lists can go while V4 is out of order."""
    cloud.faults.add(fault, path=LIST, status=502)
    gone = next(one for one in cloud.devices if one is not noah)
    cloud.add_min(noah.plant)
    noah.plant.remove(gone.serial)
    for _ in range(4):
        await time_passes(HOUR)
    assert gone.serial not in loaded.runtime_data.inventory.data.devices
    assert noah.serial in loaded.runtime_data.inventory.data.devices


async def test_gone_from_a_plant_of_its_own(
    cloud: SimulatedCloud,
    second: Noah,
    noah: Noah,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    time_passes: Pass,
) -> None:
    """Test that a list of V4 with others on it proves an absence."""
    plant = second.plant
    for device in list(plant.devices):
        if device is not second:
            plant.remove(device.serial)
    await set_up(hass, entry)
    assert second.serial in entry.runtime_data.inventory.data.devices
    plant.remove(second.serial)
    for _ in range(4):
        await time_passes(HOUR)
    assert second.serial not in entry.runtime_data.inventory.data.devices
    assert noah.serial in entry.runtime_data.inventory.data.devices


async def test_token_without_v4(
    cloud: SimulatedCloud,
    noah: Noah,
    entry: MockConfigEntry,
    hass: HomeAssistant,
) -> None:
    """Test that the rest goes on where the token may not use V4."""
    cloud.v4_allowed = False
    await set_up(hass, entry)
    devices = entry.runtime_data.inventory.data.devices
    assert noah.serial not in devices
    assert devices


async def test_it_moves_to_another_plant(
    cloud: SimulatedCloud,
    second: Noah,
    noah: Noah,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a storage behind a hidden logger is found where it was moved."""
    hide_logger(noah)
    await set_up(hass, entry)
    before = noah.plant
    before.devices.remove(noah)
    second.plant.devices.append(noah)
    noah.plant = second.plant
    for _ in range(26):
        await time_passes(HOUR)
    assert parent_of(device_registry, entry, noah) == str(second.plant.plant_id)
    assert state_of(noah.serial, "battery_soc").state != STATE_UNAVAILABLE


async def test_many_foreign_devices(
    cloud: SimulatedCloud,
    second: Noah,
    noah: Noah,
    entry: MockConfigEntry,
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that few questions are asked at once, and nothing foreign is taken."""
    hide_logger(second)
    foreign = second.plant
    for _ in range(30):
        cloud.builder_of(foreign).device(
            Noah, foreign, second.logger, second.source, rated=800
        )
    hass.config_entries.async_update_entry(
        entry, options={"excluded_plants": [str(foreign.plant_id)]}
    )
    await set_up(hass, entry)
    assert asked(cloud).count(PLACE) == 20
    await time_passes(HOUR)
    assert asked(cloud).count(PLACE) == 31
    await time_passes(HOUR)
    assert asked(cloud).count(PLACE) == 31
    assert set(entry.runtime_data.inventory.data.devices) == {
        device.serial for device in noah.plant.devices
    }
