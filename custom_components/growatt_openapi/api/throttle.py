"""The keeper of the pace: how often one token may ask one server.

Growatt counts identical requests (path and parameters) and refuses the second within
five minutes. So an answer, also one that says no, is remembered for that long and
given again instead of asked again; "too often" is waited out without asking. What was
noted by a clock that has since been put back is forgotten.

Restarts count too, so all of this can be kept and taken up again. Answers are kept for
a day, to tell at once how things were before there is anything new.
"""

from asyncio import Lock, Semaphore, Task, create_task, wait
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakValueDictionary

from .clocks import seconds
from .endpoints import Endpoint
from .errors import GrowattError, GrowattRateLimitError, GrowattTokenError

type Answer = dict[str, Any]
type Memory = dict[str, Any]
type _Key = tuple[str, tuple[tuple[str, str], ...]]

HOUR: Final = 3600
DAY: Final = 86400
LONGEST_WAIT: Final = 3600
# Growatt answers bursts with refusals everywhere.
SIDE_BY_SIDE: Final = 4
_MOST_DOUBLINGS: Final = 8


@dataclass(frozen=True, slots=True)
class _Hold:
    """How long a refused request rests, and how often in a row it was refused."""

    since: float
    until: float
    refusals: int


@dataclass(frozen=True, slots=True)
class _Remembered:
    """An answer, and when it came."""

    at: float
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is asked, how, and how the answer is checked."""

    endpoint: Endpoint
    key: _Key
    request: Callable[[], Awaitable[Answer]]
    check: Callable[[Answer], None]
    max_age: float


class Throttle:
    """The pace of one token on one server, for all who use them."""

    def __init__(self, now: Callable[[], float] = seconds) -> None:
        """Initialize the pace with a clock in seconds."""
        self._now = now
        self._answers: dict[_Key, _Remembered] = {}
        self._refusals: dict[_Key, _Remembered] = {}
        self._holds: dict[_Key, _Hold] = {}
        self._asked: defaultdict[_Key, deque[float]] = defaultdict(deque)
        self._locks: WeakValueDictionary[_Key, Lock] = WeakValueDictionary()
        self._lanes = Semaphore(SIDE_BY_SIDE)
        self._running: dict[_Key, Task[Answer]] = {}
        self._used: float | None = None
        self._tidied = self._now()
        self.recalls = False
        """Whether any answer will do, however old."""

    def memory(self) -> Memory:
        """Return what has to outlive a restart, as JSON can hold it.

        It may be called from a thread: what is copied here is never changed.
        """
        now = self._now()
        return {
            **{
                name: [
                    [_written(key), known.at, known.answer]
                    for key, known in list(remembered.items())
                    if 0 <= now - known.at < DAY
                ]
                for name, remembered in (
                    ("answers", self._answers),
                    ("refusals", self._refusals),
                )
            },
            "holds": [
                [_written(key), hold.since, hold.until, hold.refusals]
                for key, hold in list(self._holds.items())
                if now < hold.until
            ],
            "asked": [
                [_written(key), recent]
                for key, times in list(self._asked.items())
                if (recent := [at for at in list(times) if now - at < DAY])
            ],
        }

    def take_up(self, memory: Memory) -> None:
        """Go on from what was kept over a restart; what is newer here stays.

        Raises TypeError, ValueError or KeyError where it is none, and changes nothing.
        """
        answers, refusals = (
            {
                _read(key): _Remembered(float(at), dict(answer))
                for key, at, answer in memory[name]
            }
            for name in ("answers", "refusals")
        )
        holds = {
            _read(key): _Hold(float(since), float(until), int(refusals))
            for key, since, until, refusals in memory["holds"]
        }
        asked = {
            _read(key): sorted(map(float, times)) for key, times in memory["asked"]
        }
        self._answers = answers | self._answers
        self._refusals = refusals | self._refusals
        self._holds = holds | self._holds
        for key, times in asked.items():
            self._asked[key].extendleft(reversed(times))

    @property
    def is_new(self) -> bool:
        """Return whether nothing was asked yet."""
        return self._used is None

    @property
    def is_idle(self) -> bool:
        """Return whether something was asked, but nothing in the last 24 hours."""
        return self._used is not None and self._now() - self._used >= DAY

    async def ask(
        self,
        endpoint: Endpoint,
        params: Mapping[str, str],
        request: Callable[[], Awaitable[Answer]],
        check: Callable[[Answer], None],
        max_age: float = 0,
    ) -> Answer:
        """Return the remembered answer or a new one, after a check that may raise.

        The answer may be as old as Growatt refuses to give a new one, or max_age.
        Raises GrowattRateLimitError, with the seconds to wait, where Growatt refused
        or would refuse, and whatever request and check raise.
        """
        question = _Question(
            endpoint=endpoint,
            key=(endpoint.path, tuple(sorted(params.items()))),
            request=request,
            check=check,
            max_age=max(max_age, endpoint.interval),
        )
        self._used = self._now()
        async with self._locks.setdefault(question.key, Lock()):
            if (known := self._known(question)) is not None:
                check(known)
                return known
            if (task := self._running.get(question.key)) is None:
                self._respect(question)
                async with self._lanes:
                    task = self._start(question)
                    await wait({task})
            await wait({task})
            return task.result()

    def _start(self, question: _Question) -> Task[Answer]:
        """Start a request that goes on even if the one who asked goes away.

        Growatt has counted it, so the answer is for whoever asks next.
        """
        task = create_task(self._exchange(question))
        self._running[question.key] = task
        task.add_done_callback(lambda _: self._finish(question.key, task))
        return task

    def _finish(self, key: _Key, task: Task[Answer]) -> None:
        """Let go of a request; if it failed, whoever waited for it knows."""
        del self._running[key]
        if not task.cancelled():
            task.exception()

    async def _exchange(self, question: _Question) -> Answer:
        """Ask, count and remember what Growatt counted, and return the answer."""
        key = question.key
        answer = await question.request()
        try:
            question.check(answer)
        except GrowattRateLimitError as err:
            raise self._held(question, err) from None
        except GrowattTokenError:
            # A person may turn the token on at any moment, and tries again.
            raise
        except GrowattError:
            self._count(key)
            self._refusals[key] = _Remembered(self._now(), answer)
            raise
        self._count(key)
        self._refusals.pop(key, None)
        self._answers[key] = _Remembered(self._now(), answer)
        return answer

    def _known(self, question: _Question) -> Answer | None:
        """Return a remembered answer that is young enough."""
        self._forget_old_answers()
        key, interval = question.key, question.endpoint.interval
        good, refused = self._answers.get(key), self._refusals.get(key)
        candidates = (
            [(good, DAY), (refused, DAY)]
            if self.recalls
            else [(refused, interval), (good, question.max_age)]
        )
        for known, oldest in candidates:
            if known and 0 <= self._now() - known.at < oldest:
                return known.answer
        return None

    def _count(self, key: _Key) -> None:
        """Note a request that Growatt has counted, which ends the waiting for it."""
        self._holds.pop(key, None)
        self._asked[key].append(self._now())

    def _held(
        self, question: _Question, err: GrowattRateLimitError
    ) -> GrowattRateLimitError:
        """Note a refusal with a pause that grows while refusals go on."""
        before = self._holds.get(question.key)
        refusals = min(before.refusals + 1, _MOST_DOUBLINGS) if before else 0
        pause = max(err.retry_after, question.endpoint.interval) * 2**refusals
        rest = min(pause, LONGEST_WAIT)
        now = self._now()
        self._holds[question.key] = _Hold(now, now + rest, refusals)
        return GrowattRateLimitError(question.endpoint.path, err.code, rest)

    def _respect(self, question: _Question) -> None:
        """Raise where asking now would be refused."""
        endpoint, key = question.endpoint, question.key
        now = self._now()
        if (hold := self._holds.get(key)) and hold.since <= now < hold.until:
            raise GrowattRateLimitError(endpoint.path, None, hold.until - now)
        asked = self._asked[key]
        while asked and not now - DAY < asked[0] <= now:
            asked.popleft()
        if endpoint.daily is not None and len(asked) >= endpoint.daily:
            raise GrowattRateLimitError(endpoint.path, None, asked[0] + DAY - now)

    def _forget_old_answers(self) -> None:
        """Drop now and then the answers that are of no use to anybody."""
        if 0 <= self._now() - self._tidied < HOUR:
            return
        self._tidied = self._now()
        for remembered in (self._answers, self._refusals):
            for key, known in list(remembered.items()):
                if not 0 <= self._now() - known.at < DAY:
                    del remembered[key]
        for key, times in list(self._asked.items()):
            if not times or self._now() - times[-1] >= DAY:
                del self._asked[key]


def _written(key: _Key) -> list[Any]:
    """Return a question as JSON can hold it."""
    path, params = key
    return [path, dict(params)]


def _read(written: Any) -> _Key:
    """Return a question from JSON."""
    path, params = written
    return str(path), tuple(sorted((str(k), str(v)) for k, v in params.items()))
