"""The numbers of the simulated houses add up, over the day, midnight and the years."""

from datetime import UTC, date, datetime, timedelta, timezone

from freezegun import freeze_time
import pytest

from simulator import SimulatedClock, SimulatedCloud
from simulator.__main__ import morning_zone
from simulator.devices.base import Device

from .conftest import NOON, Asker, standing_clock

STEP = timedelta(minutes=5)

POWERS = {
    "ac_power": "energy_total_wh",
    "grid_import_power": "energy_import_total_wh",
    "grid_export_power": "energy_export_total_wh",
    "load_power": "energy_load_total_wh",
    "battery_charge_power": "battery_charge_energy_total_wh",
    "battery_discharge_power": "battery_discharge_energy_total_wh",
}


def villa(now: datetime = NOON, **options: float) -> SimulatedCloud:
    """Return a villa on a clock that stands still."""
    return SimulatedCloud("villa", clock=standing_clock(now), **options)


def day_of_truth(cloud: SimulatedCloud, device: Device) -> list[dict[str, float]]:
    """Return the truth after each upload of a day and a bit, from the clock on."""
    result = []
    for _ in range(300):
        result.append(device.truth())
        cloud.clock.shift(STEP)
    return result


@pytest.mark.parametrize("zone", [1, -7, 9.5])
def test_powers_integrate_to_counters(zone: float) -> None:
    """Test that all counters are the integral of the powers, over midnight too."""
    cloud = villa(zone=zone)
    truths = day_of_truth(cloud, cloud.devices[0])
    for power, energy in POWERS.items():
        integral = sum(truth[power] for truth in truths[1:]) * 300 / 3600
        counted = truths[-1][energy] - truths[0][energy]
        assert counted == pytest.approx(integral, abs=0.001)
    for truth in truths:
        for name in ("energy", "energy_import", "energy_export", "energy_load"):
            shown = truth[f"{name}_total"]
            assert shown == pytest.approx(truth[f"{name}_total_wh"] / 1000, abs=0.0501)


def test_battery_moves() -> None:
    """Test that the battery charges by day and discharges by night."""
    cloud = villa()
    truths = day_of_truth(cloud, cloud.devices[0])
    assert max(truth["battery_charge_power"] for truth in truths) > 500
    assert max(truth["battery_discharge_power"] for truth in truths) > 200
    assert all(
        not (truth["battery_charge_power"] and truth["battery_discharge_power"])
        for truth in truths
    )


@pytest.mark.parametrize("zone", [1, -7, 9.5])
def test_today_rolls_at_plant_midnight(zone: float) -> None:
    """Test that counters of the day start again at the midnight of the plant."""
    cloud = villa(zone=zone)
    device, plant = cloud.devices[0], cloud.plants[0]
    midnight = datetime(2026, 6, 15, tzinfo=plant.tz)
    cloud.clock.set(midnight)
    before = device.truth()
    assert before["energy_load_today"] > 3
    cloud.clock.set(midnight + STEP)
    after = device.truth()
    assert after["energy_load_today"] == 0
    assert after["energy_load_total_wh"] > before["energy_load_total_wh"]


def test_sun_follows_the_zone() -> None:
    """Test that noon is bright and midnight dark in the plant's own time."""
    for zone in (-8, 0, 12):
        cloud = villa(zone=zone)
        device, plant = cloud.devices[0], cloud.plants[0]
        cloud.clock.set(datetime(2026, 6, 14, 12, 30, tzinfo=plant.tz))
        assert device.truth()["pv_power"] > 300
        cloud.clock.set(datetime(2026, 6, 14, 0, 30, tzinfo=plant.tz))
        assert device.truth()["pv_power"] == 0


def test_plant_adds_up_its_devices() -> None:
    """Test day, month, year and total of a plant against those of its devices."""
    cloud = SimulatedCloud("fleet", count=4, clock=standing_clock())
    plant = cloud.plants[0]
    truth = cloud.truth()
    own = truth[str(plant.plant_id)]
    for key in ("energy_today", "energy_total"):
        total = sum(truth[device.serial][f"{key}_wh"] for device in plant.devices)
        assert own[key] == pytest.approx(total / 1000, abs=0.0501)
    assert own["power"] == pytest.approx(
        sum(truth[device.serial]["ac_power"] for device in plant.devices) / 1000,
        abs=0.0051,
    )
    month = sum(
        device.snapshot().total.ac - device.ac_before(date(2026, 6, 1))
        for device in plant.devices
    )
    assert own["energy_month"] == pytest.approx(month / 120_000, abs=0.0501)
    assert own["energy_today"] < own["energy_month"] < own["energy_year"]
    assert own["energy_year"] < own["energy_total"]
    assert own["co2_avoided"] == pytest.approx(0.6 * own["energy_total"], abs=0.051)


async def test_night_of_panels(ask: Asker) -> None:
    """Test that devices without battery fall silent in the dark, each in its way."""
    cloud = ask.cloud
    ask.token = cloud.accounts[1].token
    cloud.clock.set(datetime(2026, 6, 14, 23, 30, tzinfo=UTC))
    inverter, small = "SIM1200001", "SIM7200003"
    path = "device/inverter/last_new_data"
    data = (await ask("GET", path, {"device_sn": inverter}))["data"]
    assert (data["status"], data["pac"], data["ppv"]) == (0, 0, 0)
    assert data["time"].startswith("2026-06-14 2")
    assert data["powerToday"] > 5
    data = (await ask("POST", "device/tlx/tlx_last_data", {"tlx_sn": small}))["data"]
    assert (data["status"], data["ppv"]) == (0, 0)
    assert data["pac"] > 0
    truth = cloud.truth()
    assert truth[small]["ac_power"] == 0
    plant = cloud.plants[1]
    listed = await ask("GET", "device/list", {"plant_id": plant.plant_id})
    assert [row["lost"] for row in listed["data"]["devices"]] == [True]
    loggers = await ask("GET", "device/datalogger/list", {"plant_id": plant.plant_id})
    assert loggers["data"]["dataloggers"][0]["lost"] is True
    # The plant's own day has begun at 23:00 UTC; its inverter still shows yesterday.
    assert truth[str(plant.plant_id)]["energy_today"] == 0


def test_morning_follows_night() -> None:
    """Test that a device without battery reports again with the sun."""
    cloud = SimulatedCloud("duo", clock=standing_clock(NOON + timedelta(hours=12)))
    inverter = cloud.devices[0]
    asleep = inverter.truth()
    cloud.clock.shift(timedelta(hours=8))
    awake = inverter.truth()
    assert (asleep["status"], awake["status"]) == ("waiting", "normal")
    assert awake["energy_today"] < asleep["energy_today"]
    assert awake["energy_total"] >= asleep["energy_total"]


@pytest.mark.parametrize("month", [3, 6, 10, 12])
def test_last_upload_of_the_day_stays_the_last(month: int) -> None:
    """Test that no upload is replaced by an older one, whichever way days change."""
    evening = datetime(2026, month, 18, 14, tzinfo=UTC)
    cloud = SimulatedCloud("duo", clock=standing_clock(evening))
    uploads = [one["last_update"] for one in day_of_truth(cloud, cloud.devices[0])]
    assert uploads == sorted(uploads)
    assert len(set(uploads)) > 1


def test_hybrid_goes_on_at_night() -> None:
    """Test that a device with a battery and a meter never falls silent."""
    cloud = villa(NOON + timedelta(hours=12))
    truth = cloud.devices[0].truth()
    assert not cloud.devices[0].lost
    assert truth["ac_power"] + truth["grid_import_power"] > 100
    assert truth["status"] == "waiting"


async def test_clocks_of_the_wire(ask: Asker) -> None:
    """Test which clock each time is on, for a plant in UTC+1."""
    cloud = ask.cloud
    serial, plant = cloud.devices[0].serial, cloud.plants[0].plant_id
    uploaded = cloud.truth()[serial]["last_update"]
    wall = uploaded + timedelta(hours=1)
    instant, shown = (int(when.timestamp() * 1000) for when in (uploaded, wall))
    listed = await ask("GET", "device/list", {"plant_id": plant})
    assert listed["data"]["devices"][0]["last_update_time"] == f"{wall:%F %T}"
    loggers = await ask("GET", "device/datalogger/list", {"plant_id": plant})
    logger_time = loggers["data"]["dataloggers"][0]["last_update_time"]
    assert logger_time["time"] == instant + 500
    assert logger_time["hours"] == (uploaded + timedelta(hours=8)).hour
    live = await ask("POST", "device/tlx/tlx_last_data", {"tlx_sn": serial})
    assert live["data"]["time"] == f"{wall:%F %T}"
    assert live["data"]["calendar"]["timeInMillis"] == shown - 8 * 3_600_000
    details = await ask("GET", "device/tlx/tlx_data_info", {"device_sn": serial})
    assert details["data"]["lastUpdateTime"]["time"] == instant
    server = uploaded + timedelta(hours=8)
    assert details["data"]["lastUpdateTimeText"] == f"{server:%F %T}"
    wanted = {"deviceSn": serial, "deviceType": "min"}
    v4 = await ask("POST", "new-api/queryLastData", wanted)
    assert v4["data"]["min"][0]["calendar"] == shown - 8 * 3_600_000


def test_same_past_in_every_cloud() -> None:
    """Test that two clouds with the same clock tell the same."""
    assert villa().truth() == villa().truth()


def test_clock_follows_a_source() -> None:
    """Test that the cloud can follow a time that a test freezes, at any speed."""
    with freeze_time("2026-06-14 10:00:00") as frozen:
        clock = SimulatedClock(lambda: datetime.now(UTC))
        start = clock.now()
        frozen.tick(60)
        assert clock.now() - start == timedelta(minutes=1)
        clock.speed = 10
        frozen.tick(60)
        assert clock.now() - start == timedelta(minutes=11)


def test_large_fleet_is_quick() -> None:
    """Test that a thousand devices with a past of years are counted at once."""
    cloud = SimulatedCloud("fleet", count=1000, clock=standing_clock())
    cloud.truth()
    begin = datetime.now(UTC)
    cloud.clock.shift(STEP)
    truth = cloud.truth()
    assert len(truth) == 1001
    assert datetime.now(UTC) - begin < timedelta(seconds=2)


def test_days_lived_again() -> None:
    """Test that a day tells the same after many others were looked at."""
    cloud = villa()
    first = cloud.truth()
    for _ in range(12):
        cloud.clock.shift(timedelta(days=-1))
        assert cloud.truth() != first
    cloud.clock.set(NOON)
    assert cloud.truth() == first


@pytest.mark.parametrize("hour", range(24))
def test_zone_where_it_is_morning(hour: int) -> None:
    """Test that at any hour there is a zone in which it is late morning."""
    now = datetime(2026, 11, 23, hour, 30, tzinfo=UTC)
    zone = timezone(timedelta(hours=morning_zone(now)))
    assert now.astimezone(zone).hour == 11
