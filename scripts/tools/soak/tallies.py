"""Expected totals of counters: sums that follow the true values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, override

from simulator import SimulatedCloud
from simulator.routing import Route
from simulator.wire import Json

PERIODS: Final = ("_today", "_month", "_year", "_total")
STEPS: Final = 10
"""Steps of a counter per kilowatt-hour."""


class Counter(NamedTuple):
    """A counter: the plant id, serial or key of a thing, and the key of the sensor."""

    thing: str
    key: str


class Refused(NamedTuple):
    """A request that the cloud rejected as too frequent."""

    at: datetime
    path: str
    by_day: bool
    """Whether this request also has a daily limit."""


@dataclass(slots=True)
class Tally:
    """The energy since the start, in steps of its counter."""

    last: int
    sum: int = 0

    def add(self, value: float) -> None:
        """Add a true value; a lower value than before starts a new period."""
        steps = round(value * STEPS)
        self.sum += steps - self.last if steps >= self.last else steps
        self.last = steps


@dataclass
class Tallies:
    """The totals of all counters, now and at each full hour."""

    now: dict[Counter, Tally] = field(default_factory=dict)
    hours: dict[datetime, dict[Counter, float]] = field(default_factory=dict)

    def add(self, thing: str, truth: Mapping[str, object]) -> None:
        """Add the true values of a thing."""
        for key, value in truth.items():
            if key.endswith(PERIODS) and isinstance(value, int | float):
                counter = Counter(thing, key)
                if counter in self.now:
                    self.now[counter].add(value)
                else:
                    self.now[counter] = Tally(round(value * STEPS))

    def kwh(self, counter: Counter) -> float:
        """Return the energy of a counter in kWh."""
        return self.now[counter].sum / STEPS if counter in self.now else 0.0

    def remember(self, moment: datetime) -> None:
        """Record the totals at the end of the hour before a time."""
        hour = moment.replace(minute=0, second=0, microsecond=0)
        if hour not in self.hours:
            self.hours[hour] = {counter: self.kwh(counter) for counter in self.now}


class WatchedCloud(SimulatedCloud):
    """Simulated cloud that records correct responses and rejected requests."""

    def __init__(self, home: str, **options: Any) -> None:
        """Initialize a cloud with a house."""
        super().__init__(home, **options)
        self.true = Tallies()
        """Totals of the uploads."""
        self.told = Tallies()
        """Totals of the correct responses."""
        self.refused: list[Refused] = []
        """Requests that were too frequent."""

    @property
    def parts(self) -> set[str]:
        """Return the current plant ids and serials."""
        return {
            *(str(plant.plant_id) for plant in self.plants),
            *(device.serial for device in self.devices),
            *(logger.serial for logger in self.loggers),
        }

    def look(self) -> None:
        """Record the current true values."""
        for thing, truth in self.truth().items():
            self.true.add(thing, truth)
        self.true.remember(datetime.now(UTC))
        self.told.remember(datetime.now(UTC))

    @override
    def answer(
        self, route: Route, params: dict[str, str], token: str, region: str
    ) -> Json:
        """Return a response, and record its values."""
        answer = super().answer(route, params, token, region)
        code = answer.get("error_code", answer.get("code"))
        if code == route.too_often:
            by_day = route.per_day is not None
            self.refused.append(Refused(datetime.now(UTC), route.path, by_day))
        wrong = any(rule.fits(route.path, params) for rule in self.faults.rules)
        if not code and not wrong and _is_reading(route):
            named = {part for text in params.values() for part in text.split(",")}
            for thing, truth in self.truth().items():
                if named.issuperset(thing.split("#")):
                    self.told.add(thing, truth)
        return answer


def _is_reading(route: Route) -> bool:
    """Return whether an endpoint returns readings."""
    name = route.path.rpartition("/")[2].lower()
    return "data" in name and "info" not in name
