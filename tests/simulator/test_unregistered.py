"""Hardware that nobody has registered: how it comes into a plant, and out again."""

from datetime import UTC, datetime, timedelta

from aiohttp import ClientSession

from simulator import SimulatedCloud, serve
from simulator.history import energies
from simulator.model import Plant

from .conftest import Asker, standing_clock

EVENING = datetime(2026, 6, 14, 21, 30, tzinfo=UTC)


def new_cloud(now: datetime | None = None) -> tuple[SimulatedCloud, Plant]:
    """Return a dealer's cloud, and an empty plant of the dealer."""
    cloud = SimulatedCloud("new", clock=standing_clock(*([now] if now else [])))
    dealer = cloud.accounts[0]
    plant = dealer.builder.new_plant("Roof", 6)
    dealer.plants.append(plant)
    return cloud, plant


def register(cloud: SimulatedCloud, plant: Plant, number: int) -> None:
    """Register a logger with its devices in a plant, to be heard in five minutes."""
    moment = cloud.clock.now() + cloud.online_after
    cloud.unregistered.register(cloud.unregistered.sets[number], plant, moment)


async def test_list_for_a_demo(ask: Asker) -> None:
    """Test that serials, check codes and devices can be seen from outside."""
    cloud, _ = new_cloud()
    async with serve(cloud) as url, ClientSession() as session:
        listed = await (await session.get(f"{url}/_simulator/unregistered")).json()
    assert [(hardware["serial"], hardware["check_code"]) for hardware in listed] == [
        (hardware.logger.serial, hardware.logger.check_code)
        for hardware in cloud.unregistered.sets
    ]
    assert [len(hardware["devices"]) for hardware in listed] == [1, 2, 1]
    assert all(hardware["check_code"].isdecimal() for hardware in listed)


async def test_devices_come_online_after_a_while(ask: Asker) -> None:
    """Test that first the logger is listed, silent, and then its devices report."""
    cloud, plant = new_cloud()
    ask.token = cloud.token
    hardware = cloud.unregistered.sets[0]
    params = {"plant_id": plant.plant_id}
    new = {
        **params,
        "sn": hardware.logger.serial,
        "c_user_id": cloud.accounts[0].user_id,
    }
    seen = []
    async with serve(cloud) as ask.url:
        assert (await ask("POST", "device/datalogger/add", new))["error_code"] == 0
        cloud.limits_enabled = False
        for minutes in (0, 4, 2, 5):
            cloud.clock.shift(timedelta(minutes=minutes))
            loggers = await ask("GET", "device/datalogger/list", params)
            devices = await ask("GET", "device/list", params)
            (logger,) = loggers["data"]["dataloggers"]
            seen.append((logger["lost"], devices["data"]["count"]))
    assert seen[:2] == [(True, 0), (True, 0)]
    assert seen[3] == (False, 1)


def test_nothing_from_before_the_registration() -> None:
    """Test that what has no light reports in the morning, not what was before."""
    cloud, plant = new_cloud(EVENING)
    register(cloud, plant, 1)
    inverter, small = cloud.unregistered.expected[0][0].devices
    cloud.clock.shift(timedelta(minutes=10))
    assert cloud.devices == [inverter, small]
    assert cloud.truth() == {inverter.serial: {}, small.serial: {}} | {
        str(plant.plant_id): {}
    }
    assert inverter.power_at(EVENING.date(), 200) is None
    today = plant.today()
    assert list(energies(plant, "day", today, today)) == [(today, 0)]
    cloud.clock.shift(timedelta(hours=10))
    truth = cloud.truth()
    assert truth[inverter.serial]["energy_today"]
    assert truth[str(plant.plant_id)]["energy_today"] == round(
        truth[inverter.serial]["energy_today"] + truth[small.serial]["energy_today"], 1
    )


def test_bus_comes_along() -> None:
    """Test that a meter on the bus appears with its logger, and goes with it."""
    cloud, plant = new_cloud()
    register(cloud, plant, 2)
    cloud.clock.shift(timedelta(minutes=11))
    cloud.unregistered.settle(cloud.clock.now())
    assert (len(plant.devices), len(plant.bus)) == (1, 1)
    assert cloud.truth()[plant.bus[0].key]
    cloud.unregistered.take_back(plant, plant.loggers[0])
    assert (plant.devices, plant.bus, plant.loggers) == ([], [], [])


def test_counters_go_on_in_another_plant() -> None:
    """Test that a device that moves house keeps its serial and its lifetime energy."""
    cloud, first = new_cloud()
    register(cloud, first, 0)
    cloud.clock.shift(timedelta(hours=3))
    before = cloud.truth()[cloud.devices[0].serial]
    serial = cloud.devices[0].serial
    cloud.unregistered.take_back(first, first.loggers[0])
    assert cloud.devices == []
    second = cloud.accounts[0].builder.new_plant("Garage", 6)
    cloud.accounts[0].plants.append(second)
    cloud.unregistered.register(cloud.unregistered.sets[-1], second, cloud.clock.now())
    cloud.clock.shift(timedelta(hours=1))
    assert [device.plant for device in cloud.devices] == [second]
    assert cloud.truth()[serial]["energy_total_wh"] >= before["energy_total_wh"]


def test_taken_back_before_it_was_heard() -> None:
    """Test that a logger can be taken out again at once, with all that is on it."""
    cloud, plant = new_cloud()
    register(cloud, plant, 0)
    cloud.unregistered.take_back(plant, plant.loggers[0])
    cloud.clock.shift(timedelta(hours=1))
    assert cloud.devices == []
    assert [len(hardware.devices) for hardware in cloud.unregistered.sets] == [2, 1, 1]


async def test_known_before_it_is_registered(ask: Asker) -> None:
    """Test that the cloud knows the model of a logger that nobody has registered."""
    cloud, _ = new_cloud()
    ask.token = cloud.token
    async with serve(cloud) as ask.url:
        answer = await ask(
            "GET", "device/check/sn", {"sn": cloud.unregistered.sets[0].logger.serial}
        )
    assert (answer["result"], answer["msg"]) == (1, "datalog")
    assert (answer["model"], answer["inSystem"]) == ("ShineWiFi-X", False)


async def test_deleted_plant(ask: Asker) -> None:
    """Test that the loggers of a deleted plant can be registered again."""
    cloud, plant = new_cloud()
    ask.token = cloud.token
    register(cloud, plant, 0)
    async with serve(cloud) as ask.url:
        params = {"plant_id": plant.plant_id}
        assert (await ask("POST", "plant/delete", params))["error_code"] == 0
        assert (await ask("POST", "plant/delete", params))["error_code"] == 10004
    assert cloud.plants == []
    assert len(cloud.unregistered.sets) == 3


async def test_heard_before_it_is_registered(ask: Asker) -> None:
    """Test that a data logger may have been plugged in before it is added."""
    cloud, plant = new_cloud()
    async with (
        serve(cloud) as ask.url,
        ask.session.post(
            f"{ask.url}/_simulator/faults",
            json={"kind": "online_after", "minutes": -30},
        ) as response,
    ):
        assert response.status == 200
        assert cloud.online_after == timedelta(minutes=-30)
    moment = cloud.clock.now() + cloud.online_after
    cloud.unregistered.register(cloud.unregistered.sets[0], plant, moment)
    assert [device.plant for device in cloud.devices] == [plant]
