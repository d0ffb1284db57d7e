"""Runs of Home Assistant during days of faults, from restart to restart."""

from asyncio import sleep
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from shutil import copytree
from typing import Final, NamedTuple

from homeassistant.components.recorder.statistics import StatisticsRow
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import Event, EventStateChangedData, HomeAssistant
from homeassistant.helpers import entity_registry as er
from simulator import serve

from .core import DOMAIN, add_account, hourly_sums, recorded, started
from .mishaps import Mishap, Restart
from .tallies import Counter, WatchedCloud
from .timelapse import Clock, Timelapse, told

FIVE_MINUTES: Final = timedelta(minutes=5)
NO_VALUE: Final = {STATE_UNKNOWN, STATE_UNAVAILABLE}


class Began(NamedTuple):
    """An entity, and the energy in kWh uploaded and returned before its first value."""

    entity_id: str
    true: float
    told: float


class Gap(NamedTuple):
    """Time from an unclean end of Home Assistant until its next start."""

    since: datetime
    back: datetime


@dataclass
class Story:
    """Events and results so far."""

    began: dict[Counter, Began] = field(default_factory=dict)
    at_first: dict[str, str] = field(default_factory=dict)
    """The entities at the start, and the thing that each belongs to."""
    at_last: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[StatisticsRow]] = field(default_factory=dict)
    """The long-term statistics of the counters."""
    restarts: int = 0
    killed: list[Gap] = field(default_factory=list)


class Lives:
    """Home Assistant on a simulated cloud, on a stopped clock."""

    def __init__(
        self,
        *,
        clock: Clock,
        cloud: WatchedCloud,
        folder: Path,
        zone: str,
        progress: Callable[[str], None],
    ) -> None:
        """Initialize with an empty folder, and a callback for daily progress."""
        self.story = Story()
        self._clock = clock
        self._cloud = cloud
        self._folders = folder
        self._folder = folder / "0"
        self._folder.mkdir()
        self._zone = zone
        self._progress = progress
        self._port = 0
        self._began = now()
        self._due: list[tuple[datetime, int, str, Callable[[], object]]] = []
        self._numbers = count()
        self._today: list[str] = []
        self._day = self._began.date()

    def run(
        self, mishaps: list[Mishap], restarts: list[Restart], end: datetime
    ) -> Story:
        """Return the events of all runs until the end."""
        for mishap in mishaps:
            self._plan(mishap.at, mishap.name, partial(self._begin, mishap))
        for restart in restarts:
            told(self._clock, partial(self._life, restart.at, restart))
            self._while_away(restart)
        told(self._clock, partial(self._life, end, None))
        return self.story

    def _plan(self, at: datetime, name: str, what: Callable[[], object]) -> None:
        """Schedule an event."""
        heappush(self._due, (at, next(self._numbers), name, what))

    def _begin(self, mishap: Mishap) -> None:
        """Start a fault, and schedule its end."""
        undo = mishap.begin(self._cloud)
        self._plan(mishap.at + mishap.lasts, "", undo)

    def _happen(self) -> None:
        """Run the events that are due."""
        while self._due and self._due[0][0] <= now():
            at, _, name, what = heappop(self._due)
            what()
            if name:
                self._today.append(f"{at:%H:%M} {name}")
        self._cloud.look()
        if now().date() != self._day:
            self._progress(f"{self._day} · {', '.join(self._today) or 'nothing'}")
            self._day = now().date()
            self._today.clear()

    def _next(self) -> datetime:
        """Return the time of the next event or count."""
        since = (now() - self._began) % FIVE_MINUTES
        mark = now() - since + FIVE_MINUTES
        return min(mark, self._due[0][0]) if self._due else mark

    def _while_away(self, restart: Restart) -> None:
        """Move the clock while Home Assistant isn't running."""
        word = "restart" if restart.in_order else "killed"
        self._today.append(f"{now():%H:%M} {word} ({restart.away})")
        since, until = now(), now() + restart.away
        while now() < until:
            self._clock.move_to(min(self._next(), until))
            self._happen()
        self.story.restarts += 1
        if not restart.in_order:
            self.story.killed.append(Gap(since, now()))

    async def _life(
        self, until: datetime, restart: Restart | None, loop: Timelapse
    ) -> None:
        """Run Home Assistant until a restart or the end."""
        async with serve(self._cloud, port=self._port) as url:
            with loop.patient():
                hass = await started(self._folder, self._zone, self._note)
            try:
                await self._live(loop, hass, url, until)
                with loop.patient():
                    await self._close(hass, restart)
            finally:
                with loop.patient():
                    await hass.async_stop()

    async def _live(
        self, loop: Timelapse, hass: HomeAssistant, url: str, until: datetime
    ) -> None:
        """Run the events until a time."""
        if not self._port:
            self._port = int(url.rpartition(":")[2])
            await add_account(hass, url, self._cloud.token)
            self.story.at_first = present(hass)
        while now() < until:
            await sleep((min(self._next(), until) - now()).total_seconds())
            self._happen()
            with loop.patient():
                await recorded(hass)

    async def _close(self, hass: HomeAssistant, restart: Restart | None) -> None:
        """Record the final results; after a crash, keep the folder as it is."""
        if restart is None:
            self.story.at_last = present(hass)
            entities = {began.entity_id for began in self.story.began.values()}
            self.story.rows = await hourly_sums(hass, self._began, entities)
        elif not restart.in_order:
            # What is saved from now on goes into a folder that nobody opens again.
            copy = self._folders / f"{self.story.restarts + 1}"
            self._folder = copytree(self._folder, copy)

    def _note(self, hass: HomeAssistant, event: Event[EventStateChangedData]) -> None:
        """Record the first value of a counter."""
        state = event.data["new_state"]
        if state is None or state.state in NO_VALUE:
            return
        entry = er.async_get(hass).async_get(state.entity_id)
        if entry is None or entry.platform != DOMAIN:
            return
        counter = Counter(*entry.unique_id.split("_", 1))
        if counter in self.story.began:
            return
        self._cloud.look()
        if counter in self._cloud.true.now:
            self.story.began[counter] = Began(
                state.entity_id,
                self._cloud.true.kwh(counter),
                self._cloud.told.kwh(counter),
            )


def present(hass: HomeAssistant) -> dict[str, str]:
    """Return the available entities of the integration, and their things."""
    registry = er.async_get(hass)
    return {
        state.entity_id: entry.unique_id.partition("_")[0]
        for state in hass.states.async_all()
        if (entry := registry.async_get(state.entity_id)) is not None
        and entry.platform == DOMAIN
        and state.state != STATE_UNAVAILABLE
    }


def now() -> datetime:
    """Return the simulated time."""
    return datetime.now(UTC)
