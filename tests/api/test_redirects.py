"""Redirects: the token goes to no other host, and a verb stays what it is."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER, SSLContext

from aiohttp import ClientSession, TCPConnector, web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
import pytest

from custom_components.growatt_openapi.api import (
    Connection,
    Family,
    GrowattAnswerError,
    GrowattClient,
)
from simulator import SimulatedCloud, serve

from .conftest import TOKEN, Connect, answering
from .ways import ways


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_same_host(
    cloud: SimulatedCloud, client: GrowattClient, status: int
) -> None:
    """Test that a GET follows a redirect on the same host."""
    cloud.faults.add("redirect", status=status, times=2)
    assert len((await client.plants()).items) == 1
    assert [request.code for request in cloud.requests] == [status, status, 0]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_other_host(
    cloud: SimulatedCloud, client: GrowattClient, url: str, status: int
) -> None:
    """Test that no other host is asked, because it would see the token."""
    async with serve(cloud, region="china") as other:
        elsewhere = other.replace("127.0.0.1", "localhost")
        cloud.faults.add("redirect", to=elsewhere, status=status)
        with pytest.raises(GrowattAnswerError) as failed:
            await client.plants()
    assert failed.value.code == status
    assert [request.region for request in cloud.requests] == ["global"]


async def test_round_and_round(cloud: SimulatedCloud, client: GrowattClient) -> None:
    """Test that redirects without an end are given up."""
    cloud.faults.add("redirect")
    with pytest.raises(GrowattAnswerError):
        await client.plants()
    assert len(cloud.requests) == 4


@pytest.mark.parametrize("status", [307, 308])
async def test_post_keeps_its_form(
    cloud: SimulatedCloud, client: GrowattClient, status: int
) -> None:
    """Test that a POST is repeated as it was where the redirect says so."""
    serial = cloud.devices[0].serial
    cloud.faults.add("redirect", path="new-api", status=status, times=1)
    latest = await client.readings(Family.MIN, [serial])
    assert [*latest.items] == [serial]
    assert [request.verb for request in cloud.requests] == ["POST", "POST"]
    assert cloud.requests[0].params == cloud.requests[1].params


@pytest.mark.parametrize("status", [301, 302, 303])
async def test_post_does_not_become_a_get(
    cloud: SimulatedCloud, client: GrowattClient, status: int
) -> None:
    """Test that a redirect that would turn a POST into a GET is an odd answer."""
    serial = cloud.devices[0].serial
    cloud.faults.add("redirect", path="new-api", status=status)
    latest = await client.readings(Family.MIN, [serial])
    assert [*latest.items] == [serial]
    assert ways(cloud) == ["v4 1", "batch 1"]


@pytest.mark.parametrize(
    "location",
    [None, "", "mailto:someone@example.com", "http://[", "http://127.0.0.1:99999/"],
)
async def test_nowhere(connect: Connect, location: str | None) -> None:
    """Test that a redirect that leads nowhere is an unexpected answer."""

    async def handler(request: web.Request) -> web.Response:
        headers = {} if location is None else {"Location": location}
        return web.Response(status=302, headers=headers)

    async with answering(handler) as server:
        with pytest.raises(GrowattAnswerError):
            await connect(server).plants()


def certificate(path: Path) -> Path:
    """Write a key and a certificate for the loopback address that live for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


async def test_encryption_is_not_given_up(
    cloud: SimulatedCloud, url: str, tmp_path: Path
) -> None:
    """Test that an encrypted call does not go on in plain text on the same host."""
    pem = certificate(tmp_path / "server.pem")
    server_side, client_side = (
        SSLContext(PROTOCOL_TLS_SERVER),
        SSLContext(PROTOCOL_TLS_CLIENT),
    )
    server_side.load_cert_chain(pem)
    client_side.load_verify_locations(pem)

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": f"{url}/v1/plant/list"})

    connector = TCPConnector(ssl=client_side)
    async with (
        answering(handler, server_side) as server,
        ClientSession(connector=connector) as session,
    ):
        connection = Connection(
            session=session, server=server, token=TOKEN, seconds=5.0
        )
        with pytest.raises(GrowattAnswerError) as failed:
            await GrowattClient(connection=connection).plants()
    assert failed.value.code == 307
    assert cloud.requests == []
