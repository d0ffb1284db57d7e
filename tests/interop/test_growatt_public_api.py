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
    assert seen["v4"] == [device.serial for device in cloud.devices]
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
        assert list(read["devices"]) == [device.serial for device in plant.devices]
        for device in plant.devices:
            check_device(read["devices"][device.serial], truth[device.serial])


SAME = {
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
}
"""Field of the library, then key of the truth, by type of device."""


STATUS_TEXTS = {"pv bat online": "normal", "bat online": "normal", "bypass": "normal"}
"""What the texts of a status mean where they are not the words of the truth."""


def check_device(read: dict[str, Any], truth: dict[str, Any]) -> None:
    """Compare each way of reading a device with the truth."""
    for way in ("live", "batch", "v4"):
        for field, key in SAME[read["type"]].items():
            assert read[way][field] == pytest.approx(truth.get(key, 0), rel=1e-6), field
        text = read[way]["status_text"].lower()
        assert STATUS_TEXTS.get(text, text) == truth["status"]
    assert read["details"]["lost"] is False
    assert read["v4_details"]["lost"] is False
    assert read["check"]["in_system"] is True
