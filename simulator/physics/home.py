"""Home: a household with a hybrid inverter, a battery and a meter at the grid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import ClassVar

from .flows import SUMS_PER_WATT_HOUR, Flows, Source, total_of
from .panels import PvString
from .sky import SLOTS

EFFICIENCY = 97
"""Percent of the direct current side that a hybrid inverter delivers."""

CHARGE_YIELD = 95
"""Percent of the charged energy that a battery can give back."""

DAYS_KEPT = 8
"""Days kept slot by slot; older days are simulated again on demand."""


@dataclass(frozen=True, kw_only=True)
class Battery:
    """A battery: capacity in Wh, power in tenths of a watt, lowest charge in %."""

    capacity: int = 10_000
    power: int = 33_000
    floor: int = 12


@lru_cache(maxsize=1024)
def household(seed: str, day: date) -> tuple[int, ...]:
    """Return the load of a house per slot in tenths of a watt, from seed and day."""
    random = Random(f"{seed}|{day.isoformat()}")  # noqa: S311 - habits, not a secret
    base = 2_200 + random.randrange(600)
    result = [base + random.randrange(400) for _ in range(SLOTS)]
    # Breakfast, lunch, evening: hour, length in slots, highest power.
    for hour, length, power in (
        (7, 9, 16_000),
        (12.5, 7, 21_000),
        (18.5, 16, 24_000),
        (20.5, 24, 6_000),
    ):
        begin = int(hour * 12 + random.gauss(0, 5))
        for slot in range(begin, begin + length + random.randrange(6)):
            result[slot % SLOTS] += int(power * random.uniform(0.35, 1))
    return tuple(result)


class Home:
    """A hybrid inverter with a battery, and a meter at the grid.

    In every slot pv + discharged = charged + the input of the inverter, of which
    `efficiency` percent become ac, and ac + imported = load + exported.
    """

    grain: ClassVar = 1
    """Step of all powers, in tenths of a watt."""

    def __init__(
        self,
        panels: tuple[PvString, ...],
        battery: Battery,
        seed: str,
        start: date,
        efficiency: int,
    ) -> None:
        """Initialize with the battery at its floor on the morning of the first day."""
        self._panels = panels
        self._battery = battery
        self._seed = seed
        self._start = start
        self._efficiency = efficiency
        self._full = battery.capacity * SUMS_PER_WATT_HOUR * 100
        nothing = Flows(strings=(0,) * len(panels))
        self._mornings = [(nothing, self._full * battery.floor // 100)]
        self._days: dict[date, list[tuple[Flows, Flows, int]]] = {}

    def _slot(self, pv: int, load: int, stored: int) -> tuple[int, int]:
        """Return charging and discharging power; `stored` is in hundredths of sums."""
        wanted = -self._whole(-load * 100 // self._efficiency)
        if pv > wanted:
            room = self._whole((self._full - stored) // CHARGE_YIELD)
            return min(pv - wanted, self._battery.power, max(0, room)), 0
        usable = (stored - self._full * self._battery.floor // 100) // 100
        return 0, min(wanted - pv, self._battery.power, max(0, self._whole(usable)))

    def _whole(self, power: int) -> int:
        """Return a power, rounded down to a multiple of the grain."""
        return power // self.grain * self.grain

    def _loads(self, day: date) -> Iterable[int]:
        """Return the load of the house in each slot of a day."""
        return household(self._seed, day)

    def _simulate(self, day: date, stored: int) -> Iterator[tuple[Flows, int]]:
        """Yield the powers and the stored charge after each slot of a day."""
        sun = [
            [self._whole(string.dc * unit) for unit in string.roof.units(day)]
            for string in self._panels
        ]
        for load, *strings in zip(self._loads(day), *sun, strict=True):
            powers = self._powers(strings, load, stored)
            stored += powers.charged * CHARGE_YIELD - powers.discharged * 100
            yield powers, stored

    def _powers(self, strings: list[int], load: int, stored: int) -> Flows:
        """Return the powers of a slot; the grid takes the surplus."""
        pv = sum(strings)
        charged, discharged = self._slot(pv, load, stored)
        ac = self._whole((pv - charged + discharged) * self._efficiency // 100)
        imported, exported = max(load - ac, 0), max(ac - load, 0)
        return Flows(ac, load, imported, exported, charged, discharged, tuple(strings))

    def _morning(self, day: date) -> tuple[Flows, int]:
        """Return the sums before a day and the charge at its start."""
        index = max(0, (day - self._start).days)
        while len(self._mornings) <= index:
            last = self._start + timedelta(days=len(self._mornings) - 1)
            total, stored = self._mornings[-1]
            powers, charges = zip(*self._simulate(last, stored), strict=True)
            self._mornings.append((total.plus(total_of(powers)), charges[-1]))
        return self._mornings[index]

    def _day(self, day: date) -> list[tuple[Flows, Flows, int]]:
        """Return powers, sums of the day and stored charge after each slot of a day."""
        if day not in self._days:
            if len(self._days) > DAYS_KEPT:
                self._days.clear()
            powers, charges = zip(
                *self._simulate(day, self._morning(day)[1]), strict=True
            )
            totals = accumulate(powers, Flows.plus)
            self._days[day] = list(zip(powers, totals, charges, strict=True))
        return self._days[day]

    def power(self, day: date, slot: int) -> Flows:
        """Return the powers during a slot."""
        return self._day(day)[slot][0]

    def since_midnight(self, day: date, slot: int) -> Flows:
        """Return the sums of a day up to and with a slot."""
        return self._day(day)[slot][1]

    def before(self, day: date) -> Flows:
        """Return the sums of all days before."""
        return self._morning(day)[0]

    def soc(self, day: date, slot: int) -> int:
        """Return the state of charge at the end of a slot in percent."""
        return self._day(day)[slot][2] * 100 // self._full


@lru_cache(maxsize=64)
def home(
    panels: tuple[PvString, ...],
    battery: Battery,
    seed: str,
    start: date,
    efficiency: int = EFFICIENCY,
) -> Home:
    """Return a household, cached since its past takes time to simulate."""
    return Home(panels, battery, seed, start, efficiency)


class AcCoupledBattery:
    """A battery beside another inverter: its own ac is the battery's discharge."""

    def __init__(self, house: Source) -> None:
        """Initialize with the house, whose panels belong to the other inverter."""
        self._house = house

    def power(self, day: date, slot: int) -> Flows:
        """Return the powers during a slot."""
        return _discharge_as_ac(self._house.power(day, slot))

    def since_midnight(self, day: date, slot: int) -> Flows:
        """Return the sums of a day up to and with a slot."""
        return _discharge_as_ac(self._house.since_midnight(day, slot))

    def before(self, day: date) -> Flows:
        """Return the sums of all days before."""
        return _discharge_as_ac(self._house.before(day))

    def soc(self, day: date, slot: int) -> int:
        """Return the state of charge at the end of a slot in percent."""
        return self._house.soc(day, slot)


def _discharge_as_ac(flows: Flows) -> Flows:
    """Return flows whose ac is the discharge of the battery."""
    return flows._replace(ac=flows.discharged)
