"""One call over HTTP: what breaks it, and what must not."""

from collections.abc import Iterator
from socket import socket
from typing import Any

from aiohttp import web
import pytest

from custom_components.growatt_openapi.api import (
    Family,
    GrowattAnswerError,
    GrowattClient,
    GrowattConnectionError,
    GrowattError,
    GrowattTimeoutError,
)
from simulator import SimulatedCloud

from .conftest import TOKEN, Connect, answering, saying

GOOD = '{"data": {"count": 0, "plants": []}, "error_code": 0, "error_msg": ""}'


@pytest.fixture
def nobody(socket_enabled: None) -> Iterator[str]:
    """Return an address that is taken, but where nobody listens."""
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize(
    ("kind", "options", "cause", "code"),
    [
        ("http", {"status": 500}, GrowattAnswerError, 500),
        ("http", {"status": 502}, GrowattAnswerError, 502),
        ("http", {"status": 403}, GrowattAnswerError, 403),
        ("html", {}, GrowattAnswerError, None),
        ("truncated", {}, GrowattAnswerError, None),
        ("truncated", {"chunked": True}, GrowattAnswerError, None),
        ("oversized", {}, GrowattAnswerError, None),
        ("nan", {}, GrowattAnswerError, None),
        ("no_data", {}, GrowattAnswerError, None),
        ("close", {}, GrowattConnectionError, None),
    ],
)
async def test_broken_answer_and_recovery(
    cloud: SimulatedCloud,
    url: str,
    connect: Connect,
    kind: str,
    options: dict[str, Any],
    cause: type[GrowattError],
    code: int | None,
) -> None:
    """Test that a broken answer is told by its cause, and the next one is good."""
    plant = str(cloud.plants[0].plant_id)
    cloud.faults.add(kind, **options)
    with pytest.raises(GrowattError) as failed:
        await connect(url, cloud.token).plant_reading(plant)
    assert type(failed.value) is cause
    assert failed.value.endpoint == "v1/plant/data"
    assert failed.value.code == code

    cloud.faults.clear()
    cloud.limits_enabled = False
    reading = await connect(url, cloud.token).plant_reading(plant)
    assert reading.number("current_power") == cloud.truth()[plant]["power"]


async def test_silence_and_recovery(
    cloud: SimulatedCloud, url: str, connect: Connect
) -> None:
    """Test that a call without an answer ends, and the next one may follow."""
    client = connect(url, cloud.token, seconds=0.5)
    cloud.faults.add("silence", times=1)
    with pytest.raises(GrowattTimeoutError):
        await client.plants()
    assert len((await client.plants()).items) == 1


async def test_nobody_listens(nobody: str, connect: Connect) -> None:
    """Test that a server that is not there is no connection."""
    with pytest.raises(GrowattConnectionError) as failed:
        await connect(nobody).plants()
    assert not isinstance(failed.value, GrowattTimeoutError)


async def test_large_body_is_read(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that a large body alone is no reason to refuse an answer."""
    cloud.faults.add("oversized", path="device/check/sn", size=8 * 1024 * 1024)
    with pytest.raises(GrowattError, match="not found"):
        await client.check_serial(cloud.devices[0].serial)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '"text"',
        "0",
        "null",
        "[" * 100_000,
        "{" + GOOD,
        GOOD[:-1],
        GOOD.replace("0", "Infinity", 1),
        GOOD.replace("0", "-Infinity", 1),
        GOOD.replace("0", "9" * 5000, 1),
        GOOD.encode("latin-1").replace(b'""', b'"\xe9"'),
        GOOD.replace('"error_code": 0', '"error_code": null'),
        GOOD.replace('"error_code": 0', '"error_code": "odd"'),
        GOOD.replace('"data"', '"date"'),
        "{}",
    ],
    ids=lambda body: repr(body[:40]),
)
async def test_not_the_answer(connect: Connect, body: str | bytes) -> None:
    """Test that what is not the expected object is an unexpected answer."""
    async with saying(body) as server:
        with pytest.raises(GrowattAnswerError):
            await connect(server).plants()


@pytest.mark.parametrize("code", ["0", '"0"', "0.0"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
async def test_good_answer(connect: Connect, code: str, encoding: str) -> None:
    """Test that success may be written as a text, and in any Unicode."""
    body = GOOD.replace('"error_code": 0', f'"error_code": {code}')
    async with saying(body.encode(encoding)) as server:
        assert (await connect(server).plants()).items == ()


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/html", "text/plain", "application/octet-stream"],
)
async def test_content_type_does_not_matter(
    connect: Connect, content_type: str
) -> None:
    """Test that an answer is read whatever its content type says."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=GOOD, content_type=content_type)

    async with answering(handler) as server:
        assert (await connect(server).plants()).items == ()


@pytest.mark.parametrize("coding", [*web.ContentCoding])
async def test_compressed(connect: Connect, coding: web.ContentCoding) -> None:
    """Test that compressed answers are unpacked."""

    async def handler(request: web.Request) -> web.Response:
        response = web.Response(text=GOOD)
        response.enable_compression(coding)
        return response

    async with answering(handler) as server:
        assert (await connect(server).plants()).items == ()


async def test_compressed_flood(connect: Connect) -> None:
    """Test that a small body that unpacks to a huge one is refused."""

    async def handler(request: web.Request) -> web.Response:
        response = web.Response(text=GOOD + " " * 17 * 1024 * 1024)
        response.enable_compression(web.ContentCoding.gzip)
        return response

    async with answering(handler) as server:
        with pytest.raises(GrowattAnswerError):
            await connect(server).plants()


async def test_unreadable_compression(connect: Connect) -> None:
    """Test that a body that is not packed as it says is an unexpected answer."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=GOOD, headers={"Content-Encoding": "gzip"})

    async with answering(handler) as server:
        with pytest.raises(GrowattAnswerError):
            await connect(server).plants()


async def test_what_is_sent(connect: Connect) -> None:
    """Test the token in its header, and that only readable packings are offered."""
    seen: list[web.Request] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(request)
        return web.Response(text=GOOD)

    async with answering(handler) as server:
        await connect(server).plants()

    (request,) = seen
    assert request.headers["token"] == TOKEN
    assert request.headers["Accept-Encoding"] == "gzip, deflate"
    assert TOKEN not in request.path_qs
    assert request.path == "/v1/plant/list"
    assert dict(request.query) == {"page": "1", "perpage": "100"}


async def test_brotli_is_not_offered(
    cloud: SimulatedCloud, client: GrowattClient
) -> None:
    """Test that the cloud is not invited to answer in brotli."""
    assert (await client.plants()).items
    assert "br" not in cloud.requests[0].accept_encoding


async def test_form_of_a_post(connect: Connect) -> None:
    """Test that a POST has its parameters in a form and none in the address."""
    forms: list[tuple[str, dict[str, Any]]] = []

    async def handler(request: web.Request) -> web.Response:
        forms.append((request.query_string, dict(await request.post())))
        return web.json_response({"code": 0, "data": {"min": []}})

    async with answering(handler) as server:
        await connect(server).details(Family.MIN, ["A1", "B2"])

    assert forms[0] == ("", {"deviceType": "min", "deviceSn": "A1,B2"})


def test_token_is_not_shown(connect: Connect) -> None:
    """Test that neither the client nor its connection shows the token."""
    client = connect("https://openapi.growatt.com")
    assert TOKEN not in f"{client!r} {client.connection!r} {client.connection}"
