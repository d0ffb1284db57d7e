"""A client of the simulated cloud, a broken line to it, and servers of odd manners."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from ssl import SSLContext

from aiohttp import ClientSession, web
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.growatt_openapi.api import (
    Connection,
    Family,
    GrowattClient,
    Latest,
    Reading,
)
from simulator import SimulatedClock, SimulatedCloud
from tests.conftest import NOON

from .dealer import Dealer
from .ways import ROUND, A, B, C, Round, ways

TOKEN = "api0tests0api0tests0api0tests000"

type Connect = Callable[..., GrowattClient]
type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
type Pass = Callable[[float], None]


@pytest.fixture(autouse=True)
def _custom_integrations() -> None:
    """Spare these tests the Home Assistant that the other tests need."""


@pytest.fixture
def cloud(home: str) -> SimulatedCloud:
    """Return the simulated cloud at noon, on a clock that only moves when told."""
    return SimulatedCloud(home=home, clock=SimulatedClock(NOON, speed=0))


@pytest.fixture
async def session(socket_enabled: None) -> AsyncIterator[ClientSession]:
    """Return a session that may reach the loopback address."""
    async with ClientSession() as session:
        yield session


@pytest.fixture
def connect(session: ClientSession) -> Connect:
    """Return a function that makes a client of a server."""

    def client(
        server: str, token: str = TOKEN, *, seconds: float = 5.0
    ) -> GrowattClient:
        return GrowattClient(
            connection=Connection(
                session=session, server=server, token=token, seconds=seconds
            )
        )

    return client


@pytest.fixture
def client(connect: Connect, cloud: SimulatedCloud, url: str) -> GrowattClient:
    """Return a client of the first account of the cloud."""
    return connect(url, cloud.token)


@pytest.fixture
def dealer(cloud: SimulatedCloud, client: GrowattClient) -> Dealer:
    """Return who sets an account up; needs the house `new`."""
    return Dealer(cloud=cloud, management=client.management)


@pytest.fixture
def time_passes(cloud: SimulatedCloud, freezer: FrozenDateTimeFactory) -> Pass:
    """Return a function that lets seconds pass, here and in the cloud."""

    def passes(seconds: float) -> None:
        freezer.tick(seconds)
        cloud.clock.shift(timedelta(seconds=seconds))

    return passes


@pytest.fixture
def a_round(cloud: SimulatedCloud, client: GrowattClient, time_passes: Pass) -> Round:
    """Return a function that reads three MIN after five minutes, and how it did."""

    async def read() -> tuple[Latest[Reading], list[str]]:
        time_passes(ROUND)
        cloud.requests.clear()
        latest = await client.readings(Family.MIN, [A, B, C])
        return latest, ways(cloud)

    return read


@asynccontextmanager
async def answering(
    handler: Handler, ssl_context: SSLContext | None = None
) -> AsyncIterator[str]:
    """Serve what the simulated cloud never says; yields the address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=ssl_context)
    await site.start()
    scheme = "https" if ssl_context else "http"
    try:
        yield f"{scheme}://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def saying(body: str | bytes) -> AbstractAsyncContextManager[str]:
    """Serve one body for everything that is asked."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=body, content_type="text/plain")

    return answering(handler)
