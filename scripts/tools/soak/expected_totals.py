"""Expected totals of counters: sums of the uploaded and the answered energies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, override

from simulator import SimulatedCloud
from simulator.routing import Route
from simulator.wire import Json

PERIODS: Final = ("_today", "_month", "_year", "_total")
STEPS: Final = 10
"""Steps of a counter in a kilowatt-hour."""


class Counter(NamedTuple):
    """A counter: plant id, serial or key of its owner, and the key of the sensor."""

    owner: str
    key: str


class Refused(NamedTuple):
    """A request that the cloud refused as too frequent."""

    at: datetime
    path: str
    by_day: bool
    """Whether the request has a limit per day, too."""


@dataclass(slots=True)
class ExpectedTotal:
    """The energy since the beginning, in steps of its counter."""

    last: int
    sum: int = 0

    def add(self, value: float) -> None:
        """Add a value of the counter; a lower value begins a new period."""
        steps = round(value * STEPS)
        self.sum += steps - self.last if steps >= self.last else steps
        self.last = steps


@dataclass
class ExpectedTotals:
    """The totals of all counters, now and at each full hour."""

    now: dict[Counter, ExpectedTotal] = field(default_factory=dict)
    hours: dict[datetime, dict[Counter, float]] = field(default_factory=dict)

    def add(self, owner: str, truth: Mapping[str, object]) -> None:
        """Add the counters among the expected values of an owner."""
        for key, value in truth.items():
            if key.endswith(PERIODS) and isinstance(value, int | float):
                counter = Counter(owner, key)
                if counter in self.now:
                    self.now[counter].add(value)
                else:
                    self.now[counter] = ExpectedTotal(round(value * STEPS))

    def kwh(self, counter: Counter) -> float:
        """Return the energy of a counter in kWh."""
        return self.now[counter].sum / STEPS if counter in self.now else 0.0

    def record(self, moment: datetime) -> None:
        """Record the totals at the end of the hour before a moment."""
        hour = moment.replace(minute=0, second=0, microsecond=0)
        if hour not in self.hours:
            self.hours[hour] = {counter: self.kwh(counter) for counter in self.now}


class WatchedCloud(SimulatedCloud):
    """A cloud that records uploaded and answered energies, and its refusals."""

    def __init__(self, home: str, **options: Any) -> None:
        """Initialize a cloud with a house."""
        super().__init__(home, **options)
        self.uploaded = ExpectedTotals()
        self.answered = ExpectedTotals()
        """Totals by the answers without a fault."""
        self.refused: list[Refused] = []
        """The requests that came too often."""

    @property
    def parts(self) -> set[str]:
        """Return the plant ids and serials of all plants, devices and loggers."""
        return {
            *(str(plant.plant_id) for plant in self.plants),
            *(device.serial for device in self.devices),
            *(logger.serial for logger in self.loggers),
        }

    def record(self) -> None:
        """Record the expected values of this moment."""
        for owner, truth in self.truth().items():
            self.uploaded.add(owner, truth)
        self.uploaded.record(datetime.now(UTC))
        self.answered.record(datetime.now(UTC))

    @override
    def answer(
        self, route: Route, params: dict[str, str], token: str, region: str
    ) -> Json:
        """Return an answer, and record its values."""
        answer = super().answer(route, params, token, region)
        code = answer.get("error_code", answer.get("code"))
        if code == route.too_often:
            by_day = route.per_day is not None
            self.refused.append(Refused(datetime.now(UTC), route.path, by_day))
        wrong = any(rule.fits(route.path, params) for rule in self.faults.rules)
        if not code and not wrong and _is_reading(route):
            named = {part for text in params.values() for part in text.split(",")}
            for owner, truth in self.truth().items():
                if named.issuperset(owner.split("#")):
                    self.answered.add(owner, truth)
        return answer


def _is_reading(route: Route) -> bool:
    """Return whether an endpoint answers with the newest values."""
    name = route.path.rpartition("/")[2].lower()
    return "data" in name and "info" not in name
