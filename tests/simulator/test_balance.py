"""Energy balance of a simulated house, for every family."""

from datetime import timedelta
from itertools import pairwise

import pytest

from simulator import SimulatedCloud
from simulator.houses import HOUSES
from simulator.physics.flows import SUMS_PER_WATT_HOUR

from .conftest import NOON, standing_clock
from .test_energy import POWERS, STEP, day_of_truth

HOUR = timedelta(hours=1)

HOUSEHOLDS = sorted(
    HOUSES.keys()
    - {"duo", "hall", "weather", "novel", "empty", "new", "fleet", "park"}
    - {"installer", "all"}
)
"""The houses with a device that measures panels, battery, load and grid."""

ALL_POWERS = POWERS | {"pv_power": "pv_energy_total_wh"}
GAINED = ("pv_power", "grid_import_power", "battery_discharge_power")
SPENT = ("load_power", "grid_export_power", "battery_charge_power")


@pytest.mark.parametrize("home", HOUSEHOLDS)
def test_nothing_is_lost_but_heat(home: str) -> None:
    """Test that what comes into a house goes somewhere, and is counted on its way."""
    cloud = SimulatedCloud(home, clock=standing_clock())
    measured = [one for one in cloud.devices if one.battery]
    assert measured
    for device in measured:
        cloud.clock.set(NOON)
        every = device.upload_every
        truths = []
        for _ in range(timedelta(days=1) // every + 2):
            snapshot = device.snapshot()
            # A PBD tells what leaves it as direct current, in volts and amperes.
            own = {
                "pv_energy_total_wh": snapshot.total.pv / SUMS_PER_WATT_HOUR,
                "load_power": snapshot.power.ac / 10,
                "energy_load_total_wh": snapshot.total.ac / SUMS_PER_WATT_HOUR,
            }
            truths.append(own | device.truth())
            cloud.clock.shift(every)
        for truth in truths:
            gained = sum(truth.get(key, 0) for key in GAINED)
            loss = gained - sum(truth.get(key, 0) for key in SPENT)
            assert -0.001 <= loss <= 0.08 * gained + 1.1
        for power in {*GAINED, *SPENT} & truths[0].keys():
            energy = ALL_POWERS[power]
            integral = sum(truth[power] for truth in truths[1:]) * (every / HOUR)
            counted = truths[-1][energy] - truths[0][energy]
            assert counted == pytest.approx(integral, abs=0.001)


@pytest.mark.parametrize("home", ["villa", "hybrid", "wit", "sph_s", "atess"])
def test_powers_balance(home: str) -> None:
    """Test that the battery, the panels, the house and the grid agree in every slot."""
    cloud = SimulatedCloud(home, clock=standing_clock())
    for truth in day_of_truth(cloud, cloud.devices[0]):
        assert truth["ac_power"] + truth["grid_import_power"] == pytest.approx(
            truth["load_power"] + truth["grid_export_power"]
        )
        gained = truth["pv_power"] + truth["battery_discharge_power"]
        spent = truth["battery_charge_power"] + truth["ac_power"]
        assert gained == pytest.approx(spent + truth["loss_power"])
        assert 0 <= truth["loss_power"] <= 0.031 * gained + 0.1
        strings = [truth.get(f"pv{number}_power", 0) for number in range(1, 5)]
        assert sum(strings) == pytest.approx(truth["pv_power"])
        assert 11 <= truth["battery_soc"] <= 100


@pytest.mark.parametrize(("home", "inputs"), [("duo", 2), ("hall", 3)])
def test_panels_alone_add_up(home: str, inputs: int) -> None:
    """Test that an inverter without battery gives what its inputs take, less heat."""
    cloud = SimulatedCloud(home, clock=standing_clock())
    truths = day_of_truth(cloud, cloud.devices[0])
    for truth in truths:
        strings = (truth[f"pv{number}_power"] for number in range(1, inputs + 1))
        assert sum(strings) == pytest.approx(truth["pv_power"])
        assert 0.95 * truth["pv_power"] <= truth["ac_power"] <= truth["pv_power"]
    integral = sum(truth["ac_power"] for truth in truths[1:]) * 300 / 3600
    counted = truths[-1]["energy_total_wh"] - truths[0]["energy_total_wh"]
    assert counted == pytest.approx(integral, abs=0.001)


def test_powers_balance_in_the_retrofit() -> None:
    """Test that storage sees what the inverter beside it gives, and loses nothing."""
    cloud = SimulatedCloud("retrofit", clock=standing_clock())
    storage = cloud.devices[1]
    for truth in day_of_truth(cloud, storage):
        assert truth["pv_power"] + truth["grid_import_power"] + truth[
            "battery_discharge_power"
        ] == pytest.approx(
            truth["load_power"]
            + truth["grid_export_power"]
            + truth["battery_charge_power"]
        )
        assert truth["ac_power"] == truth["battery_discharge_power"]


def test_one_sun_over_the_retrofit() -> None:
    """Test that storage measures the inverter's own panels, and is counted once."""
    cloud = SimulatedCloud("retrofit", clock=standing_clock())
    inverter, storage = cloud.devices
    seen = set()
    for _ in range(300):
        truth = cloud.truth()
        panels, battery = truth[inverter.serial], truth[storage.serial]
        assert battery["pv_power"] == panels["ac_power"]
        assert battery["pv_energy_total"] == panels["energy_total"]
        seen.add(battery["pv_power"] > 0)
        plant = truth[str(cloud.plants[0].plant_id)]
        given = panels["energy_total_wh"] + battery["energy_total_wh"]
        assert plant["energy_total_wh"] == pytest.approx(given)
        cloud.clock.shift(STEP)
    assert seen == {True, False}


def test_powers_balance_on_the_balcony() -> None:
    """Test that storage, house and grid agree, whatever the inverter beside gives."""
    cloud = SimulatedCloud("balcony", clock=standing_clock())
    truths = day_of_truth(cloud, cloud.devices[0])
    for truth in truths:
        assert truth["ac_power"] + truth["grid_import_power"] == pytest.approx(
            truth["load_power"] + truth["grid_export_power"]
        )
        gained = truth["pv_power"] + truth["battery_discharge_power"]
        spent = truth["battery_charge_power"] + truth["ac_power"]
        assert gained == pytest.approx(spent + truth["loss_power"])
        assert 0 <= truth["loss_power"] <= 0.031 * gained + 1.1
        assert 0 <= truth["ac_power"] <= 800
        assert 10 <= truth["battery_soc"] <= 100
    assert min(truth["load_power"] for truth in truths) < 0
    assert max(truth["battery_discharge_power"] for truth in truths) > 100


def test_every_minute_counts_on_the_balcony() -> None:
    """Test that counters that are uploaded each minute are the exact integral."""
    cloud = SimulatedCloud("balcony", clock=standing_clock())
    device = cloud.devices[0]
    truths = []
    for _ in range(24 * 60 + 2):
        truths.append(device.truth())
        cloud.clock.shift(timedelta(minutes=1))
    for before, after in pairwise(truths):
        assert after["last_update"] - before["last_update"] == timedelta(minutes=1)
        for power, energy in POWERS.items():
            assert after[energy] - before[energy] == pytest.approx(after[power] / 60)
