"""Runs of Home Assistant through days of incidents, from restart to restart."""

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

from .core import DOMAIN, add_account, hourly_sums, start, wait_for_recorder
from .expected_totals import Counter, WatchedCloud
from .incidents import Incident, Restart
from .timelapse import Clock, TimelapseLoop, run_until_complete

FIVE_MINUTES: Final = timedelta(minutes=5)
NO_VALUE: Final = {STATE_UNKNOWN, STATE_UNAVAILABLE}


class Began(NamedTuple):
    """An entity, and its uploaded and answered kWh before its first value."""

    entity_id: str
    uploaded: float
    answered: float


class Kill(NamedTuple):
    """A sudden end of Home Assistant without saving, and its next start."""

    since: datetime
    back: datetime


@dataclass
class Record:
    """The record of all runs so far."""

    began: dict[Counter, Began] = field(default_factory=dict)
    at_first: dict[str, str] = field(default_factory=dict)
    """The first entities, and their owners."""
    at_last: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[StatisticsRow]] = field(default_factory=dict)
    """The long-term statistics of the counters."""
    restarts: int = 0
    kills: list[Kill] = field(default_factory=list)


class Runs:
    """Home Assistant with a simulated cloud, on a frozen clock."""

    def __init__(
        self,
        *,
        clock: Clock,
        cloud: WatchedCloud,
        folder: Path,
        zone: str,
        progress: Callable[[str], None],
    ) -> None:
        """Initialize with an empty folder; `progress` gets a line for each day."""
        self.record = Record()
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
        self, incidents: list[Incident], restarts: list[Restart], end: datetime
    ) -> Record:
        """Return the record of all runs until the end."""
        for incident in incidents:
            self._plan(incident.at, incident.name, partial(self._begin, incident))
        for restart in restarts:
            run_until_complete(self._clock, partial(self._run, restart.at, restart))
            self._stay_down(restart)
        run_until_complete(self._clock, partial(self._run, end, None))
        return self.record

    def _plan(self, at: datetime, name: str, action: Callable[[], object]) -> None:
        """Plan an action at a moment."""
        heappush(self._due, (at, next(self._numbers), name, action))

    def _begin(self, incident: Incident) -> None:
        """Begin an incident, and plan its end."""
        undo = incident.begin(self._cloud)
        self._plan(incident.at + incident.duration, "", undo)

    def _perform_due(self) -> None:
        """Perform the due actions, and record the values."""
        while self._due and self._due[0][0] <= now():
            at, _, name, action = heappop(self._due)
            action()
            if name:
                self._today.append(f"{at:%H:%M} {name}")
        self._cloud.record()
        if now().date() != self._day:
            self._progress(f"{self._day} · {', '.join(self._today) or 'nothing'}")
            self._day = now().date()
            self._today.clear()

    def _next(self) -> datetime:
        """Return the next moment of an action or a record."""
        since = (now() - self._began) % FIVE_MINUTES
        mark = now() - since + FIVE_MINUTES
        return min(mark, self._due[0][0]) if self._due else mark

    def _stay_down(self, restart: Restart) -> None:
        """Let time pass without Home Assistant."""
        word = "restart" if restart.is_clean else "killed"
        self._today.append(f"{now():%H:%M} {word} ({restart.downtime})")
        since, until = now(), now() + restart.downtime
        while now() < until:
            self._clock.move_to(min(self._next(), until))
            self._perform_due()
        self.record.restarts += 1
        if not restart.is_clean:
            self.record.kills.append(Kill(since, now()))

    async def _run(
        self, until: datetime, restart: Restart | None, loop: TimelapseLoop
    ) -> None:
        """Run Home Assistant until a restart or the end."""
        async with serve(self._cloud, port=self._port) as url:
            with loop.waiting():
                hass = await start(self._folder, self._zone, self._note)
            try:
                await self._pass_time(loop, hass, url, until)
                with loop.waiting():
                    await self._close(hass, restart)
            finally:
                with loop.waiting():
                    await hass.async_stop()

    async def _pass_time(
        self, loop: TimelapseLoop, hass: HomeAssistant, url: str, until: datetime
    ) -> None:
        """Let time pass, and perform the due actions, until a moment."""
        if not self._port:
            self._port = int(url.rpartition(":")[2])
            await add_account(hass, url, self._cloud.token)
            self.record.at_first = present(hass)
        while now() < until:
            await sleep((min(self._next(), until) - now()).total_seconds())
            self._perform_due()
            with loop.waiting():
                await wait_for_recorder(hass)

    async def _close(self, hass: HomeAssistant, restart: Restart | None) -> None:
        """Record the end; before a kill, keep the folder as it is."""
        if restart is None:
            self.record.at_last = present(hass)
            entities = {began.entity_id for began in self.record.began.values()}
            self.record.rows = await hourly_sums(hass, self._began, entities)
        elif not restart.is_clean:
            # The shutdown saves its files into the old folder, which is not used again.
            copy = self._folders / f"{self.record.restarts + 1}"
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
        if counter in self.record.began:
            return
        self._cloud.record()
        if counter in self._cloud.uploaded.now:
            self.record.began[counter] = Began(
                state.entity_id,
                self._cloud.uploaded.kwh(counter),
                self._cloud.answered.kwh(counter),
            )


def present(hass: HomeAssistant) -> dict[str, str]:
    """Return the available entities of the integration, and their owners."""
    registry = er.async_get(hass)
    return {
        state.entity_id: entry.unique_id.partition("_")[0]
        for state in hass.states.async_all()
        if (entry := registry.async_get(state.entity_id)) is not None
        and entry.platform == DOMAIN
        and state.state != STATE_UNAVAILABLE
    }


def now() -> datetime:
    """Return the moment on the frozen clock."""
    return datetime.now(UTC)
