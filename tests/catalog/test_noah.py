"""Balcony storage: asked every minute, with packs as devices of their own."""

from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf, device_of

MINUTE = timedelta(seconds=66)
SUNNY = datetime(2026, 6, 15, 12, 30, tzinfo=UTC)
DARK = timedelta(hours=14)

pytestmark = pytest.mark.parametrize("home", ["balcony"])


@pytest.fixture
def serial(cloud: SimulatedCloud) -> str:
    """Return the serial of the storage."""
    return cloud.devices[0].serial


def questions(cloud: SimulatedCloud, device_type: str) -> list[int | None]:
    """Return the codes of the answers about readings of a type, oldest first."""
    return [
        request.code
        for request in cloud.requests
        if request.path == "new-api/queryLastData"
        and request.params["deviceType"] == device_type
    ]


def packs_of(
    registry: dr.DeviceRegistry, entry: MockConfigEntry, serial: str
) -> dict[str, str | None]:
    """Return the names of the packs below a storage, by the end of their identifier."""
    storage = device_of(registry, entry, serial)
    assert storage is not None
    return {
        key.removeprefix(f"{serial}_"): pack.name
        for pack in dr.async_entries_for_parent_device(registry, storage.id)
        for _, key in pack.identifiers
    }


async def test_asked_every_minute(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    serial: str,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that storage is asked each minute, and the inverter beside it is not."""
    assert questions(cloud, "noah") == questions(cloud, "min") == [0]
    seen = []
    for _ in range(2):
        await time_passes(MINUTE)
        seen.append(state_of(serial, "last_update").state)
        truth = cloud.truth()[serial]
        assert seen[-1] == truth["last_update"].isoformat()
        assert (
            float(state_of(serial, "pv_energy_today").state) == truth["pv_energy_today"]
        )
    assert seen[0] != seen[1]
    assert questions(cloud, "noah") == [0, 0, 0]
    assert questions(cloud, "min") == [0]
    for _ in range(3):
        await time_passes(MINUTE)
    assert questions(cloud, "noah") == [0] * 6
    assert questions(cloud, "min") == [0, 0]


async def test_more_than_the_house_takes(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    serial: str,
    state_of: StateOf,
) -> None:
    """Test that the inverter beside it can make the load less than nothing."""
    freezer.move_to(SUNNY)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    truth = cloud.truth()[serial]
    assert truth["load_power"] < 0 < truth["battery_charge_power"]
    for key in (
        "load_power",
        "grid_import_power",
        "grid_export_power",
        "battery_charge_power",
        "battery_discharge_power",
    ):
        assert float(state_of(serial, key).state) == truth[key]


async def test_discharging(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    serial: str,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that the power of the packs changes sides in the evening."""
    await time_passes(timedelta(hours=7))
    await time_passes(MINUTE)
    truth = cloud.truth()[serial]
    assert truth["battery_discharge_power"] > 0
    for key in ("battery_charge_power", "battery_discharge_power", "ac_power"):
        assert float(state_of(serial, key).state) == truth[key]


async def test_counts_the_panels(
    loaded: MockConfigEntry, serial: str, state_of: StateOf
) -> None:
    """Test that it has counters of its panels, and none of what it does not count."""
    assert float(state_of(serial, "pv_energy_total").state) > 0
    assert state_of(serial, "energy_total") is None
    assert state_of(serial, "energy_import_total") is None
    assert state_of(serial, "battery_charge_energy_total") is None


async def test_without_a_meter(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    serial: str,
    state_of: StateOf,
) -> None:
    """Test that nothing is said about grid and house where nothing measures them."""
    cloud.devices[0].meter = False
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    for key in ("grid_import_power", "grid_export_power", "load_power"):
        assert state_of(serial, key) is None
    assert state_of(serial, "ac_power") is not None


async def test_no_more_than_the_manual_has(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    serial: str,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a short answer, without a time in words, is read as well."""
    cloud.devices[0].documented_only = True
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    for _ in range(2):
        await time_passes(MINUTE)
    truth = cloud.truth()[serial]
    updated = truth["last_update"].isoformat()
    assert state_of(serial, "last_update").state == updated
    assert state_of(serial, "online", "binary_sensor").state == STATE_ON
    for key in ("pv_power", "ac_power", "battery_soc", "battery1_soc"):
        assert float(state_of(serial, key).state) == truth[key]
    for key in ("load_power", "temperature", "battery_soh", "battery3_soc"):
        assert state_of(serial, key) is None


async def test_packs_are_devices(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
    serial: str,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that each pack that is there is a device, also one that is added later."""
    packs = {"battery_1": "Battery 1", "battery_2": "Battery 2"}
    assert packs_of(device_registry, loaded, serial) == packs
    entity_id = state_of(serial, "battery2_soc").entity_id
    entity = entity_registry.async_get(entity_id)
    assert entity.original_name == "State of charge"
    pack = device_registry.async_get_child_device_by_identifier(
        (DOMAIN, f"{serial}_battery_2"), loaded.entry_id
    )
    assert entity.device_id == pack.id

    cloud.devices[0].packs = 3
    for _ in range(2):
        await time_passes(MINUTE)
    packs["battery_3"] = "Battery 3"
    assert packs_of(device_registry, loaded, serial) == packs
    soc = cloud.truth()[serial]["battery3_soc"]
    assert float(state_of(serial, "battery3_soc").state) == soc


async def test_empty_pack_is_a_pack(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    entry: MockConfigEntry,
    serial: str,
    state_of: StateOf,
) -> None:
    """Test that a pack is known by its serial number, however empty and cold it is."""
    cloud.devices[0].empty_packs = frozenset({2})
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert float(state_of(serial, "battery2_soc").state) == 0
    assert float(state_of(serial, "battery2_temperature").state) == 0
    assert state_of(serial, "battery3_soc") is None


async def test_packs_survive_a_restart_in_the_dark(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    serial: str,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that packs that report nothing after a restart are still there."""
    before = packs_of(device_registry, loaded, serial)
    await time_passes(DARK)
    cloud.devices[0].packs = 0
    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert packs_of(device_registry, loaded, serial) == before
    assert state_of(serial, "battery2_soc") is not None


async def test_its_logger_is_itself(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    serial: str,
) -> None:
    """Test that it hangs on the plant, and the NEO on the logger inside the NEO."""
    plant = device_of(device_registry, loaded, cloud.plants[0].plant_id)
    storage = device_of(device_registry, loaded, serial)
    assert (storage.name, storage.model) == (f"NOAH {serial}", "NEXA 2000")
    assert storage.via_device_id == plant.id
    neo = cloud.devices[1]
    inverter = device_of(device_registry, loaded, neo.serial)
    assert inverter.model == "NEO 800M-X"
    logger = device_of(device_registry, loaded, f"QMN000{neo.serial}")
    assert inverter.via_device_id == logger.id


async def test_fault_and_heating(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    serial: str,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that heating is no problem but a fault is, and that both go away again."""
    storage = cloud.devices[0]

    async def shown() -> tuple[str, str, str]:
        for _ in range(2):
            await time_passes(MINUTE)
        return (
            state_of(serial, "status").state,
            state_of(serial, "battery_heating", "binary_sensor").state,
            state_of(serial, "problem", "binary_sensor").state,
        )

    storage.heating = 0b10
    assert await shown() == ("heating", STATE_ON, STATE_OFF)
    storage.fault_code = 0b01
    assert await shown() == ("fault", STATE_ON, STATE_ON)
    storage.fault_code = storage.heating = 0
    assert await shown() == ("normal", STATE_OFF, STATE_OFF)


async def test_offline(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    serial: str,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that storage that falls silent is offline until it is heard again."""
    await time_passes(MINUTE)
    assert state_of(serial, "online", "binary_sensor").state == STATE_ON
    cloud.freeze(serial)
    for _ in range(24):
        await time_passes(MINUTE)
    assert state_of(serial, "online", "binary_sensor").state == STATE_OFF
    cloud.thaw(serial)
    for _ in range(2):
        await time_passes(MINUTE)
    assert state_of(serial, "online", "binary_sensor").state == STATE_ON
