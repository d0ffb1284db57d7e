"""The keeper of the pace: how often one token may ask one server.

Growatt counts identical requests (path and parameters) and refuses the second within
five minutes. So an answer, also one that says no, is remembered for that long and
given again instead of asked again; "too often" is waited out without asking. What was
noted by a clock that has since been put back is forgotten.

What changes something goes its own way, one after another: it is sent once, never
answered from memory, and counted even if no answer comes. What was remembered and is
no longer true then is forgotten.

Restarts count too, so all of this can be kept and taken up again. Answers are kept for
a day, to tell at once how things were before there is anything new.
"""

from asyncio import Lock, Task, create_task, wait
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakValueDictionary

from ..clocks import DAY, seconds
from ..endpoints.base import Endpoint
from ..errors import (
    GrowattError,
    GrowattRateLimitError,
    GrowattTokenError,
    GrowattUnreachableError,
)
from .cache import Answer, Answers, Key, Kind, Row
from .limits import Limits
from .pacing import Lane


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is asked, how, and how the answer is checked."""

    endpoint: Endpoint
    key: Key
    request: Callable[[], Awaitable[Answer]]
    check: Callable[[Answer], None]
    max_age: float = 0

    def outdates(self, key: Key) -> bool:
        """Return whether the answer to another question is no longer true after it.

        It still is where both name the same parameter, but not the same plant or so.
        """
        path, params = key
        mine = dict(self.key[1])
        return path in self.endpoint.outdates and all(
            mine.get(name, value) == value for name, value in params
        )


class Throttle:
    """The pace of one token on one server, for all who use them."""

    def __init__(self, now: Callable[[], float] = seconds) -> None:
        """Initialize the pace with a clock in seconds."""
        self._now = now
        self._answers = Answers(now)
        self.limits = Limits(now)
        self._locks: WeakValueDictionary[Key, Lock] = WeakValueDictionary()
        self._lane = Lane()
        self._lane_of_changes = Lane(places=1)
        self._running: dict[Key, Task[Answer]] = {}
        self._changes: set[Task[Answer]] = set()
        self._outdated: set[Key] = set()
        """What is on its way but will bring what is no longer true."""
        self._used: float | None = None
        self.answered: float | None = None
        """When Growatt last answered what it was asked, in seconds since 1970."""
        self.recalls = False
        """Whether any answer will do, however old."""

    def rows(self) -> Iterator[Row]:
        """Yield what has to outlive a restart, as JSON can hold it.

        It may be called from a thread: what is copied here is never changed.
        """
        yield from self._answers.rows()
        yield from self.limits.rows()

    def take_up(self, rows: Mapping[str, list[list[Any]]]) -> None:
        """Go on from what was kept over a restart; what is newer here stays.

        Raises TypeError, ValueError or AttributeError where it is none, and changes
        nothing.
        """
        for settle in (self._answers.take_up(rows), self.limits.take_up(rows)):
            settle()

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
                self.limits.respect(endpoint, question.key)
                async with self._lane.turn():
                    task = self._start(question)
                    await wait({task})
            await wait({task})
            return task.result()

    async def tell(
        self,
        endpoint: Endpoint,
        params: Mapping[str, str],
        request: Callable[[], Awaitable[Answer]],
        check: Callable[[Answer], None],
    ) -> Answer:
        """Have something done once, and return the answer after a check that may raise.

        Raises GrowattRateLimitError, with the seconds to wait, where Growatt refused
        or would refuse, and whatever request and check raise.
        """
        shown = [one for one in params.items() if one[0] not in endpoint.secret]
        question = _Question(
            endpoint=endpoint,
            key=(endpoint.path, tuple(sorted(shown))),
            request=request,
            check=check,
        )
        self._used = self._now()
        async with self._lane_of_changes.turn():
            self.limits.respect(endpoint, question.key)
            # As with a question, nobody who goes away can take it back.
            task = create_task(self._change(question))
            self._changes.add(task)
            task.add_done_callback(self._finish_change)
            await wait({task})
        return task.result()

    def set_aside(self, path: str) -> Callable[[Callable[[Answer], Answer]], None]:
        """Return what brings the answers of an endpoint back after a change.

        They are outdated then, but may not be asked for again yet. So who knows what
        has become of them can put it in. It can only be known of one that has one page.
        """
        known = self._answers.answers_of(path)

        def bring_back(amend: Callable[[Answer], Answer]) -> None:
            if len(known) == 1:
                ((key, old),) = known.items()
                self._answers.put_back(key, replace(old, answer=amend(old.answer)))

        return bring_back

    def _finish_change(self, task: Task[Answer]) -> None:
        """Let go of a change."""
        self._changes.discard(task)
        _pass_over(task)

    async def _change(self, question: _Question) -> Answer:
        """Send, count, and forget what is no longer true, and return the answer."""
        key = question.key
        self.limits.sent()
        self.limits.attempt(key)
        try:
            answer = await question.request()
            question.check(answer)
        except GrowattUnreachableError:
            self.limits.withdraw(key)
            raise
        except GrowattRateLimitError as err:
            self.limits.withdraw(key)
            raise self.limits.hold(question.endpoint, key, err) from None
        except GrowattError:
            # It may have been done all the same.
            self._forget(question)
            raise
        self.limits.withdraw(key)
        self.limits.count(key)
        self.answered = self._now()
        self._forget(question)
        return answer

    def _forget(self, question: _Question) -> None:
        """Forget the answers that are no longer true after a change."""
        self._answers.forget(question.outdates)
        self._outdated.update(filter(question.outdates, self._running))

    def _start(self, question: _Question) -> Task[Answer]:
        """Start a request that goes on even if the one who asked goes away.

        Growatt has counted it, so the answer is for whoever asks next.
        """
        task = create_task(self._exchange(question))
        self._running[question.key] = task
        task.add_done_callback(lambda _: self._finish(question.key, task))
        return task

    def _finish(self, key: Key, task: Task[Answer]) -> None:
        """Let go of a request."""
        del self._running[key]
        self._outdated.discard(key)
        _pass_over(task)

    async def _exchange(self, question: _Question) -> Answer:
        """Ask, count and remember what Growatt counted, and return the answer."""
        key = question.key
        self.limits.sent()
        answer = await question.request()
        try:
            question.check(answer)
        except GrowattRateLimitError as err:
            raise self.limits.hold(question.endpoint, key, err) from None
        except GrowattTokenError:
            # A person may turn the token on at any moment, and tries again.
            raise
        except GrowattError:
            self.limits.count(key)
            self._remember("refusals", question, answer)
            raise
        self.limits.count(key)
        self.answered = self._now()
        self._remember("answers", question, answer)
        return answer

    def _remember(self, kind: Kind, question: _Question, answer: Answer) -> None:
        """Remember an answer, unless it came too late to be true."""
        if question.key not in self._outdated:
            is_personal = question.endpoint.is_personal
            self._answers.put(kind, question.key, answer, is_personal=is_personal)

    def _known(self, question: _Question) -> Answer | None:
        """Return a remembered answer that is young enough."""
        if self.recalls:
            return self._answers.find(question.key, {"answers": DAY, "refusals": DAY})
        return self._answers.find(
            question.key,
            {"refusals": question.endpoint.interval, "answers": question.max_age},
        )


def _pass_over(task: Task[Answer]) -> None:
    """Say no more about a failure; whoever waited for it knows."""
    if not task.cancelled():
        task.exception()
