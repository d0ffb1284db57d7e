"""growatt-public-api, whose models check every field of every answer."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest

from simulator import SimulatedCloud

REPOSITORY = Path(__file__).parents[2]
PYTHON = REPOSITORY / ".venv-interop" / "bin" / "python"

pytestmark = pytest.mark.skipif(
    not PYTHON.exists() and "CI" not in os.environ,
    reason="scripts/setup has not made .venv-interop",
)


@pytest.fixture
async def seen(url: str, token: str) -> dict[str, Any]:
    """Return all that the library reads, in an environment of its own."""
    process = await asyncio.create_subprocess_exec(
        *(PYTHON, Path(__file__).with_name("read_all.py"), url, token),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    return json.loads(output)


async def test_everything(seen: dict[str, Any], cloud: SimulatedCloud) -> None:
    """Test that plants, loggers and devices are read, with the values of the truth."""
    in_v4 = [device.serial for device in cloud.devices if device.v4_type]
    assert seen["v4"] == in_v4
    truth = cloud.truth()
    assert list(seen["plants"]) == [str(plant.plant_id) for plant in cloud.plants]
    for plant in cloud.plants:
        read, true = (side[str(plant.plant_id)] for side in (seen["plants"], truth))
        assert read["details"]["name"] == plant.name
        assert read["loggers"] == [logger.serial for logger in plant.loggers]
        totals = read["totals"]
        assert totals["current_power"] == true["power"]
        assert totals["today_energy"] == true["energy_today"]
        assert totals["total_energy"] == true["energy_total"]
        assert totals["carbon_offset"] == true["co2_avoided"]
        listed = [device.serial for device in plant.devices if device.v1_type]
        assert list(read["devices"]) == listed
        for serial in listed:
            found = read["devices"][serial]
            check = check_single if found["type"] in ONE_BY_ONE else check_device
            check(found, truth[serial])


async def test_only_in_v4(seen: dict[str, Any], cloud: SimulatedCloud) -> None:
    """Test that what V1 does not list is read, with the values of the truth."""
    truth = cloud.truth()
    alone = [device for device in cloud.devices if device.v1_type is None]
    assert list(seen["only_v4"]) == [device.serial for device in alone]
    for serial, read in seen["only_v4"].items():
        check_fields(read["type"], read["v4"], truth[serial])
        assert read["v4_details"]["lost"] is False
        assert read["check"]["in_system"] is True


SAME = {
    2: {
        "output_power": "ac_power",
        "ppv": "pv1_power",
        "ppv2": "pv2_power",
        "vpv2": "pv2_voltage",
        "ipv": "pv1_current",
        "sys_out": "pv_power",
        "epv_today": "pv1_energy_today",
        "e_total": "pv_energy_total",
        "p_ac_input": "grid_import_power",
        "eac_discharge_total": "energy_import_total",
        "eop_discharge_today": "energy_load_today",
        "eop_discharge_total": "energy_load_total",
        "capacity": "battery_soc",
        "e_charge_total": "battery_charge_energy_total",
        "e_bat_discharge_total": "battery_discharge_energy_total",
        "temperature": "temperature",
    },
    1: {
        "pac": "ac_power",
        "ppv": "pv_power",
        "ppv1": "pv1_power",
        "vpv1": "pv1_voltage",
        "ipv2": "pv2_current",
        "epv1_today": "pv1_energy_today",
        "power_today": "energy_today",
        "power_total": "energy_total",
        "temperature": "temperature",
    },
    4: {
        "pac": "ac_power",
        "ppv": "pv_power",
        "ppv1": "pv1_power",
        "vpv1": "pv1_voltage",
        "ipv3": "pv3_current",
        "epv1_today": "pv1_energy_today",
        "eac_today": "energy_today",
        "eac_total": "energy_total",
        "temperature": "temperature",
    },
    5: {
        "pac": "ac_power",
        "ppv": "pv_power",
        "ppv1": "pv1_power",
        "vpv2": "pv2_voltage",
        "epv1_today": "pv1_energy_today",
        "eac_today": "energy_today",
        "eac_total": "energy_total",
        "epv_total": "pv_energy_total",
        "temp1": "temperature",
        "soc": "battery_soc",
        "pcharge1": "battery_charge_power",
        "pdischarge1": "battery_discharge_power",
        "e_charge1_total": "battery_charge_energy_total",
        "pac_to_user_total": "grid_import_power",
        "pac_to_grid_total": "grid_export_power",
        "plocal_load_total": "load_power",
        "e_to_user_total": "energy_import_total",
        "e_to_grid_total": "energy_export_total",
        "e_local_load_total": "energy_load_total",
    },
    6: {
        "pac": "ac_power",
        "ppv_inverter": "pv_power",
        "eac_today": "energy_today",
        "eac_total": "energy_total",
        "epv_inverter_total": "pv_energy_total",
        "temp1": "temperature",
        "soc": "battery_soc",
        "pcharge1": "battery_charge_power",
        "pdischarge1": "battery_discharge_power",
        "e_charge1_total": "battery_charge_energy_total",
        "pac_to_user_total": "grid_import_power",
        "pac_to_grid_total": "grid_export_power",
        "plocal_load_total": "load_power",
        "e_to_user_total": "energy_import_total",
        "e_to_grid_total": "energy_export_total",
        "e_local_load_total": "energy_load_total",
    },
    7: {
        "pac": "ac_power",
        "ppv": "pv_power",
        "ppv1": "pv1_power",
        "vpv1": "pv1_voltage",
        "ipv2": "pv2_current",
        "epv1_today": "pv1_energy_today",
        "eac_today": "energy_today",
        "eac_total": "energy_total",
        "temp1": "temperature",
        "bdc1_soc": "battery_soc",
        "bdc1_charge_power": "battery_charge_power",
        "bdc1_discharge_power": "battery_discharge_power",
        "e_charge_total": "battery_charge_energy_total",
        "e_discharge_total": "battery_discharge_energy_total",
        "pac_to_user_total": "grid_import_power",
        "pac_to_grid_total": "grid_export_power",
        "pac_to_local_load": "load_power",
        "e_to_user_total": "energy_import_total",
        "e_to_grid_total": "energy_export_total",
        "e_local_load_total": "energy_load_total",
    },
    "wit": {
        "pac": "ac_power",
        "ppv": "pv_power",
        "ppv4": "pv4_power",
        "vpv1": "pv1_voltage",
        "ipv2": "pv2_current",
        "epv1_today": "pv1_energy_today",
        "epv_today": "pv_energy_today",
        "eac_today": "energy_today",
        "eac_total": "energy_total",
        "temp1": "temperature",
        "soc2": "battery2_soc",
        "e_charge1_total": "battery1_charge_energy_total",
        "e_charge2_today": "battery2_charge_energy_today",
        "pac_to_user_total": "grid_import_power",
        "pac_to_grid_total": "grid_export_power",
        "plocal_load_total": "load_power",
        "e_to_user_total": "energy_import_total",
        "e_to_grid_total": "energy_export_total",
        "e_local_load_total": "energy_load_total",
    },
    "sph-s": {
        "pac": "ac_power",
        "ppv": "pv_power",
        "ppv3": "pv3_power",
        "vpv1": "pv1_voltage",
        "ipv2": "pv2_current",
        "epv1_today": "pv1_energy_today",
        "epv_today": "pv_energy_today",
        "eac_today": "energy_today",
        "eac_total": "energy_total",
        "soc": "battery_soc",
        "pcharge1": "battery_charge_power",
        "pdischarge1": "battery_discharge_power",
        "e_charge1_total": "battery_charge_energy_total",
        "pac_to_user_total": "grid_import_power",
        "pac_to_grid_total": "grid_export_power",
        "plocal_load_total": "load_power",
        "e_to_user_total": "energy_import_total",
        "e_to_grid_total": "energy_export_total",
        "e_local_load_total": "energy_load_total",
    },
    "noah": {
        "pac": "ac_power",
        "ppv": "pv_power",
        "pv2_voltage": "pv2_voltage",
        "pv4_current": "pv4_current",
        "eac_today": "pv_energy_today",
        "eac_month": "pv_energy_month",
        "eac_year": "pv_energy_year",
        "eac_total": "pv_energy_total",
        "system_temp": "temperature",
        "total_battery_pack_soc": "battery_soc",
        "battery2_soc": "battery2_soc",
        "battery2_temp": "battery2_temperature",
    },
    8: {
        "ppv": "pv_power",
        "capacity": "battery_soc",
        "e_charge_today": "battery_charge_energy_today",
        "e_discharge_total": "battery_discharge_energy_total",
        "grid_total": "energy_import_total",
        "to_grid_today": "energy_export_today",
        "load_total": "energy_load_total",
        "temp1": "temperature",
    },
    9: {
        "pac": "ac_power",
        "ppv": "pv_power",
        "ppv1": "pv1_power",
        "vpv2": "pv2_voltage",
        "capacity": "battery_soc",
        "epv_total": "pv_energy_total",
        "e_bat_charge_total": "battery_charge_energy_total",
        "e_discharge_today": "battery_discharge_energy_today",
        "e_grid_total": "energy_import_total",
        "e_to_grid_total": "energy_export_total",
        "e_load_today": "energy_load_today",
        "temp1": "temperature",
    },
    10: {
        "ppv": "pv_power",
        "ppv3": "pv3_power",
        "ipv1": "pv1_current",
        "capacity": "battery_soc",
        "epv_today": "pv_energy_today",
        "e_charge_total": "battery_charge_energy_total",
        "e_discharge_total": "battery_discharge_energy_total",
        "e_out_total": "energy_total",
        "temp": "temperature",
    },
}
"""Field of the library, then key of the truth, by type of device."""


STATUS_TEXTS = {
    **dict.fromkeys(("pv bat online", "bat online", "bypass"), "normal"),
    "ongridstate": "normal",
    "operating": "normal",
    "charge": "charging",
    "discharge": "discharging",
}
"""What the texts of a status mean where they are not the words of the truth."""


def check_fields(kind: object, read: dict[str, Any], truth: dict[str, Any]) -> None:
    """Compare one way of reading a device with the truth."""
    for field, key in SAME[kind].items():
        assert read[field] == pytest.approx(truth.get(key, 0), rel=1e-6), field


WAYS = {2: ("v4",)}
"""How the types are read that are not read in all ways."""

ONE_BY_ONE = {8, 9, 10}
"""The types that are read neither in batches nor through V4."""


def check_single(read: dict[str, Any], truth: dict[str, Any]) -> None:
    """Compare what is read of a device that only V1 knows, one by one."""
    check_fields(read["type"], read["live"], truth)
    assert STATUS_TEXTS[read["live"]["status_text"].lower()] == truth["status"]
    assert read["details"]["lost"] is False
    assert read["check"]["in_system"] is True


def check_device(read: dict[str, Any], truth: dict[str, Any]) -> None:
    """Compare each way of reading a device with the truth."""
    for way in WAYS.get(read["type"], ("live", "batch", "v4")):
        check_fields(read["type"], read[way], truth)
        text = read[way]["status_text"].lower()
        assert STATUS_TEXTS.get(text, text) == truth["status"]
    assert read["details"]["lost"] is False
    assert read["v4_details"]["lost"] is False
    assert read["check"]["in_system"] is True
