"""V1 endpoints about past energies and powers of a plant."""

from datetime import date, timedelta

from ..history import energies, powers
from ..routing import NO_PLANT, Call, Refused, Route
from ..wire import Json, decimal_text, single, v1_success

WINDOW = 10004
MOST_DAYS = timedelta(days=7)
MOST_YEARS = 20
FORMATS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


def _date(call: Call, name: str, wrong: int) -> date:
    """Return a parameter as a date, YYYY-MM-DD and nothing else."""
    text = call.required(name, wrong)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Refused(wrong) from None
    if found.isoformat() != text:
        raise Refused(wrong)
    return found


def plant_energy(call: Call) -> Json:
    """Return the energies of days, months or years, paged."""
    plant = call.plant()
    first, last = _date(call, "start_date", WINDOW), _date(call, "end_date", WINDOW)
    unit, years = call.optional("time_unit") or "day", last.year - first.year
    fits = {"day": last - first < MOST_DAYS, "month": years <= 1}
    fits["year"] = years < MOST_YEARS
    if first > last or not fits.get(unit, False):
        raise Refused(WINDOW)
    rows = [
        {"date": begin.strftime(FORMATS[unit]), "energy": decimal_text(energy)}
        for begin, energy in energies(plant, unit, first, last)
    ]
    listed = {"count": len(rows), "time_unit": unit, "energys": call.page(rows)}
    return v1_success(listed)


def plant_power(call: Call) -> Json:
    """Return the powers of a day in W, the newest first."""
    plant = call.plant()
    day = _date(call, "date", call.route.empty)
    rows = [
        {
            "time": f"{moment:%Y-%m-%d %H:%M}",
            "power": None if power is None else single(power),
        }
        for moment, power in powers(plant, day)
    ]
    return v1_success({"count": len(rows), "powers": rows[::-1]})


ROUTES = (
    Route(
        verb="GET",
        path="plant/energy",
        answer=plant_energy,
        key="plant_id",
        empty=10003,
        missing=10002,
        missing_text=NO_PLANT,
        per_day=10,
        texts={WINDOW: "error_Time format is incorrect"},
    ),
    Route(
        verb="GET",
        path="plant/power",
        answer=plant_power,
        key="plant_id",
        empty=10003,
        missing=10002,
        missing_text=NO_PLANT,
    ),
)
