"""Stage: Home Assistant and its cloud, for demo, checks, browser and pictures."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
import sys
import time

from aiohttp import ClientSession

from simulator import SimulatedClock, SimulatedCloud

from .config_flow import add_integration
from .energy import fill_history, set_up_dashboard
from .home_assistant import HomeAssistant, home_assistant, local_zone
from .readings import Reading, devices_of, missing, readings_of, wrong
from .simulator import Simulator, Truth, simulator, sunny_zone

SECONDS_FOR_READINGS = 60


@dataclass(frozen=True, kw_only=True)
class Cloud:
    """The cloud to show: the real cloud with a token, else a simulated house."""

    token: str | None = field(default=None, repr=False)
    region: str = "auto"
    house: str = "villa"
    speed: float = 1
    count: int = 10


@dataclass(kw_only=True)
class Stage:
    """A running Home Assistant, and the cloud of its integration."""

    home: HomeAssistant
    cloud: Cloud
    simulator: Simulator | None

    @property
    def truths(self) -> list[Truth]:
        """Return all expected values of the simulator so far."""
        return self.simulator.seen if self.simulator else []

    @property
    def answers(self) -> dict[str, str]:
        """Return the answers to the integration's dialog."""
        if self.simulator:
            given = self.simulator
            return {"token": given.token, "region": "other", "url": given.url}
        return {"token": self.cloud.token or "", "region": self.cloud.region}

    async def add_integration(self) -> str:
        """Go through the integration's dialog, and return the id of the entry."""
        await self._record_truth()
        return await add_integration(self.home, self.answers)

    async def readings(self) -> list[Reading]:
        """Return the readings once they are complete, or after a timeout."""
        end = time.monotonic() + SECONDS_FOR_READINGS
        while await self.gaps() and time.monotonic() < end:
            await asyncio.sleep(1)
        return await readings_of(self.home)

    async def gaps(self) -> list[str]:
        """Return the missing devices and everyday values."""
        await self._record_truth()
        devices = await devices_of(self.home)
        expected = self.truths[-1] if self.truths else {}
        return missing(devices.values(), await readings_of(self.home), expected)

    async def faults(self) -> list[str]:
        """Return all missing or wrong values, and the complaints in the log."""
        gaps = await self.gaps()
        differences = wrong(await readings_of(self.home), self.truths)
        return gaps + differences + self.home.complaints()

    async def fill_energy_dashboard(self) -> None:
        """Set up the Energy dashboard, with a past if the cloud is simulated."""
        readings = await readings_of(self.home)
        await set_up_dashboard(self.home, readings)
        if self.simulator:
            past = SimulatedCloud(
                home=self.cloud.house,
                clock=SimulatedClock(),
                zone=self.simulator.zone,
                count=self.cloud.count,
            )
            await fill_history(self.home, readings, past)

    async def _record_truth(self) -> None:
        """Record the expected values of this moment."""
        if self.simulator:
            await self.simulator.truth()


@asynccontextmanager
async def stage(
    cloud: Cloud, *, environment: str = sys.prefix
) -> AsyncGenerator[Stage]:
    """Run a Home Assistant, and the simulator unless the cloud is the real one."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())
        simulated = None
        time_zone = local_zone()
        if cloud.token is None:
            zone = sunny_zone()
            time_zone = f"Etc/GMT{-zone:+d}"  # these names have the sign turned round
            simulated = await stack.enter_async_context(
                simulator(
                    cloud.house,
                    session=session,
                    zone=zone,
                    speed=cloud.speed,
                    count=cloud.count,
                )
            )
        home = await stack.enter_async_context(
            home_assistant(session, time_zone=time_zone, environment=environment)
        )
        yield Stage(home=home, cloud=cloud, simulator=simulated)
