"""What counters should have counted: sums that grow with the true values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, override

from simulator import SimulatedCloud
from simulator.routing import Route
from simulator.wire import Json

PERIODS: Final = ("_today", "_month", "_year", "_total")
STEPS: Final = 10
"""How many steps of a counter make a kilowatt-hour."""


class Counter(NamedTuple):
    """A counter: the plant id, serial or key of a thing, and the key of the sensor."""

    thing: str
    key: str


class Refused(NamedTuple):
    """A request that the cloud refused as one too many, by its own count."""

    at: datetime
    path: str
    by_day: bool
    """Whether the cloud counts this request by the day too."""


@dataclass(slots=True)
class Tally:
    """The energy since the beginning, in steps of the counter it is read from."""

    last: int
    sum: int = 0

    def add(self, value: float) -> None:
        """Go on to a true value; less than before is the beginning of a period."""
        steps = round(value * STEPS)
        self.sum += steps - self.last if steps >= self.last else steps
        self.last = steps


@dataclass
class Tallies:
    """The tallies of all counters, and what they were at each full hour."""

    now: dict[Counter, Tally] = field(default_factory=dict)
    hours: dict[datetime, dict[Counter, float]] = field(default_factory=dict)

    def add(self, thing: str, truth: Mapping[str, object]) -> None:
        """Go on to what is true of a thing."""
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
        """Note what the tallies are at the end of the hour that a moment follows."""
        hour = moment.replace(minute=0, second=0, microsecond=0)
        if hour not in self.hours:
            self.hours[hour] = {counter: self.kwh(counter) for counter in self.now}


class WatchedCloud(SimulatedCloud):
    """A cloud that knows what it has told rightly, and what it had to refuse."""

    def __init__(self, home: str, **options: Any) -> None:
        """Initialize a cloud with a house."""
        super().__init__(home, **options)
        self.true = Tallies()
        """What was uploaded."""
        self.told = Tallies()
        """What was told in answers that were right."""
        self.refused: list[Refused] = []
        """What was asked too often."""

    @property
    def parts(self) -> set[str]:
        """Return the plant ids and serials of everything that is still there."""
        return {
            *(str(plant.plant_id) for plant in self.plants),
            *(device.serial for device in self.devices),
            *(logger.serial for logger in self.loggers),
        }

    def look(self) -> None:
        """Note what is true now."""
        for thing, truth in self.truth().items():
            self.true.add(thing, truth)
        self.true.remember(datetime.now(UTC))
        self.told.remember(datetime.now(UTC))

    @override
    def answer(
        self, route: Route, params: dict[str, str], token: str, region: str
    ) -> Json:
        """Return an answer, and note what it tells."""
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
    """Return whether an endpoint tells the newest values of something."""
    name = route.path.rpartition("/")[2].lower()
    return "data" in name and "info" not in name
