"""History: past energies and powers of plants, as far as uploaded."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from .devices.base import kwh
from .devices.uploads import SLOT
from .model import Plant
from .physics.sky import SLOTS

MINUTE = timedelta(minutes=1)


def first_of_next(unit: str, day: date) -> date:
    """Return the first day after the day, month or year of a day."""
    match unit:
        case "day":
            return day + timedelta(days=1)
        case "month":
            return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        case _:
            return date(day.year + 1, 1, 1)


def begin_of(unit: str, day: date) -> date:
    """Return the first day of the day, month or year of a day."""
    match unit:
        case "day":
            return day
        case "month":
            return day.replace(day=1)
        case _:
            return day.replace(month=1, day=1)


def plant_energy(plant: Plant, begin: date, end: date) -> float:
    """Return the energy in kWh of a plant from a day until before another."""
    sums = 0
    for device in plant.devices:
        if snapshot := device.snapshot():
            known = snapshot.total.ac
            first, last = device.ac_before(begin), device.ac_before(end)
            sums += min(last, known) - min(first, known)
    return kwh(sums)


def energies(
    plant: Plant, unit: str, first: date, last: date
) -> Iterator[tuple[date, float]]:
    """Yield the days, months or years from one date to another, and their energies."""
    begin = begin_of(unit, first)
    while begin <= last:
        end = first_of_next(unit, begin)
        yield begin, plant_energy(plant, begin, end)
        begin = end


def powers(plant: Plant, day: date) -> Iterator[tuple[datetime, float | None]]:
    """Yield the five-minute marks of a day, and the power in W uploaded after each."""
    midnight = datetime.combine(day, time())
    for mark in range(SLOTS):
        # A slot is uploaded after its end.
        of_day = day if mark else day - timedelta(days=1)
        slot = (mark - 1) % SLOTS
        uploads = (device.power_at(of_day, slot) for device in plant.devices)
        found = [flows.ac for flows in uploads if flows]
        yield midnight + SLOT * mark, sum(found) / 10 if found else None
