"""Readings and master data of devices, on each way, against the truth."""

from datetime import timedelta
import json

import pytest

from custom_components.growatt_openapi.api import (
    Details,
    Family,
    GrowattClient,
    PlantClock,
)
from simulator import SimulatedCloud
from tests.conftest import NOON, asked

from .conftest import Connect, saying
from .ways import (
    HPS_DETAILS,
    HPS_SINGLE,
    INVERTER_BATCH,
    INVERTER_DETAILS,
    INVERTER_SINGLE,
    MAX_BATCH,
    MAX_DETAILS,
    MAX_SINGLE,
    MIN_BATCH,
    MIN_DETAILS,
    MIN_SINGLE,
    PBD_DETAILS,
    PBD_SINGLE,
    PCS_DETAILS,
    PCS_SINGLE,
    SPA_BATCH,
    SPA_DETAILS,
    SPA_SINGLE,
    SPH_BATCH,
    SPH_DETAILS,
    SPH_SINGLE,
    STORAGE_DETAILS,
    STORAGE_SINGLE,
    V4_DETAILS,
    V4_READINGS,
    Close,
    close_batches,
    close_v4,
    open_all,
)

STRINGS = {
    f"{field}{number}{ending}": f"pv{number}_{key}"
    for number in (1, 2)
    for field, ending, key in (
        ("ppv", "", "power"),
        ("vpv", "", "voltage"),
        ("ipv", "", "current"),
        ("epv", "Today", "energy_today"),
        ("epv", "Total", "energy_total"),
    )
}
INVERTER = {
    **STRINGS,
    "pac": "ac_power",
    "ppv": "pv_power",
    "powerToday": "energy_today",
    "powerTotal": "energy_total",
    "temperature": "temperature",
}
MAX = {
    **STRINGS,
    "pac": "ac_power",
    "ppv": "pv_power",
    "eacToday": "energy_today",
    "eacTotal": "energy_total",
    "temperature": "temperature",
}
MIN = {
    **STRINGS,
    "pac": "ac_power",
    "ppv": "pv_power",
    "eacToday": "energy_today",
    "eacTotal": "energy_total",
    "temp1": "temperature",
}
HYBRID = {
    **MIN,
    "pacToUserTotal": "grid_import_power",
    "pacToGridTotal": "grid_export_power",
    "pacToLocalLoad": "load_power",
    "etoUserToday": "energy_import_today",
    "etoUserTotal": "energy_import_total",
    "etoGridToday": "energy_export_today",
    "etoGridTotal": "energy_export_total",
    "elocalLoadToday": "energy_load_today",
    "elocalLoadTotal": "energy_load_total",
    "bdc1ChargePower": "battery_charge_power",
    "bdc1DischargePower": "battery_discharge_power",
    "bdc1Soc": "battery_soc",
    "echargeToday": "battery_charge_energy_today",
    "echargeTotal": "battery_charge_energy_total",
    "edischargeToday": "battery_discharge_energy_today",
    "edischargeTotal": "battery_discharge_energy_total",
}
STORAGE = {
    "pac": "ac_power",
    "eacToday": "energy_today",
    "eacTotal": "energy_total",
    "temp1": "temperature",
    "pacToUserTotal": "grid_import_power",
    "pacToGridTotal": "grid_export_power",
    "plocalLoadTotal": "load_power",
    "etoUserToday": "energy_import_today",
    "etoUserTotal": "energy_import_total",
    "etoGridToday": "energy_export_today",
    "etogridTotal": "energy_export_total",
    "elocalLoadToday": "energy_load_today",
    "elocalLoadTotal": "energy_load_total",
    "pcharge1": "battery_charge_power",
    "pdischarge1": "battery_discharge_power",
    "soc": "battery_soc",
    "echarge1Today": "battery_charge_energy_today",
    "echarge1Total": "battery_charge_energy_total",
}
SPA = {
    **STORAGE,
    "ppvInverter": "pv_power",
    "epvInverterToday": "pv_energy_today",
    "epvInverterTotal": "pv_energy_total",
}
SPH = {
    **STORAGE,
    "ppv": "pv_power",
    "ppv1": "pv1_power",
    "vpv2": "pv2_voltage",
    "epvtoday": "pv_energy_today",
    "epvTotal": "pv_energy_total",
    "edischarge1Today": "battery_discharge_energy_today",
    "edischarge1Total": "battery_discharge_energy_total",
}
STORAGE = {
    "outPutPower": "ac_power",
    "ppv": "pv1_power",
    "ppv2": "pv2_power",
    "vpv2": "pv2_voltage",
    "ipv": "pv1_current",
    "epvToday2": "pv2_energy_today",
    "epvTotal": "pv1_energy_total",
    "pAcInPut": "grid_import_power",
    "eacDisChargeToday": "energy_import_today",
    "eopDischrToday": "energy_load_today",
    "eopDischrTotal": "energy_load_total",
    "capacity": "battery_soc",
    "eChargeTotal": "battery_charge_energy_total",
    "eBatDisChargeTotal": "battery_discharge_energy_total",
    "temperature": "temperature",
}
ATESS = {
    "capacity": "battery_soc",
    "ppv": "pv_power",
    "eChargeToday": "battery_charge_energy_today",
    "eDischargeToday": "battery_discharge_energy_today",
}
HPS = {
    **ATESS,
    "pac": "ac_power",
    "ppv2": "pv2_power",
    "vpv": "pv1_voltage",
    "epvTotal": "pv_energy_total",
    "eBatChargeTotal": "battery_charge_energy_total",
    "eGridTotal": "energy_import_total",
    "eToGridToday": "energy_export_today",
    "eLoadTotal": "energy_load_total",
}
PCS = {
    **ATESS,
    "eDischargeTotal": "battery_discharge_energy_total",
    "gridToday": "energy_import_today",
    "toGridTotal": "energy_export_total",
    "loadTotal": "energy_load_total",
}
PBD = {
    **ATESS,
    "ipv3": "pv3_current",
    "epvToday": "pv_energy_today",
    "eOutTotal": "dc_output_energy_total",
}
V4_HYBRID = {
    "pac": "ac_power",
    "ppv": "pv_power",
    "ppv3": "pv3_power",
    "vpv1": "pv1_voltage",
    "ipv2": "pv2_current",
    "eacToday": "energy_today",
    "eacTotal": "energy_total",
    "epvToday": "pv_energy_today",
    "epvTotal": "pv_energy_total",
    "pacToUserTotal": "grid_import_power",
    "pacToGridTotal": "grid_export_power",
    "plocalLoadTotal": "load_power",
    "etoUserTotal": "energy_import_total",
    "etoGridTotal": "energy_export_total",
    "elocalLoadTotal": "energy_load_total",
    "soc": "battery_soc",
}
SPH_S = {
    **V4_HYBRID,
    "invTemp": "temperature",
    "pcharge1": "battery_charge_power",
    "pdischarge1": "battery_discharge_power",
    "echarge1Total": "battery_charge_energy_total",
    "edischarge1Today": "battery_discharge_energy_today",
}
WIT = {
    **V4_HYBRID,
    "temp1": "temperature",
    "soc2": "battery2_soc",
    "echarge2Today": "battery2_charge_energy_today",
    "edischarge1Total": "battery1_discharge_energy_total",
}
# V1 does not list some families.
V1_TYPES = {
    Family.WIT: None,
    Family.SPH_S: None,
    Family.INVERTER: 1,
    Family.STORAGE: 2,
    Family.MAX: 4,
    Family.SPH: 5,
    Family.SPA: 6,
    Family.MIN: 7,
    Family.PCS: 8,
    Family.HPS: 9,
    Family.PBD: 10,
}
# SPH and SPA tell how they work: panels, battery, bypass; ATESS that they do. SPH-S
# say 3 where the text is "Bat Online".
STATUS = {"0": "waiting", **dict.fromkeys(("1", "2", "3", "5", "6", "9"), "normal")}
STATUS_HERE = {
    Family.STORAGE: {"0": "normal", "1": "charging", "2": "discharging"},
}


@pytest.mark.parametrize(
    ("since_noon", "untrue"),
    # Growatt repeats the last power of a MIN in the dark.
    [(timedelta(), set()), (timedelta(hours=9, minutes=13), {"pac"})],
)
@pytest.mark.parametrize(
    ("home", "family", "fields", "close", "path"),
    [
        ("villa", Family.MIN, HYBRID, open_all, V4_READINGS),
        ("villa", Family.MIN, HYBRID, close_v4, MIN_BATCH),
        ("villa", Family.MIN, HYBRID, close_batches, MIN_SINGLE),
        ("duo", Family.MIN, MIN, open_all, V4_READINGS),
        ("duo", Family.MIN, MIN, close_v4, MIN_BATCH),
        ("duo", Family.MIN, MIN, close_batches, MIN_SINGLE),
        ("duo", Family.INVERTER, INVERTER, open_all, V4_READINGS),
        ("duo", Family.INVERTER, INVERTER, close_v4, INVERTER_BATCH),
        ("duo", Family.INVERTER, INVERTER, close_batches, INVERTER_SINGLE),
        ("hall", Family.MAX, MAX, open_all, V4_READINGS),
        ("hall", Family.MAX, MAX, close_v4, MAX_BATCH),
        ("hall", Family.MAX, MAX, close_batches, MAX_SINGLE),
        ("retrofit", Family.SPA, SPA, open_all, V4_READINGS),
        ("retrofit", Family.SPA, SPA, close_v4, SPA_BATCH),
        ("retrofit", Family.SPA, SPA, close_batches, SPA_SINGLE),
        ("hybrid", Family.SPH, SPH, open_all, V4_READINGS),
        ("hybrid", Family.SPH, SPH, close_v4, SPH_BATCH),
        ("hybrid", Family.SPH, SPH, close_batches, SPH_SINGLE),
        ("offgrid", Family.STORAGE, STORAGE, open_all, V4_READINGS),
        ("offgrid", Family.STORAGE, STORAGE, close_v4, STORAGE_SINGLE),
        ("wit", Family.WIT, WIT, open_all, V4_READINGS),
        ("sph_s", Family.SPH_S, SPH_S, open_all, V4_READINGS),
        ("atess", Family.HPS, HPS, open_all, HPS_SINGLE),
        ("atess", Family.PCS, PCS, open_all, PCS_SINGLE),
        ("atess", Family.PBD, PBD, open_all, PBD_SINGLE),
    ],
)
async def test_readings(
    cloud: SimulatedCloud,
    client: GrowattClient,
    family: Family,
    fields: dict[str, str],
    close: Close,
    path: str,
    since_noon: timedelta,
    untrue: set[str],
) -> None:
    """Test that a reading is the truth on each way, by day and by night."""
    cloud.clock.set(NOON + since_noon)
    close(cloud)
    v1_type = V1_TYPES[family]
    devices = {one.serial: one for one in cloud.devices if one.v1_type == v1_type}
    latest = await client.readings(family, devices)

    assert asked(cloud)[-1] == path
    assert latest.errors == {}
    assert latest.items.keys() == devices.keys()
    for serial, reading in latest.items.items():
        truth = cloud.truth()[serial]
        clock = PlantClock(timedelta(hours=devices[serial].plant.zone))
        compared = fields.keys() - untrue
        assert {field: reading.number(field) for field in compared} == {
            field: truth[fields[field]] for field in compared
        }
        words = STATUS_HERE.get(family, STATUS)
        assert words[reading.text("status") or ""] == truth["status"]
        assert clock.instant(reading.wall) == truth["last_update"]


@pytest.mark.parametrize(
    ("home", "family", "close", "path"),
    [
        ("duo", Family.MIN, open_all, V4_DETAILS),
        ("duo", Family.MIN, close_v4, MIN_DETAILS),
        ("duo", Family.INVERTER, open_all, V4_DETAILS),
        ("duo", Family.INVERTER, close_v4, INVERTER_DETAILS),
        ("hall", Family.MAX, open_all, V4_DETAILS),
        ("hall", Family.MAX, close_v4, MAX_DETAILS),
        ("retrofit", Family.SPA, open_all, V4_DETAILS),
        ("retrofit", Family.SPA, close_v4, SPA_DETAILS),
        ("hybrid", Family.SPH, open_all, V4_DETAILS),
        ("hybrid", Family.SPH, close_v4, SPH_DETAILS),
        ("offgrid", Family.STORAGE, open_all, V4_DETAILS),
        ("offgrid", Family.STORAGE, close_v4, STORAGE_DETAILS),
        ("wit", Family.WIT, open_all, V4_DETAILS),
        ("sph_s", Family.SPH_S, open_all, V4_DETAILS),
        ("atess", Family.HPS, open_all, HPS_DETAILS),
        ("atess", Family.PCS, open_all, PCS_DETAILS),
        ("atess", Family.PBD, open_all, PBD_DETAILS),
    ],
)
async def test_details(
    cloud: SimulatedCloud,
    client: GrowattClient,
    family: Family,
    close: Close,
    path: str,
) -> None:
    """Test that the master data of a device are the same on each way."""
    close(cloud)
    v1_type = V1_TYPES[family]
    devices = {one.serial: one for one in cloud.devices if one.v1_type == v1_type}
    latest = await client.details(family, devices)

    assert asked(cloud)[-1] == path
    assert latest.errors == {}
    assert {serial: found.alias for serial, found in latest.items.items()} == {
        serial: device.alias for serial, device in devices.items()
    }
    assert all(found.firmware and found.model_code for found in latest.items.values())


@pytest.mark.parametrize("alias", ["A1", "", None, "null"])
async def test_device_without_a_name(connect: Connect, alias: str | None) -> None:
    """Test that a device whose name is its serial has no name of its own."""
    row = {"serialNum": "A1", "alias": alias, "fwVersion": " DH1.0\0\0", "modelText": 5}
    body = json.dumps({"code": 0, "data": {"min": [row]}})
    async with saying(body) as server:
        latest = await connect(server).details(Family.MIN, ["A1"])
    assert latest.items["A1"] == Details(alias=None, firmware="DH1.0", model_code="5")


@pytest.mark.parametrize("field", ["serialNum", "inverterId", "deviceSn"])
async def test_names_of_the_serial(connect: Connect, field: str) -> None:
    """Test that V4's rows are found by each name of the serial, and only then."""
    rows = [{field: "A1", "pac": 5}, {"alias": "A2"}, {field: "", "pac": 6}]
    body = json.dumps({"code": 0, "data": {"min": rows}})
    async with saying(body) as server:
        latest = await connect(server).readings(Family.MIN, ["A1"])
    assert latest.items["A1"].number("pac") == 5


async def test_bogus_values(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that registers the hardware does not have read as nothing."""
    serial = cloud.devices[0].serial
    reading = (await client.readings(Family.MIN, [serial])).items[serial]
    negative = [
        name
        for name, value in reading.fields.items()
        if isinstance(value, float) and value < 0
    ]
    assert negative
    assert [reading.number(name) for name in negative] == [None] * len(negative)
    assert reading.number("nobody knows this field") is None
