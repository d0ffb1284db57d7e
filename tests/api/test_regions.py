"""Addresses of servers: allowed ones, and their form."""

import pytest

from custom_components.growatt_openapi.api import SERVERS, Region, server_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("openapi.growatt.com", "https://openapi.growatt.com"),
        ("  https://openapi.smten.com/  ", "https://openapi.smten.com"),
        ("https://OpenAPI.growatt.com/v1/", "https://openapi.growatt.com"),
        (
            "https://openapi.growatt.com/v1/plant/list?a=b",
            "https://openapi.growatt.com",
        ),
        ("https://example.com:8443", "https://example.com:8443"),
        ("example.com:8443", "https://example.com:8443"),
        ("HTTPS://example.com", "https://example.com"),
        ("http://ess-server.atesspower.com", "http://ess-server.atesspower.com"),
        ("http://openapi-au.growatt.com/", "http://openapi-au.growatt.com"),
        ("http://test.growatt.com/v1", "http://test.growatt.com"),
        ("http://183.62.216.35:8081/v4", "http://183.62.216.35:8081"),
        ("http://localhost:8124", "http://localhost:8124"),
        ("http://127.0.0.1:8124", "http://127.0.0.1:8124"),
        ("http://192.168.1.20", "http://192.168.1.20"),
        ("http://10.0.0.2:80", "http://10.0.0.2"),
        ("http://[::1]:8124", "http://[::1]:8124"),
        ("http://[fd00::2]", "http://[fd00::2]"),
    ],
)
def test_address(typed: str, address: str) -> None:
    """Test that what a person types becomes the base address."""
    assert server_address(typed) == address
    assert server_address(address) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "https://",
        "not an address",
        "https://a b",
        "ftp://openapi.growatt.com",
        "file:///etc/passwd",
        "https://user@openapi.growatt.com",
        "https://user:secret@openapi.growatt.com",
        "https://:secret@openapi.growatt.com",
        "https://openapi.growatt.com:99999",
        "https://[::1",
        "mailto:someone@example.com",
        "http://openapi.growatt.com",
        "http://openapi-cn.growatt.com",
        "http://example.com",
        "http://8.8.8.8",
        "http://localhost.example.com",
        "http://test.growatt.com.example.com",
    ],
)
def test_no_address(typed: str) -> None:
    """Test that nothing is asked that is no address, or in plain text abroad."""
    with pytest.raises(ValueError, match=r"."):
        server_address(typed)


def test_every_region_has_a_server() -> None:
    """Test that the public servers are addresses, one for each named region."""
    assert SERVERS.keys() == set(Region) - {Region.AUTO, Region.OTHER}
    assert [server_address(server) for server in SERVERS.values()] == [
        *SERVERS.values()
    ]
