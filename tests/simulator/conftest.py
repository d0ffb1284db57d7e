"""A served cloud, and a client that knows no more than HTTP."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
import pytest

from simulator import SimulatedClock, SimulatedCloud, serve

NOON = datetime(2026, 6, 14, 11, 2, 30, tzinfo=UTC)

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(autouse=True)
def allow_sockets(socket_enabled: None) -> None:
    """Let the simulator listen on the loopback address."""


def standing_clock(now: datetime = NOON) -> SimulatedClock:
    """Return a clock that only moves when told."""
    return SimulatedClock(now, speed=0)


def sample(name: str) -> dict[str, Any]:
    """Return a recorded answer."""
    return json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))


def shape(value: Any) -> Any:
    """Return the keys and types of a value; whole numbers and fractions are one."""
    match value:
        case dict():
            return [(key, shape(item)) for key, item in value.items()]
        case list():
            return [shape(item) for item in value]
        case bool() | str() | None:
            return type(value).__name__
        case _:
            return "number"


def batch_shape(answer: dict[str, Any]) -> Any:
    """Return the shape of a V1 batch: its root, and that of its first device."""
    serial, outer = next(iter(answer["data"].items()))
    assert list(outer) == ["dataloggerSn", serial]
    return list(answer), shape(outer[serial])


@dataclass
class Asker:
    """Asks one host with one token."""

    session: ClientSession
    url: str
    cloud: SimulatedCloud
    token: str | None = None
    prefix: str = "v1"

    async def __call__(
        self, verb: str, path: str, params: Mapping[str, object] | None = None
    ) -> Any:
        """Return the parsed answer, whatever its content type says."""
        place = "params" if verb == "GET" else "data"
        prefix = "v4" if path.startswith("new-api/") else self.prefix
        async with self.session.request(
            verb,
            f"{self.url}/{prefix}/{path}",
            headers={"token": self.cloud.token if self.token is None else self.token},
            **{place: {key: str(value) for key, value in (params or {}).items()}},
        ) as response:
            assert response.status == 200
            return json.loads(await response.text())

    async def later(self, seconds: float) -> None:
        """Let simulated time pass."""
        self.cloud.clock.shift(timedelta(seconds=seconds))


@pytest.fixture
def cloud() -> SimulatedCloud:
    """Return a cloud with the accounts of a villa and of two plants, at noon."""
    return SimulatedCloud(homes=["villa", "duo"], clock=standing_clock())


@pytest.fixture
async def ask(cloud: SimulatedCloud) -> AsyncIterator[Asker]:
    """Return a client of the villa."""
    async with serve(cloud) as url, ClientSession() as session:
        yield Asker(session, url, cloud)
