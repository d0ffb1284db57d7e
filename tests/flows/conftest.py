"""Four simulated regions in place of Growatt's, and an eye on the log."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
import logging
import re
from socket import socket

import pytest

from custom_components.growatt_openapi.api import SERVERS, Region
from simulator import SimulatedCloud, serve


@pytest.fixture(autouse=True)
async def _regions(
    cloud: SimulatedCloud, url: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """Put the cloud behind the four public regions; its accounts live in `global`."""
    monkeypatch.setitem(SERVERS, Region.GLOBAL, url)
    async with AsyncExitStack() as stack:
        for region in SERVERS.keys() - {Region.GLOBAL}:
            address = await stack.enter_async_context(serve(cloud, region=region.value))
            monkeypatch.setitem(SERVERS, region, address)
        yield


@pytest.fixture
def nobody(socket_enabled: None) -> Iterator[str]:
    """Return an address that is taken, but where nobody listens."""
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture(autouse=True)
def _no_token_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> Iterator[None]:
    """Check that no token was logged, even at the wordiest level."""
    caplog.set_level(logging.DEBUG)
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    logged = "\n".join(record.getMessage() for record in records)
    assert "growatt_openapi" in logged
    # All tokens of the simulated cloud begin like this.
    assert not re.search(r"simulated\w{23}", logged)
