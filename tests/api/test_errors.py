"""Errors of the client: the meaning of a rejection, and its details."""

from collections.abc import Iterator
from typing import Any

import pytest

from custom_components.growatt_openapi.api import (
    FAMILIES,
    Family,
    GrowattAnswerError,
    GrowattClient,
    GrowattError,
    GrowattHostError,
    GrowattInputError,
    GrowattNotFoundError,
    GrowattPermissionError,
    GrowattRateLimitError,
    GrowattTokenError,
)
from custom_components.growatt_openapi.api.endpoints.base import V1, V4
from custom_components.growatt_openapi.api.endpoints.inventory import ALL_DEVICES
from simulator import SimulatedCloud, serve

from .conftest import TOKEN, Connect, Pass, saying

PATHS = {
    "plants": "v1/plant/list",
    "plant_details": "v1/plant/details",
    "plant_reading": "v1/plant/data",
    "devices": "v1/device/list",
    "dataloggers": "v1/device/datalogger/list",
    "check_serial": "v1/device/check/sn",
    "plant_of": "v1/plant/sn_plant",
}
EVERYWHERE = {
    -1: GrowattHostError,
    10001: GrowattAnswerError,
    10012: GrowattRateLimitError,
    10013: GrowattInputError,
    10014: GrowattInputError,
    10099: GrowattAnswerError,
}
SPECIAL = {
    "plants": {10011: GrowattTokenError, 10002: GrowattAnswerError},
    "plant_details": {
        10011: GrowattPermissionError,
        10002: GrowattNotFoundError,
        10003: GrowattInputError,
        10004: GrowattNotFoundError,
    },
    "plant_reading": {
        10011: GrowattPermissionError,
        10002: GrowattNotFoundError,
        10003: GrowattInputError,
    },
    "devices": {
        10011: GrowattPermissionError,
        10002: GrowattInputError,
        10003: GrowattNotFoundError,
    },
    "dataloggers": {
        10011: GrowattPermissionError,
        10002: GrowattInputError,
        10003: GrowattNotFoundError,
    },
    "check_serial": {10011: GrowattPermissionError, 10002: GrowattAnswerError},
    "plant_of": {
        10011: GrowattPermissionError,
        10002: GrowattNotFoundError,
        10003: GrowattInputError,
        10004: GrowattInputError,
        10005: GrowattNotFoundError,
    },
}
REFUSALS = [
    (question, code, cause)
    for question, special in SPECIAL.items()
    for code, cause in {**EVERYWHERE, **special}.items()
]


def argument(cloud: SimulatedCloud, question: str) -> list[str]:
    """Return what a question is about."""
    about = {
        "plants": [],
        "check_serial": [cloud.devices[0].serial],
        "plant_of": [cloud.devices[0].serial],
    }
    return about.get(question, [str(cloud.plants[0].plant_id)])


def chain(err: BaseException) -> Iterator[BaseException]:
    """Yield an error and all that led to it."""
    yield err
    for before in (err.__cause__, err.__context__):
        if before is not None:
            yield from chain(before)


@pytest.mark.parametrize(("question", "code", "cause"), REFUSALS)
async def test_refusal(
    cloud: SimulatedCloud,
    client: GrowattClient,
    question: str,
    code: int,
    cause: type[GrowattError],
) -> None:
    """Test that a code means what the manual says of this endpoint."""
    cloud.faults.add("code", code=code)
    with pytest.raises(GrowattError) as failed:
        await getattr(client, question)(*argument(cloud, question))
    assert type(failed.value) is cause
    assert failed.value.endpoint == PATHS[question]
    assert failed.value.code == code
    assert PATHS[question] in str(failed.value)
    assert str(code) in str(failed.value)


@pytest.mark.parametrize(
    ("family", "way", "codes"),
    [
        (Family.MIN, 1, {10002: "input", 10005: "missing", 10011: "refused"}),
        (Family.MIN, 2, {10002: "missing", 10003: "input", 10011: "refused"}),
        (Family.HPS, 0, {10002: "missing", 10003: "input", 10011: "refused"}),
        (Family.PBD, 0, {10002: "missing", 10003: "input", 10011: "refused"}),
        (Family.PCS, 0, {10002: "missing", 10003: "input", 10011: "refused"}),
        (Family.GROBOOST, 0, {10002: "input", 10005: "missing", 10011: "refused"}),
        (Family.GROBOOST, 1, {10002: "missing", 10003: "input", 10011: "refused"}),
        (Family.METER, 0, {10002: "missing", 10003: "input", 10004: "missing"}),
        (Family.ENVIRONMENT, 0, {10002: "missing", 10003: "input", 10004: "missing"}),
        (Family.INVERTER, 1, {10001: "odd", 10002: "odd", 10011: "refused"}),
        (Family.INVERTER, 2, {10001: "odd", 10002: "odd", 10011: "refused"}),
    ],
)
def test_codes_of_a_family(family: Family, way: int, codes: dict[int, str]) -> None:
    """Test that one number means different things on a family's V1 endpoints."""
    meanings = {
        "input": GrowattInputError,
        "missing": GrowattNotFoundError,
        "odd": GrowattAnswerError,
        "refused": GrowattPermissionError,
    }
    endpoint = FAMILIES[family].readings[way].endpoint
    assert {code: endpoint.cause(V1, code) for code in codes} == {
        code: meanings[word] for code, word in codes.items()
    }


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        (-1, GrowattHostError),
        (1, GrowattAnswerError),
        (2, GrowattPermissionError),
        (3, GrowattPermissionError),
        (4, GrowattNotFoundError),
        (5, GrowattAnswerError),
        (7, GrowattPermissionError),
        (8, GrowattInputError),
        (9, GrowattInputError),
        (10, GrowattInputError),
        (11, GrowattInputError),
        (12, GrowattPermissionError),
        (100, GrowattRateLimitError),
        (101, GrowattPermissionError),
        (102, GrowattRateLimitError),
        (105, GrowattRateLimitError),
        (99, GrowattAnswerError),
        (10011, GrowattAnswerError),
    ],
)
def test_codes_of_v4(code: int, cause: type[GrowattError]) -> None:
    """Test the codes of V4, which are the same for all of its endpoints."""
    asked = [
        way.endpoint
        for ways in FAMILIES.values()
        if ways.v4_type
        for way in (ways.readings[0], ways.details[0])
    ]
    assert {endpoint.cause(V4, code) for endpoint in (ALL_DEVICES, *asked)} == {cause}


async def test_envelopes_are_told_apart(connect: Connect) -> None:
    """Test that a code of V1 has no special meaning in the envelope of V4."""
    async with saying('{"code": 10002, "data": null, "message": ""}') as server:
        with pytest.raises(GrowattError) as failed:
            await connect(server).devices("1")
    assert type(failed.value) is GrowattAnswerError


@pytest.mark.parametrize("code", [100, 102, 105])
async def test_v4_asked_too_often(
    cloud: SimulatedCloud, client: GrowattClient, code: int
) -> None:
    """Test that a refusal in the envelope of V4 is understood and tells the wait."""
    cloud.faults.add("code", path="new-api/queryLastData", code=code)
    with pytest.raises(GrowattRateLimitError) as failed:
        await client.readings(Family.MIN, [cloud.devices[0].serial])
    assert failed.value.code == code
    assert failed.value.retry_after == 300


@pytest.mark.parametrize("question", PATHS)
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("code", {"code": 10001}),
        ("http", {"status": 500}),
        ("http", {"status": 403}),
        ("html", {}),
        ("truncated", {}),
        ("close", {}),
        ("silence", {}),
        ("redirect", {"to": "http://example.com"}),
    ],
)
async def test_errors_keep_secrets(
    cloud: SimulatedCloud,
    url: str,
    connect: Connect,
    question: str,
    kind: str,
    options: dict[str, Any],
) -> None:
    """Test that no error, nor what led to it, names the token, a serial or a plant."""
    cloud.faults.add(kind, **options)
    client = connect(url, cloud.token, seconds=0.05)
    about = argument(cloud, question)
    with pytest.raises(GrowattError) as failed:
        await getattr(client, question)(*about)
    told = " ".join(f"{err} {err!r}" for err in chain(failed.value))
    assert PATHS[question] in told
    assert not [secret for secret in (cloud.token, *about) if secret in told]


@pytest.mark.parametrize("question", ["plant_details", "plant_reading", "devices"])
async def test_plant_that_is_not_ours(connect: Connect, question: str) -> None:
    """Test a plant of another account, and one that does not exist."""
    cloud = SimulatedCloud(homes=["villa", "duo"])
    async with serve(cloud) as server:
        client = connect(server, cloud.token)
        with pytest.raises(GrowattPermissionError):
            await getattr(client, question)(str(cloud.accounts[1].plants[0].plant_id))
        with pytest.raises(GrowattNotFoundError):
            await getattr(client, question)("1")


async def test_serial_that_nobody_has(client: GrowattClient) -> None:
    """Test a serial number that the cloud does not know."""
    with pytest.raises(GrowattNotFoundError, match="check/sn"):
        await client.check_serial("NOBODY0001")


async def test_token_that_nobody_has(
    cloud: SimulatedCloud, url: str, connect: Connect
) -> None:
    """Test that only the list of plants says that the token itself is refused."""
    stranger = connect(url, TOKEN)
    with pytest.raises(GrowattTokenError):
        await stranger.plants()
    with pytest.raises(GrowattPermissionError):
        await stranger.devices(str(cloud.plants[0].plant_id))
    latest = await stranger.readings(Family.MIN, ["SIM7100001"])
    assert type(latest.errors["SIM7100001"]) is GrowattPermissionError


async def test_refusals_of_the_token_are_counted(
    cloud: SimulatedCloud, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that refusals five minutes apart are counted, until a good answer."""
    cloud.faults.add("code", path="plant/list", code=10011, times=4)
    for refusals in (1, 1, 2, 2):
        with pytest.raises(GrowattTokenError):
            await client.plants()
        assert client.token_refusals == refusals
        time_passes(151)
    assert (await client.plants()).items
    assert client.token_refusals == 0


async def test_other_failures_say_nothing_about_the_token(
    cloud: SimulatedCloud, client: GrowattClient
) -> None:
    """Test that a mood of the server is not held against the token."""
    cloud.faults.add("code", path="plant/list", code=10011, times=1)
    cloud.faults.add("http", path="plant/list", times=1)
    with pytest.raises(GrowattTokenError):
        await client.plants()
    with pytest.raises(GrowattAnswerError):
        await client.plants()
    assert client.token_refusals == 1


async def test_other_region(cloud: SimulatedCloud, connect: Connect) -> None:
    """Test that the server of another region does not know the token."""
    async with serve(cloud, region="china") as server:
        with pytest.raises(GrowattTokenError):
            await connect(server, cloud.token).plants()


async def test_retired_server(cloud: SimulatedCloud, connect: Connect) -> None:
    """Test that a retired server is told from one that refuses the token."""
    async with serve(cloud, region="old") as server:
        with pytest.raises(GrowattHostError):
            await connect(server, cloud.token).plants()
