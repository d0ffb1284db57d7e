"""Router: the cheapest request that works for a token and a device."""

from typing import Any

import pytest

from custom_components.growatt_openapi.api import (
    Family,
    GrowattAnswerError,
    GrowattClient,
    GrowattConnectionError,
    GrowattError,
    GrowattRateLimitError,
    GrowattTimeoutError,
)
from simulator import SimulatedCloud, serve

from .conftest import Connect, Pass
from .ways import (
    DAY,
    HOUR,
    MIN_BATCH,
    ROUND,
    V4_READINGS,
    A,
    B,
    C,
    Round,
    close_v4,
    ways,
)


@pytest.fixture
def home() -> str:
    """Return the house with three MIN."""
    return "duo"


async def test_one_request_for_many(a_round: Round) -> None:
    """Test that devices of one family cost one request, each time."""
    for _ in range(3):
        latest, asked = await a_round()
        assert asked == ["v4 3 5 6"]
        assert latest.items.keys() == {A, B, C}
        assert latest.errors == {}


async def test_no_device(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that nothing is asked for no device."""
    latest = await client.readings(Family.MIN, [])
    assert (latest.items, latest.errors) == ({}, {})
    assert cloud.requests == []


async def test_more_than_one_batch(connect: Connect) -> None:
    """Test that a hundred devices go into one request."""
    cloud = SimulatedCloud(home="fleet", count=205)
    serials = [device.serial for device in cloud.devices]
    async with serve(cloud) as server:
        latest = await connect(server, cloud.token).readings(Family.MIN, serials)
    assert latest.items.keys() == {*serials}
    sizes = [request.params["deviceSn"].count(",") + 1 for request in cloud.requests]
    assert sizes == [100, 100, 5]


async def test_token_without_v4(
    cloud: SimulatedCloud, a_round: Round, time_passes: Pass
) -> None:
    """Test that a token without V4 is read by batches, and V4 tried again in a day."""
    close_v4(cloud)
    latest, asked = await a_round()
    assert asked == ["v4 3 5 6", "batch 3 5 6"]
    assert latest.items.keys() == {A, B, C}
    assert latest.errors == {}

    time_passes(DAY - ROUND - 2)
    assert (await a_round())[1] == ["batch 3 5 6"]
    assert (await a_round())[1] == ["v4 3 5 6", "batch 3 5 6"]

    cloud.v4_allowed = True
    assert (await a_round())[1] == ["batch 3 5 6"]
    time_passes(DAY)
    assert (await a_round())[1] == ["v4 3 5 6"]


async def test_serial_without_v4(
    cloud: SimulatedCloud, a_round: Round, time_passes: Pass
) -> None:
    """Test that a serial that V4 leaves out moves alone, and V4 is tried again."""
    device = cloud.find(B)
    assert device
    device.v4_refused = True
    for first in ("v4 3 5 6", "v4 3 6"):
        latest, asked = await a_round()
        assert asked == [first, "batch 5"]
        assert latest.items.keys() == {A, B, C}

    device.v4_refused = False
    time_passes(HOUR)
    assert (await a_round())[1] == ["v4 3 5 6"]


async def test_device_that_only_answers_alone(
    cloud: SimulatedCloud, a_round: Round
) -> None:
    """Test that a device that no batch serves is read alone, the others together."""
    cloud.faults.add("missing", path="new-api", serial=C)
    cloud.faults.add("missing", path=MIN_BATCH, serial=C)
    assert (await a_round())[1] == ["v4 3 5 6", "batch 6", "single 6"]
    latest, asked = await a_round()
    assert asked == ["v4 3 5", "single 6"]
    assert latest.items.keys() == {A, B, C}


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("html", {}),
        ("http", {"status": 500}),
        ("code", {"code": 1}),
        ("no_data", {}),
        ("truncated", {}),
    ],
)
async def test_odd_answer(
    cloud: SimulatedCloud,
    a_round: Round,
    time_passes: Pass,
    kind: str,
    options: dict[str, Any],
) -> None:
    """Test that V4 is left for an hour where it answers no answer."""
    cloud.faults.add(kind, path="new-api", times=1, **options)
    latest, asked = await a_round()
    assert asked == ["v4 3 5 6", "batch 3 5 6"]
    assert latest.items.keys() == {A, B, C}
    assert latest.errors == {}

    time_passes(HOUR - ROUND - 2)
    assert (await a_round())[1] == ["batch 3 5 6"]
    assert (await a_round())[1] == ["v4 3 5 6"]


async def test_odd_answers_only(cloud: SimulatedCloud, a_round: Round) -> None:
    """Test that a server that answers nothing sensible is left alone, and recovers."""
    cloud.faults.add("html", times=8)
    for _ in range(2):
        with pytest.raises(GrowattAnswerError):
            await a_round()
        assert ways(cloud) == ["v4 3 5 6", "batch 3 5 6", "single 3", "single 5"]
    latest, asked = await a_round()
    assert asked == ["v4 3 5 6"]
    assert latest.items.keys() == {A, B, C}


async def test_odd_answers_for_one_device(
    cloud: SimulatedCloud, client: GrowattClient
) -> None:
    """Test that one device alone is not asked for on all ways in vain."""
    cloud.faults.add("html")
    with pytest.raises(GrowattAnswerError):
        await client.readings(Family.MIN, [A])
    assert ways(cloud) == ["v4 3", "batch 3"]


@pytest.mark.parametrize("bad", [A, C])
async def test_device_that_spoils_the_answers(
    cloud: SimulatedCloud, a_round: Round, time_passes: Pass, bad: str
) -> None:
    """Test that one bad device of three is asked for alone, and only it is lost."""
    cloud.faults.add("http", serial=bad)
    good = {A, B, C} - {bad}
    latest, asked = await a_round()
    assert asked[:2] == ["v4 3 5 6", "batch 3 5 6"]
    assert sorted(asked[2:]) == ["single 3", "single 5", "single 6"]
    assert latest.items.keys() == good
    assert latest.errors.keys() == {bad}

    latest, asked = await a_round()
    together = " ".join(serial[-1] for serial in sorted(good))
    assert asked == [f"v4 {together}", f"single {bad[-1]}"]
    assert latest.items.keys() == good

    cloud.faults.clear()
    assert (await a_round())[0].items.keys() == {A, B, C}
    time_passes(HOUR)
    assert (await a_round())[1] == ["v4 3 5 6"]


@pytest.mark.parametrize(
    ("kind", "cause"),
    [("close", GrowattConnectionError), ("silence", GrowattTimeoutError)],
)
async def test_connection_lost(
    cloud: SimulatedCloud,
    url: str,
    connect: Connect,
    kind: str,
    cause: type[GrowattError],
) -> None:
    """Test that without a connection no other way is tried."""
    client = connect(url, cloud.token, seconds=0.5)
    cloud.faults.add(kind, path="new-api")
    with pytest.raises(GrowattConnectionError) as failed:
        await client.readings(Family.MIN, [A, B, C])
    assert type(failed.value) is cause
    assert all("batch" not in way for way in ways(cloud))

    cloud.faults.clear()
    cloud.limits_enabled = False
    latest = await client.readings(Family.MIN, [A, B, C])
    assert latest.items.keys() == {A, B, C}


@pytest.mark.parametrize(
    ("kind", "options", "cause"),
    [
        ("code", {"code": 102}, GrowattRateLimitError),
        ("close", {}, GrowattConnectionError),
    ],
)
async def test_what_was_brought_is_kept(
    connect: Connect,
    kind: str,
    options: dict[str, int],
    cause: type[GrowattError],
) -> None:
    """Test that a failure in the middle keeps the rows before it and tells the rest."""
    cloud = SimulatedCloud(home="fleet", count=103)
    first, late = cloud.devices[:100], cloud.devices[100:]
    cloud.faults.add(kind, path=V4_READINGS, serial=late[0].serial, **options)
    async with serve(cloud) as server:
        latest = await connect(server, cloud.token).readings(
            Family.MIN, [device.serial for device in cloud.devices]
        )
    assert latest.items.keys() == {device.serial for device in first}
    assert latest.errors.keys() == {device.serial for device in late}
    assert {type(err) for err in latest.errors.values()} == {cause}
    assert {request.path for request in cloud.requests} == {V4_READINGS}


async def test_rate_limit_before_anything(
    cloud: SimulatedCloud, client: GrowattClient
) -> None:
    """Test that a rate limit is passed on with its wait, and no other way burdened."""
    cloud.faults.add("code", path="new-api", code=102)
    with pytest.raises(GrowattRateLimitError) as failed:
        await client.readings(Family.MIN, [A, B, C])
    assert failed.value.retry_after == 300
    assert ways(cloud) == ["v4 3 5 6"]


async def test_new_device(
    cloud: SimulatedCloud, client: GrowattClient, a_round: Round, time_passes: Pass
) -> None:
    """Test that a device that joins is tried on V4 although the others left it."""
    close_v4(cloud)
    await a_round()
    time_passes(ROUND)
    new = cloud.add_min(cloud.plants[1])
    cloud.requests.clear()
    latest = await client.readings(Family.MIN, [A, B, C, new.serial])
    assert latest.items.keys() == {A, B, C, new.serial}
    assert ways(cloud) == ["v4 8", "batch 3 5 6 8"]
