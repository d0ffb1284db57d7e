"""Measurement of a Home Assistant with one integration in simulated time."""

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

from .clock import Clock, MeasuredLoop
from .cloud import Cloud
from .day import async_day
from .figures import FIVE_MINUTES, Day, Measured, Restarted, Span
from .home import home_assistant
from .integrations import INTEGRATIONS, THEIRS, Account, Integration, led_to_simulator
from .meter import Meter, memory
from .order import Order

SETTLING = 240
"""Seconds after set-up in which names are learned and Home Assistant saves."""
WINDOW = 5 * FIVE_MINUTES
"""Seconds in which either integration refreshes five times."""
RESTART_AFTER = 60


@dataclass(kw_only=True)
class Work:
    """A measurement, with its clock, cloud, and meter."""

    order: Order
    clock: Clock
    cloud: Cloud
    meter: Meter

    @property
    def integration(self) -> Integration:
        """Return the integration that is measured."""
        return INTEGRATIONS[self.order.domain]

    async def measure(self) -> Measured:
        """Return the cost of set-up and refreshes."""
        self._be_generous()
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
        """Return the cost of a restart a minute after set-up."""
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
        """Return the delays of the uploads of a day."""
        self._be_generous()
        async with self._home() as hass:
            await self._set_up(hass)
            delays = await async_day(hass, self.integration, self._copy)
            asked = self.cloud.asked()
            return Day(delays=delays, requests=asked.requests, refused=asked.refused)

    def _be_generous(self) -> None:
        """Turn off the rate limits for the built-in integration.

        It sends requests every five minutes to the millisecond, as strict as the cloud.
        """
        if self.integration is THEIRS:
            self.cloud.forget_limits()

    @asynccontextmanager
    async def _home(self) -> AsyncGenerator[HomeAssistant]:
        """Run a Home Assistant that continues with the files of the previous one."""
        async with home_assistant(self.order.folder, self.order.zone) as hass:
            yield hass

    async def _set_up(self, hass: HomeAssistant) -> Span:
        """Add the account, and return the cost until its entities are added."""
        cloud = self._copy(SimulatedClock())
        account = Account(
            url=self.order.url,
            token=self.order.token,
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
        """Return the devices of the account that Home Assistant shows."""
        return {
            device.serial
            for device in self._copy(SimulatedClock()).devices
            if self.integration.sensor(hass, device.serial)
        }

    def _copy(self, clock: SimulatedClock) -> SimulatedCloud:
        """Return a copy of the simulated cloud on another clock."""
        order = self.order
        return SimulatedCloud(
            order.house, count=order.count, zone=order.zone, clock=clock
        )

    def _begin(self, hass: HomeAssistant) -> float:
        """Start measuring, and return the start time."""
        self.cloud.asked()
        self.meter.reset()
        return hass.loop.time()

    def _since(self, hass: HomeAssistant, begin: float) -> Span:
        """Return the cost since the start time."""
        seconds, cost = hass.loop.time() - begin, self.meter.cost()
        return Span(seconds=seconds, cost=cost, asked=self.cloud.asked())


def perform_on(clock: Clock, order: Order, part: str) -> Any:
    """Return the result of a part of the benchmark on a clock."""
    cloud, meter = Cloud(order.url), Meter()
    cloud.set_clock(clock.now())
    cloud.delay(order.delay)
    loop = MeasuredLoop(
        clock,
        is_asking=meter.is_asking,
        on_leap=cloud.leap,
        watched=meter.watched,
    )
    loop.set_default_executor(InterruptibleThreadPoolExecutor(MAX_EXECUTOR_WORKERS))
    work = Work(order=order, clock=clock, cloud=cloud, meter=meter)
    with (
        meter.running(),
        led_to_simulator(order.url),
        asyncio.Runner(loop_factory=lambda: loop) as runner,
    ):
        try:
            return runner.run(getattr(work, part)())
        finally:
            loop.leaps = False
