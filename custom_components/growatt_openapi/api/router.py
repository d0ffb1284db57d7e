"""Router: the cheapest way that works for each device, found once and remembered."""

from collections.abc import (
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from itertools import batched
from typing import Any, Final

from .clocks import seconds
from .endpoints.families import Way
from .errors import REFUSALS, GrowattAnswerError, GrowattError
from .models.inventory import Row

type Rows = Mapping[str, Row]
type Ask = Callable[[Way, Sequence[str]], Awaitable[Rows]]

# A way that works is kept for a day, then a cheaper one gets another chance.
KEEP_REFUSALS: Final = 86400.0
# An odd answer may be a mood of the server, and a refused device may be granted later.
KEEP_ODD: Final = 3600.0
# So many odd answers in a row end a round; more where one device may have spoiled the
# answers for the others, who may still be answered alone.
_MOST_ODD: Final = 2
_MOST_ODD_TOGETHER: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What asking for several devices brought."""

    rows: Rows
    errors: Mapping[str, GrowattError]
    """Why a device has no row; a device in neither had nothing to report."""


@dataclass(slots=True)
class _Round:
    """What is known while one question is asked on all ways."""

    most_odd: int
    """How many odd answers in a row end the round."""
    odd: int = 0
    """How many answers in a row were not the answer."""
    rows: dict[str, Row] = field(default_factory=dict)
    errors: dict[str, GrowattError] = field(default_factory=dict)
    refused: list[tuple[int, Sequence[str]]] = field(default_factory=list)
    """The batches a way refused as a whole."""
    spoiled: list[tuple[int, Sequence[str]]] = field(default_factory=list)
    """The batches a way gave no sensible answer for."""
    answered_by: dict[str, int] = field(default_factory=dict)
    """The way that brought a row; for a silent device the first that did not refuse."""
    stopped: set[str] = field(default_factory=set)
    """Devices that are not asked for again in this round."""

    def fail(self, way: int, serials: Sequence[str], err: GrowattError) -> None:
        """Note that a way failed for these devices."""
        self.errors.update(dict.fromkeys(serials, err))
        if isinstance(err, REFUSALS):
            self.refused.append((way, serials))
            return
        self.odd += 1
        if isinstance(err, GrowattAnswerError) and self.odd < self.most_odd:
            self.spoiled.append((way, serials))
        else:
            self.stopped.update(serials)

    def succeed(self, way: int, serials: Sequence[str], rows: Rows) -> None:
        """Note the rows a way brought.

        A device without one is silent, not refused; after odd answers no one knows.
        """
        self.rows.update(rows)
        if rows:
            self.odd = 0
        for serial in serials:
            odd = isinstance(self.errors.get(serial), GrowattAnswerError)
            if serial in rows or not odd:
                self.errors.pop(serial, None)
                self.answered_by.setdefault(serial, way)
        self.answered_by.update(dict.fromkeys(rows, way))

    @property
    def spoilers(self) -> set[str]:
        """Return the devices without a sensible answer that others got without them."""
        return {
            serial
            for _, serials in self.spoiled
            if not self.rows.keys().isdisjoint(serials)
            for serial in self.errors.keys() & serials
        }

    def guilty_at(self, way: int) -> set[str]:
        """Return the devices a way refused, but not for the sake of another one."""
        return {
            serial
            for refused_way, serials in self.refused
            if refused_way == way and self.errors.keys().isdisjoint(serials)
            for serial in serials
        }

    def innocent_at(self, way: int) -> set[str]:
        """Return the devices a way failed only because of another in the batch."""
        together = {
            serial
            for refused_way, serials in self.refused
            if refused_way == way
            for serial in serials
        }
        spoilers = self.spoilers
        spoiled = {
            serial
            for spoiled_way, serials in self.spoiled
            if spoiled_way == way and not spoilers.isdisjoint(serials)
            for serial in serials
        }
        return together - self.guilty_at(way) | spoiled


@dataclass(slots=True)
class Router:
    """The ways of one token to one kind of rows, for instance the readings of MIN."""

    ways: Sequence[Way]
    now: Callable[[], float] = seconds
    _first: dict[str, tuple[int, float]] = field(default_factory=dict)
    """The cheapest way that works for a device, and until when that is believed."""
    _resting: dict[str, tuple[GrowattError | None, float]] = field(default_factory=dict)
    """Devices no way works for: the reason, None for silence, and until when."""

    def rows(self) -> Iterator[list[Any]]:
        """Yield the ways that work, as JSON can hold them."""
        for serial, (way, until) in list(self._first.items()):
            yield [serial, way, until]

    def take_up(self, serial: str, way: int, until: float) -> None:
        """Go on from a way that worked before a restart."""
        if 0 <= way < len(self.ways):
            self._first.setdefault(serial, (way, until))

    async def collect(self, serials: Iterable[str], ask: Ask) -> Harvest:
        """Return the rows of devices, each from the cheapest way that works for it.

        Raises what a way raises (no connection, rate limit) if nothing was brought.
        """
        self._forget()
        asked = set(serials)
        wanted = {serial for serial in asked if not self._refused(serial)}
        alone = len(wanted) == 1
        found = _Round(most_odd=_MOST_ODD if alone else _MOST_ODD_TOGETHER)
        for index, way in enumerate(self.ways):
            group = sorted(
                serial
                for serial in wanted
                if serial not in found.rows
                and serial not in found.stopped
                and self._tries(serial, index)
            )
            for batch in batched(group, way.size, strict=False):
                await self._try(index, batch, ask, found)
        self._learn(wanted, found)
        refusals = {
            serial: err
            for serial, (err, _) in self._resting.items()
            if err is not None and serial in asked
        }
        return Harvest(rows=found.rows, errors=refusals | found.errors)

    async def _try(
        self, index: int, batch: Sequence[str], ask: Ask, found: _Round
    ) -> None:
        """Ask one way for one batch."""
        try:
            rows = await ask(self.ways[index], batch)
        except GrowattError as err:
            found.fail(index, batch, err)
            if found.stopped and not found.rows:
                raise
        else:
            found.succeed(index, batch, rows)

    def _learn(self, wanted: Iterable[str], found: _Round) -> None:
        """Remember what worked, and let rest what did not."""
        now = self.now()
        innocent = [found.innocent_at(way) for way in range(len(self.ways))]
        for serial in wanted:
            first = self._first.get(serial, (0, 0.0))[0]
            way = found.answered_by.get(serial, first)
            if way > first and serial not in innocent[first]:
                refused = serial in found.guilty_at(first)
                self._first[serial] = (
                    way,
                    now + (KEEP_REFUSALS if refused else KEEP_ODD),
                )
            err = found.errors.get(serial)
            if serial in found.rows:
                self._resting.pop(serial, None)
            elif serial not in self._resting and (
                err is None or isinstance(err, REFUSALS)
            ):
                self._resting[serial] = (err, now + KEEP_ODD)
        for serial in found.spoilers:
            self._first[serial] = (len(self.ways) - 1, now + KEEP_ODD)

    def _tries(self, serial: str, index: int) -> bool:
        """Return whether a way is tried; for a silent device only its first."""
        first = self._first.get(serial, (0, 0.0))[0]
        return index == first if serial in self._resting else index >= first

    def _refused(self, serial: str) -> bool:
        """Return whether all ways were refused for a device lately."""
        return self._resting.get(serial, (None, 0.0))[0] is not None

    def _forget(self) -> None:
        """Drop what is no longer believed, or was learned by a clock gone wrong."""
        now = self.now()
        self._first = {
            k: v for k, v in self._first.items() if 0 < v[1] - now <= KEEP_REFUSALS
        }
        self._resting = {
            k: v for k, v in self._resting.items() if 0 < v[1] - now <= KEEP_ODD
        }
