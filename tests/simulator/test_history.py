"""Past energy of a plant, compared with the counters of its devices."""

from datetime import UTC, date, datetime, timedelta

import pytest

from simulator import SimulatedCloud
from simulator.history import energies, powers

from .conftest import Asker, standing_clock

VILLA, TERRACE = 9910101, 9910202


def asked(
    unit: str, first: str, last: str, plant: object = VILLA, **more: object
) -> dict[str, object]:
    """Return what asks for the energies of a plant."""
    period = {"start_date": first, "end_date": last, "time_unit": unit}
    return {"plant_id": plant, **period, **more}


@pytest.mark.parametrize("home", ["villa", "duo", "all"])
def test_energies_are_the_differences_of_the_counters(home: str) -> None:
    """Test that days, months and years add up to what the devices have counted."""
    cloud = SimulatedCloud(home, clock=standing_clock())
    today = date(2026, 6, 14)
    for plant in cloud.plants:
        truth = cloud.truth()[str(plant.plant_id)]
        days = dict(energies(plant, "day", date(2026, 6, 1), today))
        months = dict(energies(plant, "month", date(2026, 1, 31), today))
        years = dict(energies(plant, "year", date(2024, 5, 5), today))
        assert days[today] == truth["energy_today"]
        assert months[date(2026, 6, 1)] == truth["energy_month"]
        assert sum(days.values()) == pytest.approx(truth["energy_month"], abs=0.8)
        assert years[date(2026, 1, 1)] == truth["energy_year"]
        assert sum(months.values()) == pytest.approx(truth["energy_year"], abs=0.4)
        assert years[date(2024, 1, 1)] == 0
        assert sum(years.values()) == pytest.approx(truth["energy_total"], abs=0.2)


@pytest.mark.parametrize("minutes", [-15, -5, -1, 0, 1, 4, 6, 600])
def test_day_that_ends(minutes: int) -> None:
    """Test that around midnight the days agree with the counters of the devices."""
    midnight = datetime(2026, 6, 13, 23, tzinfo=UTC)
    cloud = SimulatedCloud(
        "villa", clock=standing_clock(midnight + timedelta(minutes=minutes))
    )
    plant = cloud.plants[0]
    truth = cloud.truth()[str(plant.plant_id)]
    yesterday, today = date(2026, 6, 13), date(2026, 6, 14)
    before, after = (energy for _, energy in energies(plant, "day", yesterday, today))
    current = after if minutes >= 0 else before
    assert current == truth["energy_today"]


def test_silence_ends_the_day() -> None:
    """Test that nothing is known of the time in which a logger was silent."""
    cloud = SimulatedCloud("villa", clock=standing_clock())
    plant, today = cloud.plants[0], date(2026, 6, 14)
    cloud.freeze(cloud.devices[0].serial)
    ((_, before),) = energies(plant, "day", today, today)
    known = [power for _, power in powers(plant, today) if power is not None]
    cloud.clock.shift(timedelta(days=2))
    days = [energy for _, energy in energies(plant, "day", today, date(2026, 6, 16))]
    assert days == [before, 0, 0]
    assert [one for _, one in powers(plant, today) if one is not None] == known
    assert {power for _, power in powers(plant, date(2026, 6, 16))} == {None}


@pytest.mark.parametrize("home", ["villa", "duo"])
def test_powers_are_those_that_were_uploaded(home: str) -> None:
    """Test each mark of a day against what the plant showed just before the next."""
    clock = standing_clock()
    cloud = SimulatedCloud(home, clock=clock)
    plant, today = cloud.plants[0], date(2026, 6, 13)
    found = dict(powers(plant, today))
    assert len(found) == 288
    for mark in list(found)[6::12]:
        clock.set((mark + timedelta(minutes=5)).replace(tzinfo=plant.tz))
        snapshots = [one.snapshot() for one in plant.devices]
        shown = [one.power.ac / 10 for one in snapshots if one and one.wall >= mark]
        assert found[mark] == (sum(shown) if shown else None)


def test_before_the_plant() -> None:
    """Test that there are no powers from before the first day."""
    cloud = SimulatedCloud("villa", clock=standing_clock())
    first_day = cloud.plants[0].site.start
    before = dict(powers(cloud.plants[0], first_day - timedelta(days=1)))
    assert set(before.values()) == {None}


async def test_energies_on_the_wire(ask: Asker) -> None:
    """Test the three formats of dates, and pages."""
    for unit, first, last, expected in (
        ("day", "2026-06-12", "2026-06-14", ["2026-06-12", "2026-06-13", "2026-06-14"]),
        ("month", "2025-12-31", "2026-01-01", ["2025-12", "2026-01"]),
        ("year", "2025-12-31", "2026-01-01", ["2025", "2026"]),
    ):
        data = (await ask("GET", "plant/energy", asked(unit, first, last)))["data"]
        assert (data["time_unit"], data["count"]) == (unit, len(expected))
        assert [row["date"] for row in data["energys"]] == expected
        assert all(isinstance(row["energy"], str) for row in data["energys"])
    wanted = asked("", "2026-06-12", "2026-06-14", page=2, perpage=2)
    data = (await ask("GET", "plant/energy", wanted))["data"]
    assert (data["count"], data["time_unit"]) == (3, "day")
    assert [row["date"] for row in data["energys"]] == ["2026-06-14"]


async def test_powers_on_the_wire(ask: Asker) -> None:
    """Test that the newest come first, with float noise, and the future is empty."""
    wanted = {"plant_id": VILLA, "date": "2026-06-14"}
    data = (await ask("GET", "plant/power", wanted))["data"]
    assert (data["count"], len(data["powers"])) == (288, 288)
    newest, *_, oldest = data["powers"]
    assert newest == {"time": "2026-06-14 23:55", "power": None}
    assert oldest["time"] == "2026-06-14 00:00"
    assert oldest["power"] is not None


@pytest.mark.parametrize(
    ("path", "params", "code"),
    [
        ("plant/energy", {}, 10003),
        ("plant/energy", asked("day", "2026-06-14", "2026-06-14", 1), 10002),
        ("plant/energy", asked("day", "2026-06-14", "2026-06-14", TERRACE), 10011),
        ("plant/energy", asked("day", "2026-06-08", "2026-06-14"), 0),
        ("plant/energy", asked("day", "2026-06-07", "2026-06-14"), 10004),
        ("plant/energy", asked("day", "2026-06-14", "2026-06-13"), 10004),
        ("plant/energy", asked("day", "", "2026-06-13"), 10004),
        ("plant/energy", asked("day", "20260613", "2026-06-13"), 10004),
        ("plant/energy", asked("day", "13.6.2026", "2026-06-13"), 10004),
        ("plant/energy", asked("week", "2026-06-13", "2026-06-13"), 10004),
        ("plant/energy", asked("month", "2025-01-01", "2026-12-31"), 0),
        ("plant/energy", asked("month", "2024-12-31", "2026-01-01"), 10004),
        ("plant/energy", asked("year", "2007-01-01", "2026-12-31"), 0),
        ("plant/energy", asked("year", "2006-12-31", "2026-01-01"), 10004),
        ("plant/power", {"date": "2026-06-14"}, 10003),
        ("plant/power", {"plant_id": VILLA}, 10003),
        ("plant/power", {"plant_id": VILLA, "date": "today"}, 10003),
        ("plant/power", {"plant_id": 1, "date": "2026-06-14"}, 10002),
        ("plant/power", {"plant_id": TERRACE, "date": "2026-06-14"}, 10011),
    ],
)
async def test_codes(
    ask: Asker, path: str, params: dict[str, object], code: int
) -> None:
    """Test the windows, and what is no date or no plant of ours."""
    assert (await ask("GET", path, params))["error_code"] == code
