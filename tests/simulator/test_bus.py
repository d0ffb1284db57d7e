"""Devices on the bus of a data logger, and the GroBoost."""

from typing import Any

import pytest

from simulator import SimulatedCloud
from simulator.devices.environment import Environment
from simulator.devices.meter import GENERIC, Meter
from simulator.model import Plant

from .conftest import Asker, sample, shape, standing_clock
from .test_energy import STEP

METER_LIST = "device/ammeter/meter_list"
METER_LAST = "device/ammeter/meter_last_data"
ENV_LIST = "device/env/env_list"
ENV_LAST = "device/env/env_last_data"


@pytest.fixture
def plant(ask: Asker) -> Plant:
    """Return the plant of the house with the weather station, and ask as its owner."""
    account = ask.cloud.add_home("weather")
    ask.token = account.token
    return account.plants[0]


@pytest.fixture
def logger(plant: Plant) -> str:
    """Return the data logger that has everything on its bus."""
    return plant.bus[0].logger.serial


async def test_lists(ask: Asker, plant: Plant, logger: str) -> None:
    """Test that both lists look like the recorded ones, and name each thing once."""
    found = []
    for path, name, rows in (
        (METER_LIST, "meter_list", "meters"),
        (ENV_LIST, "env_list", "envs"),
    ):
        answer = await ask("GET", path, {"datalog_sn": logger})
        recording = sample(name)
        assert shape(answer["data"][rows][:1]) == shape(recording["data"][rows])
        answer["data"][rows] = recording["data"][rows]
        assert shape(answer) == shape(recording)
        found.append(answer["data"]["count"])
    assert found == [2, 1]
    assert [thing.address for thing in plant.bus] == [1, 2, 3]


async def test_pages(ask: Asker, logger: str) -> None:
    """Test that a list of a bus has pages."""
    addresses = []
    for page in (1, 2, 3):
        wanted = {"datalog_sn": logger, "page": page, "perpage": 1}
        answer = await ask("GET", METER_LIST, wanted)
        assert answer["data"]["count"] == 2
        addresses += [row["address"] for row in answer["data"]["meters"]]
    assert addresses == ["1", "2"]


async def test_rows_of_the_plant(ask: Asker, plant: Plant, logger: str) -> None:
    """Test that the list of devices announces each thing, without saying which."""
    answer = await ask("GET", "device/list", {"plant_id": plant.plant_id})
    rows = [row for row in answer["data"]["devices"] if row["type"] == 3]
    assert [row["device_sn"] for row in rows] == ["AMMETER", "AMMETER", "ENV_DEVICE"]
    assert {row["datalogger_sn"] for row in rows} == {logger}


async def test_record_of_a_meter(ask: Asker, plant: Plant, logger: str) -> None:
    """Test that a plain meter reports like the recorded one, a better one more."""
    better, plain = (thing for thing in plant.bus if isinstance(thing, Meter))
    assert plain.device_type == GENERIC
    recording = sample("meter_last_data")
    answer = await ask("GET", METER_LAST, {"datalog_sn": logger, "address": 2})
    assert shape(answer) == shape(recording)
    assert answer["data"]["activePower"] == pytest.approx(plain.truth()["meter_power"])

    more = await ask("GET", METER_LAST, {"datalog_sn": logger, "address": 1})
    assert more["data"].keys() > recording["data"].keys()
    truth = better.truth()
    assert more["data"]["reverActivePower"] == pytest.approx(truth["grid_export_power"])


@pytest.mark.parametrize(
    ("flat", "name"), [(False, "env_last_data"), (True, "env_last_data_flat")]
)
async def test_record_of_the_weather(
    ask: Asker, plant: Plant, logger: str, name: str, *, flat: bool
) -> None:
    """Test that one firmware reports a list, the newest last, another one record."""
    station = plant.bus[-1]
    assert isinstance(station, Environment)
    station.flat = flat
    answer = await ask("GET", ENV_LAST, {"datalog_sn": logger, "address": 3})
    last = answer["data"]
    if not flat:
        older, last = answer["data"]["env_data"]
        assert older["timeText"] < last["timeText"]
        answer["data"]["env_data"] = [last]
    assert shape(answer) == shape(sample(name))
    assert last["radiant"] == pytest.approx(station.truth()["irradiance"])


@pytest.mark.parametrize(
    ("path", "params", "code"),
    [
        (METER_LIST, {"datalog_sn": ""}, 10002),
        (METER_LIST, {"datalog_sn": "NOBODY"}, 10003),
        (ENV_LIST, {}, 10002),
        (ENV_LIST, {"datalog_sn": "SIML100002"}, 10011),
        (METER_LAST, {"datalog_sn": "", "address": 1}, 10002),
        (METER_LAST, {"datalog_sn": "NOBODY", "address": 1}, 10004),
        (ENV_LAST, {"datalog_sn": "SIML100002", "address": 1}, 10011),
        (ENV_LAST, {"datalog_sn": "SIML300002"}, 10003),
    ],
)
@pytest.mark.usefixtures("plant")
async def test_refusals(
    ask: Asker, path: str, params: dict[str, Any], code: int
) -> None:
    """Test the codes for what is not named, does not exist or is somebody else's."""
    assert (await ask("GET", path, params))["error_code"] == code


async def test_nothing_at_an_address(ask: Asker, logger: str) -> None:
    """Test that an address without a meter, or with something else, has no data."""
    for address in (3, 9):
        wanted = {"datalog_sn": logger, "address": address}
        answer = await ask("GET", METER_LAST, wanted)
        assert (answer["data"], answer["error_code"]) == ("", 0)


async def test_removed(ask: Asker, plant: Plant, logger: str) -> None:
    """Test that a meter can be taken away, and a logger with all on its bus."""
    plant.remove(plant.bus[0].key)
    answer = await ask("GET", METER_LIST, {"datalog_sn": logger})
    assert [row["address"] for row in answer["data"]["meters"]] == ["2"]
    plant.remove(logger)
    assert plant.bus == []


@pytest.fixture
def weather() -> SimulatedCloud:
    """Return a cloud with the house of the weather station alone."""
    return SimulatedCloud("weather", clock=standing_clock())


def test_powers_balance(weather: SimulatedCloud) -> None:
    """Test that the grid has what the inverter gives, less the house and the heater."""
    inverter, heater = weather.devices
    grid, output, _ = weather.plants[0].bus
    heated, spare = [], []
    for _ in range(300):
        power = heater.truth()["consumed_power"]
        at_grid = grid.truth()
        assert output.truth()["meter_power"] == inverter.truth()["ac_power"]
        given = inverter.truth()["ac_power"] + at_grid["grid_import_power"]
        house = given - at_grid["grid_export_power"] - power
        assert house > 200
        heated.append(power)
        spare.append(power and at_grid["grid_import_power"])
        weather.clock.shift(STEP)
    assert max(heated) == 1500
    assert not any(spare)


def test_powers_integrate(weather: SimulatedCloud) -> None:
    """Test that the counters of meter and heater are the integral of their powers."""
    heater, grid = weather.devices[1], weather.plants[0].bus[0]
    counters = {
        (grid, "grid_import_power"): "energy_import_total_wh",
        (grid, "grid_export_power"): "energy_export_total_wh",
        (heater, "consumed_power"): "consumed_energy_total_wh",
    }
    truths = []
    for _ in range(300):
        truths.append({thing: thing.truth() for thing in (grid, heater)})
        weather.clock.shift(STEP)
    for (thing, power), energy in counters.items():
        integral = sum(truth[thing][power] for truth in truths[1:]) * 300 / 3600
        counted = truths[-1][thing][energy] - truths[0][thing][energy]
        assert counted == pytest.approx(integral, abs=0.001)


def test_phases_add_up(weather: SimulatedCloud) -> None:
    """Test that the phases of a meter are its power."""
    truth = weather.plants[0].bus[0].truth()
    phases = sum(truth[f"meter_l{number}_power"] for number in (1, 2, 3))
    assert phases == pytest.approx(truth["meter_power"])
