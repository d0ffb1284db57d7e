"""Totals of a plant: the sums of the uploads of its devices."""

from dataclasses import dataclass
from datetime import datetime

from .devices.base import Device, Truth, kwh
from .model import Plant
from .physics.flows import SUMS_PER_WATT_HOUR

CO2_PER_KWH = 0.6
"""Kilograms of CO2 that a kWh avoids, by the cloud's own factor."""


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Power in kW, energies in kWh and CO2 in kg of a plant, as on the wire."""

    power: float
    energy_today: float
    energy_month: float
    energy_year: float
    energy_total: float
    energy_total_wh: float
    co2_avoided: float
    last_update: datetime | None
    online: bool


def _before(device: Device, total: int, *, month: int) -> int:
    """Return the sums of a device since a month of this year began."""
    first = device.plant.today().replace(month=month, day=1)
    return max(0, total - device.ac_before(first))


def plant_totals(plant: Plant) -> Totals:
    """Return the totals of this moment; a record of yesterday adds nothing to today."""
    now = plant.today()
    power = today = this_month = this_year = total = 0
    for device in plant.devices:
        if (snapshot := device.snapshot()) is None:
            continue
        power += snapshot.power.ac
        today += snapshot.today.ac if snapshot.wall.date() == now else 0
        total += snapshot.total.ac
        this_month += _before(device, snapshot.total.ac, month=now.month)
        this_year += _before(device, snapshot.total.ac, month=1)
    last_update = plant.last_upload(plant.devices)
    return Totals(
        power=round(power / 10_000, 2),
        energy_today=kwh(today),
        energy_month=kwh(this_month),
        energy_year=kwh(this_year),
        energy_total=kwh(total),
        energy_total_wh=total / SUMS_PER_WATT_HOUR,
        co2_avoided=round(kwh(total) * CO2_PER_KWH, 1),
        last_update=last_update,
        online=not plant.is_lost(last_update),
    )


def plant_truth(plant: Plant) -> Truth:
    """Return the expected values of a plant; `_wh` is exact."""
    totals = plant_totals(plant)
    if totals.last_update is None:
        return {}
    return {
        "name": plant.name,
        "power": totals.power,
        "energy_today": totals.energy_today,
        "energy_month": totals.energy_month,
        "energy_year": totals.energy_year,
        "energy_total": totals.energy_total,
        "energy_total_wh": totals.energy_total_wh,
        "peak_power": plant.peak_kw,
        "co2_avoided": totals.co2_avoided,
        "last_update": totals.last_update,
    }
