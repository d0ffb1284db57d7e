"""The keeper of the pace: how often one token may ask one server.

Growatt counts identical requests (path and parameters) and refuses the second within
five minutes. So an answer is remembered for that long and given again instead of asked
again; a refusal is waited out without asking. What was noted by a clock that has since
been put back is forgotten.
"""

from asyncio import Lock, Semaphore
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakValueDictionary

from .clocks import seconds
from .endpoints import Endpoint
from .errors import GrowattRateLimitError

type _Key = tuple[str, tuple[tuple[str, str], ...]]

DAY: Final = 86400
LONGEST_WAIT: Final = 3600
# Growatt answers bursts with refusals everywhere.
SIDE_BY_SIDE: Final = 4


@dataclass(frozen=True, slots=True)
class _Hold:
    """How long a refused request rests, and how often in a row it was refused."""

    since: float
    until: float
    refusals: int


class Throttle:
    """The pace of one token on one server, for all who use them."""

    def __init__(self, now: Callable[[], float] = seconds) -> None:
        """Initialize the pace with a clock in seconds."""
        self._now = now
        self._answers: dict[_Key, tuple[float, float, dict[str, Any]]] = {}
        self._holds: dict[_Key, _Hold] = {}
        self._asked: defaultdict[str, deque[float]] = defaultdict(deque)
        self._locks: WeakValueDictionary[_Key, Lock] = WeakValueDictionary()
        self._lanes = Semaphore(SIDE_BY_SIDE)

    async def ask(
        self,
        endpoint: Endpoint,
        params: Mapping[str, str],
        request: Callable[[], Awaitable[dict[str, Any]]],
    ) -> dict[str, Any]:
        """Return the remembered answer or a new one.

        Raises GrowattRateLimitError, with the seconds to wait, where Growatt refused or
        would refuse, and whatever the request raises.
        """
        key: _Key = (endpoint.path, tuple(sorted(params.items())))
        async with self._locks.setdefault(key, Lock()):
            self._forget_old_answers()
            if key in self._answers:
                return self._answers[key][-1]
            self._respect(endpoint, key)
            async with self._lanes:
                answer = await self._request(endpoint, key, request)
            self._holds.pop(key, None)
            now = self._now()
            self._answers[key] = (now, now + endpoint.interval, answer)
            return answer

    async def _request(
        self,
        endpoint: Endpoint,
        key: _Key,
        request: Callable[[], Awaitable[dict[str, Any]]],
    ) -> dict[str, Any]:
        """Ask, and note a refusal with a pause that grows while refusals go on."""
        self._asked[endpoint.path].append(self._now())
        try:
            return await request()
        except GrowattRateLimitError as err:
            refusals = self._holds[key].refusals + 1 if key in self._holds else 0
            wait = min(
                max(err.retry_after, endpoint.interval) * 2**refusals, LONGEST_WAIT
            )
            now = self._now()
            self._holds[key] = _Hold(now, now + wait, refusals)
            raise GrowattRateLimitError(endpoint.path, err.code, wait) from err

    def _respect(self, endpoint: Endpoint, key: _Key) -> None:
        """Raise where asking now would be refused."""
        now = self._now()
        if (hold := self._holds.get(key)) and hold.since <= now < hold.until:
            raise GrowattRateLimitError(endpoint.path, None, hold.until - now)
        asked = self._asked[endpoint.path]
        while asked and not now - DAY < asked[0] <= now:
            asked.popleft()
        if endpoint.daily is not None and len(asked) >= endpoint.daily:
            raise GrowattRateLimitError(endpoint.path, None, asked[0] + DAY - now)

    def _forget_old_answers(self) -> None:
        """Drop the answers that may be asked for again."""
        now = self._now()
        self._answers = {
            key: remembered
            for key, remembered in self._answers.items()
            if remembered[0] <= now < remembered[1]
        }
