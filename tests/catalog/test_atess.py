"""Commercial storage of ATESS: three families that tell less than others, in kW."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNKNOWN
from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf, asked, device_of

HOUR = timedelta(hours=1)
ROUND = timedelta(minutes=5, seconds=6)
EVENING = timedelta(hours=9)

HPS, PCS, PBD = range(3)
BATTERY = (
    *("status", "temperature", "pv_power", "battery_soc"),
    *("battery_charge_power", "battery_discharge_power"),
    *("battery_charge_energy_today", "battery_charge_energy_total"),
    *("battery_discharge_energy_today", "battery_discharge_energy_total"),
)
METER = (
    *("ac_power", "load_power", "grid_import_power", "grid_export_power"),
    *("energy_load_today", "energy_load_total"),
    *("energy_import_today", "energy_import_total"),
    *("energy_export_today", "energy_export_total"),
)
PANELS = ("pv_energy_today", "pv_energy_total")
OUTPUT = ("dc_output_energy_today", "dc_output_energy_total")
KEYS = {
    HPS: (*BATTERY, *METER, *PANELS),
    PCS: (*BATTERY, *METER),
    PBD: (*BATTERY, *PANELS, *OUTPUT),
}
POWERS = {
    *("pv_power", "ac_power", "load_power", "grid_import_power", "grid_export_power"),
    *("battery_charge_power", "battery_discharge_power"),
}

pytestmark = pytest.mark.parametrize("home", ["atess"])


def told(state_of: StateOf, serial: str, keys: tuple[str, ...]) -> dict[str, object]:
    """Return what the sensors of a device show, numbers as such."""
    states = {key: state_of(serial, key).state for key in keys}
    return {
        key: state if key == "status" else pytest.approx(float(state), abs=1e-6)
        for key, state in states.items()
    }


@pytest.mark.parametrize("later", [timedelta(), EVENING])
@pytest.mark.usefixtures("loaded")
async def test_everyday_values(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass, later: timedelta
) -> None:
    """Test that everyday values are the truth, while batteries fill and empty."""
    # What a counter never did before has to be seen twice.
    for _ in range(later // ROUND + 6):
        await time_passes(ROUND)
    truth = cloud.truth()
    for number, device in enumerate(cloud.devices):
        true, keys = truth[device.serial], KEYS[number]
        assert told(state_of, device.serial, keys) == {key: true[key] for key in keys}
    moving = "battery_discharge_power" if later else "battery_charge_power"
    assert any(truth[device.serial][moving] for device in cloud.devices)


@pytest.mark.usefixtures("loaded")
async def test_powers_are_shown_in_watts(
    cloud: SimulatedCloud, state_of: StateOf
) -> None:
    """Test that the unit is that of all families, whatever the wire has."""
    units = {
        state.attributes["unit_of_measurement"]
        for device in cloud.devices
        for key in POWERS
        if (state := state_of(device.serial, key))
    }
    assert units == {"W"}


@pytest.mark.usefixtures("loaded")
async def test_what_they_do_not_tell(cloud: SimulatedCloud, state_of: StateOf) -> None:
    """Test that no sensor stands for what a family does not report."""
    hps, pcs, pbd = (device.serial for device in cloud.devices)
    assert [state_of(pcs, key) for key in (*PANELS, *OUTPUT)] == [None] * 4
    assert [state_of(pbd, key) for key in METER] == [None] * len(METER)
    assert [state_of(hps, key) for key in OUTPUT] == [None] * 2


@pytest.mark.usefixtures("everything_enabled", "loaded")
@pytest.mark.parametrize("number", [HPS, PCS, PBD])
async def test_fault(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass, number: int
) -> None:
    """Test that a fault is a problem, and that its alarm goes away with it."""
    device = cloud.devices[number]
    assert state_of(device.serial, "problem", "binary_sensor").state == STATE_OFF
    assert state_of(device.serial, "alarm_code_1").state == "0"

    device.fault_code = 64
    for _ in range(2):
        await time_passes(ROUND)
    assert state_of(device.serial, "problem", "binary_sensor").state == STATE_ON
    assert state_of(device.serial, "status").state == "fault"
    assert state_of(device.serial, "alarm_code_1").state == "64"

    device.fault_code = 0
    for _ in range(2):
        await time_passes(ROUND)
    assert state_of(device.serial, "problem", "binary_sensor").state == STATE_OFF
    assert state_of(device.serial, "status").state == "normal"


@pytest.mark.usefixtures("loaded")
async def test_lost(
    cloud: SimulatedCloud, state_of: StateOf, time_passes: Pass
) -> None:
    """Test that a device that is lost has no status, and is no problem."""
    serial = cloud.devices[PBD].serial
    await time_passes(ROUND)
    assert state_of(serial, "online", "binary_sensor").state == STATE_ON

    cloud.freeze(serial)
    for _ in range(6):
        await time_passes(ROUND)
    assert state_of(serial, "online", "binary_sensor").state == STATE_OFF
    assert state_of(serial, "status").state == STATE_UNKNOWN
    assert state_of(serial, "problem", "binary_sensor").state != STATE_ON

    cloud.thaw(serial)
    for _ in range(2):
        await time_passes(ROUND)
    assert state_of(serial, "status").state == "normal"


@pytest.mark.usefixtures("loaded")
async def test_charge_that_cannot_be(
    cloud: SimulatedCloud,
    monkeypatch: pytest.MonkeyPatch,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that a state of charge of 470 % is not shown."""
    device = cloud.devices[PCS]
    with monkeypatch.context() as odd:
        odd.setattr(device.source, "soc", lambda *_: 470)
        await time_passes(ROUND)
        assert state_of(device.serial, "battery_soc").state == STATE_UNKNOWN
    await time_passes(ROUND)
    truth = cloud.truth()[device.serial]
    assert float(state_of(device.serial, "battery_soc").state) == truth["battery_soc"]


async def test_details(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that names, models and firmware are read, and V4 is not asked."""
    await time_passes(HOUR)
    seen = {
        device.serial: device_of(device_registry, loaded, device.serial)
        for device in cloud.devices
    }
    assert {
        serial: (one.name, one.model, one.model_id, one.sw_version)
        for serial, one in seen.items()
    } == {
        device.serial: (
            device.alias,
            device.commercial_name,
            device.model_text,
            firmware,
        )
        for device, firmware in zip(
            cloud.devices, ("1324", "AB02", "AB02"), strict=True
        )
    }
    assert not {"new-api/queryLastData", "new-api/queryDeviceInfo"} & set(asked(cloud))
