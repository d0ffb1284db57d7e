"""Measurement of a Home Assistant with an integration in simulated time."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.runner import MAX_EXECUTOR_WORKERS
from homeassistant.setup import async_setup_component
from homeassistant.util.executor import InterruptibleThreadPoolExecutor
from simulator import SimulatedClock, SimulatedCloud

from ..figures import FIVE_MINUTES, Day, Measured, Restarted, Span
from .clock import Clock, MeasuredLoop
from .cloud import Cloud
from .day import async_day
from .home_assistant import home_assistant
from .integrations import (
    INTEGRATIONS,
    THEIRS,
    Account,
    Integration,
    directed_to_simulator,
)
from .meter import Meter, memory
from .task import Task

SETTLING = 240
"""Seconds after set-up for details and for Home Assistant's own saving."""
WINDOW = 5 * FIVE_MINUTES
"""Seconds in which either integration refreshes five times."""
RESTART_AFTER = 60


@dataclass(kw_only=True)
class Measurement:
    """A Home Assistant, its cloud and its meter, on one clock."""

    task: Task
    clock: Clock
    cloud: Cloud
    meter: Meter

    @property
    def integration(self) -> Integration:
        """Return the integration that is measured."""
        return INTEGRATIONS[self.task.domain]

    async def measure(self) -> Measured:
        """Return the costs of set-up and refreshes."""
        self._tolerate_requests()
        async with self._home() as hass:
            used, states = memory(), len(hass.states.async_all())
            sessions = self.meter.sessions
            set_up = await self._set_up(hass)
            await asyncio.sleep(SETTLING)
            begin = self._begin(hass)
            await asyncio.sleep(WINDOW)
            return Measured(
                set_up=set_up,
                refresh=self._since(hass, begin),
                devices=len(self._shown(hass)),
                states=len(hass.states.async_all()) - states,
                sessions=self.meter.sessions - sessions,
                memory=memory() - used,
            )

    async def restart(self) -> Restarted:
        """Return the costs of a restart a minute after set-up."""
        async with self._home() as hass:
            await self._set_up(hass)
            await asyncio.sleep(RESTART_AFTER)
        async with self._home() as hass:
            begin = self._begin(hass)
            await async_setup_component(hass, self.integration.domain, {})
            await hass.async_block_till_done(wait_background_tasks=True)
            span = self._since(hass, begin)
            return Restarted(
                span=span,
                states=sum(
                    state.state != STATE_UNAVAILABLE
                    for state in hass.states.async_all()
                ),
            )

    async def day(self) -> Day:
        """Return delays and requests of a day."""
        self._tolerate_requests()
        async with self._home() as hass:
            await self._set_up(hass)
            delays = await async_day(hass, self.integration, self._copy)
            asked = self.cloud.asked()
            return Day(delays=delays, requests=asked.requests, refused=asked.refused)

    def _tolerate_requests(self) -> None:
        """Disable the limits for Home Assistant's own integration.

        It polls every five minutes, to the millisecond, which is refused at random.
        """
        if self.integration is THEIRS:
            self.cloud.disable_limits()

    @asynccontextmanager
    async def _home(self) -> AsyncGenerator[HomeAssistant]:
        """Run a Home Assistant; the next run continues with its files."""
        async with home_assistant(self.task.folder, self.task.zone) as hass:
            yield hass

    async def _set_up(self, hass: HomeAssistant) -> Span:
        """Add the account, and return the costs until its entities exist."""
        cloud = self._copy(SimulatedClock())
        account = Account(
            url=self.task.url,
            token=self.task.token,
            plant_id=cloud.plants[0].plant_id,
        )
        entry = self.integration.entry(account)
        begin = self._begin(hass)
        await hass.config_entries.async_add(entry)
        await hass.async_block_till_done()
        span = self._since(hass, begin)
        if entry.state is not ConfigEntryState.LOADED:
            raise RuntimeError(f"{entry.domain}: {entry.state}, {entry.reason}")
        return span

    def _shown(self, hass: HomeAssistant) -> set[str]:
        """Return the serials of the devices that Home Assistant shows."""
        return {
            device.serial
            for device in self._copy(SimulatedClock()).devices
            if self.integration.sensor(hass, device.serial)
        }

    def _copy(self, clock: SimulatedClock) -> SimulatedCloud:
        """Return a copy of the simulated cloud on another clock."""
        task = self.task
        return SimulatedCloud(task.house, count=task.count, zone=task.zone, clock=clock)

    def _begin(self, hass: HomeAssistant) -> float:
        """Reset the counts, and return the time."""
        self.cloud.asked()
        self.meter.reset()
        return hass.loop.time()

    def _since(self, hass: HomeAssistant, begin: float) -> Span:
        """Return the costs since a time."""
        seconds, cost = hass.loop.time() - begin, self.meter.cost()
        return Span(seconds=seconds, cost=cost, asked=self.cloud.asked())


def perform_on(clock: Clock, task: Task, part: str) -> Any:
    """Return the result of a part of the benchmark on a clock."""
    cloud, meter = Cloud(task.url), Meter()
    cloud.set_clock(clock.now())
    cloud.delay(task.delay)
    loop = MeasuredLoop(
        clock,
        is_asking=meter.is_asking,
        on_skip=cloud.skip,
        watched=meter.watched,
    )
    loop.set_default_executor(InterruptibleThreadPoolExecutor(MAX_EXECUTOR_WORKERS))
    measurement = Measurement(task=task, clock=clock, cloud=cloud, meter=meter)
    with (
        meter.running(),
        directed_to_simulator(task.url),
        asyncio.Runner(loop_factory=lambda: loop) as runner,
    ):
        try:
            return runner.run(getattr(measurement, part)())
        finally:
            loop.skips = False
