"""Rate limits of a token: requests that were sent, and those that were refused."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..clocks import DAY, HOUR
from ..endpoints.base import MINUTES_5, Endpoint
from ..errors import GrowattRateLimitError
from .cache import Key, Row, read, written

LONGEST_WAIT: Final = HOUR
EVERYTHING: Final[Key] = ("", ())
"""In place of a question: whatever may be asked."""
ENDPOINTS_THAT_PROVE: Final = 3
"""How many endpoints in a row refuse when Growatt refuses everything."""
QUARTER: Final = 900
"""Seconds; every offset of a time zone is a number of these."""
_MOST_DOUBLINGS: Final = 8
# What was asked just before the memory began is not known, and may be held against it.
_UNSETTLED: Final = 2 * MINUTES_5


@dataclass(frozen=True, slots=True)
class Hold:
    """How long a refused request rests, and how often in a row it was refused."""

    since: float
    until: float
    refusals: int


class Limits:
    """The limits of one token on one server."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Initialize with a clock in seconds."""
        self._now = now
        self._holds: dict[Key, Hold] = {}
        self._asked: defaultdict[Key, deque[float]] = defaultdict(deque)
        self._sent: Counter[int] = Counter()
        """How many requests were sent, by quarter of an hour since 1970."""
        self._began: float | None = None
        """When the first was sent."""
        self._unexplained: deque[float] = deque(maxlen=8)
        """When Growatt refused what it should not have refused."""
        self._refusing: set[str] = set()
        """The endpoints that refused since one last answered."""

    def respect(self, endpoint: Endpoint, key: Key) -> None:
        """Raise GrowattRateLimitError where asking now would be refused."""
        now = self._now()
        for held in (EVERYTHING, key):
            if (hold := self._holds.get(held)) and hold.since <= now < hold.until:
                raise GrowattRateLimitError(endpoint.path, None, hold.until - now)
        asked = self._asked[key]
        while asked and not now - DAY < asked[0] <= now:
            asked.popleft()
        if asked and 0 <= now - asked[-1] < endpoint.interval:
            wait = asked[-1] + endpoint.interval - now
            raise GrowattRateLimitError(endpoint.path, None, wait)
        if endpoint.daily is not None and len(asked) >= endpoint.daily:
            raise GrowattRateLimitError(endpoint.path, None, asked[0] + DAY - now)
        if endpoint.daily_in_all is not None:
            times = self._asked_lately(endpoint.path)
            if len(times) >= endpoint.daily_in_all:
                wait = times[-endpoint.daily_in_all] + DAY - now
                raise GrowattRateLimitError(endpoint.path, None, wait)

    def _asked_lately(self, path: str) -> list[float]:
        """Return when an endpoint was asked for anything in the last 24 hours."""
        now = self._now()
        return sorted(
            at
            for (asked_path, _), times in self._asked.items()
            if asked_path == path
            for at in times
            if now - DAY < at <= now
        )

    def sent(self) -> None:
        """Note that a request is on its way."""
        now = self._now()
        self._began = now if self._began is None else self._began
        self._sent[int(now // QUARTER)] += 1
        if len(self._sent) > DAY // QUARTER + 1:
            oldest = (now - DAY) // QUARTER
            for quarter in [one for one in self._sent if one < oldest]:
                del self._sent[quarter]
            for key, times in list(self._asked.items()):
                if not times or now - times[-1] >= DAY:
                    del self._asked[key]

    def sent_since(self, moment: float) -> int:
        """Return how many requests were sent since a quarter of an hour of the day."""
        first = moment // QUARTER
        return sum(times for quarter, times in self._sent.items() if quarter >= first)

    def count(self, key: Key) -> None:
        """Note a request that Growatt has counted, which ends the waiting for it."""
        self._refusing.clear()
        for held in (EVERYTHING, key):
            self._holds.pop(held, None)
        self._asked[key].append(self._now())

    def attempt(self, key: Key) -> None:
        """Note what Growatt may count even if it never answers."""
        self._asked[key].append(self._now())

    def withdraw(self, key: Key) -> None:
        """Take an attempt back that Growatt has not counted."""
        self._asked[key].pop()

    def hold(
        self, endpoint: Endpoint, key: Key, err: GrowattRateLimitError
    ) -> GrowattRateLimitError:
        """Note a refusal, and return it with a pause that grows while they go on."""
        rest = self._rest(key, max(err.retry_after, endpoint.interval))
        self._refusing.add(endpoint.path)
        if len(self._refusing) >= ENDPOINTS_THAT_PROVE:
            # To go on asking would make it worse.
            rest = max(rest, self._rest(EVERYTHING, MINUTES_5))
            self._refusing.clear()
        now = self._now()
        last = self._unexplained[-1] if self._unexplained else 0
        # A burst of refusals is one event.
        if now - (self._began or now) >= _UNSETTLED and now - last >= MINUTES_5:
            self._unexplained.append(now)
        return GrowattRateLimitError(endpoint.path, err.code, rest)

    def _rest(self, key: Key, pause: float) -> float:
        """Return for how long nothing is asked, longer each time, and note it."""
        before, now = self._holds.get(key), self._now()
        refusals = min(before.refusals + 1, _MOST_DOUBLINGS) if before else 0
        rest = min(pause * float(2**refusals), LONGEST_WAIT)
        self._holds[key] = Hold(now, now + rest, refusals)
        return rest

    @property
    def unexplained(self) -> int:
        """Return how often in a day Growatt refused although its limits were kept."""
        now = self._now()
        return sum(1 for at in self._unexplained if 0 <= now - at < DAY)

    def rows(self) -> Iterator[Row]:
        """Yield what is known, as JSON can hold it."""
        now = self._now()
        for key, hold in list(self._holds.items()):
            if now < hold.until:
                yield "holds", [written(key), hold.since, hold.until, hold.refusals]
        for key, times in list(self._asked.items()):
            if recent := [at for at in list(times) if now - at < DAY]:
                yield "asked", [written(key), recent]
        for quarter, times_sent in list(self._sent.items()):
            yield "sent", [quarter, times_sent]
        for at in list(self._unexplained):
            yield "unexplained", [at]
        if self._began is not None:
            yield "began", [self._began]

    def take_up(self, rows: Mapping[str, list[list[Any]]]) -> Callable[[], None]:
        """Return what takes rows up beside what is newer here.

        Raises TypeError or ValueError where they are none.
        """
        holds = {
            read(key): Hold(float(since), float(until), int(refusals))
            for key, since, until, refusals in rows.get("holds", ())
        }
        asked = {
            read(key): sorted(map(float, times)) for key, times in rows.get("asked", ())
        }
        sent = Counter({int(one): int(times) for one, times in rows.get("sent", ())})
        unexplained = sorted(float(at) for (at,) in rows.get("unexplained", ()))
        began = [float(at) for (at,) in rows.get("began", ())]

        def settle() -> None:
            self._holds = holds | self._holds
            for key, times in asked.items():
                self._asked[key].extendleft(reversed(times))
            self._sent += sent
            self._unexplained.extendleft(reversed(unexplained))
            self._began = min(began, default=self._began)

        return settle
