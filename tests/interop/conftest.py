"""Houses with several families, in a cloud without limits, at noon."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from simulator import SimulatedClock, SimulatedCloud, serve

NOON = datetime(2026, 6, 14, 11, 2, 30, tzinfo=UTC)


@pytest.fixture
def cloud(socket_enabled: None) -> SimulatedCloud:
    """Return a cloud whose installer token sees a house of each kind."""
    clock = SimulatedClock(NOON, speed=0)
    return SimulatedCloud(
        homes=[
            "villa",
            "duo",
            "hall",
            "hybrid",
            "retrofit",
            "offgrid",
            "balcony",
            "wit",
            "sph_s",
            "atess",
        ],
        clock=clock,
    )


@pytest.fixture
def token(cloud: SimulatedCloud) -> str:
    """Return a token that sees all plants."""
    return cloud.installer_token(*cloud.accounts)


@pytest.fixture
async def url(cloud: SimulatedCloud) -> AsyncIterator[str]:
    """Serve the cloud."""
    async with serve(cloud) as served:
        yield served
