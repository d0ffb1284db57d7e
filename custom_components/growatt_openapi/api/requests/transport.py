"""One HTTP call, and the JSON object in its answer; the only place that speaks HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
import json
from typing import Any, Final, Never

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientPayloadError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
)
from yarl import URL

from ..endpoints.base import Endpoint
from ..errors import (
    GrowattAnswerError,
    GrowattConnectionError,
    GrowattTimeoutError,
    GrowattUnreachableError,
)

# A hundred devices of the wordiest family need about two megabytes.
LARGEST_BODY: Final = 16 * 1024 * 1024
_CHUNK: Final = 64 * 1024
_MOST_REDIRECTS: Final = 3
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_MOVED_SAME_VERB: Final = frozenset({307, 308})
_LOWEST_HTTP_ERROR: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """How a server is reached."""

    session: ClientSession
    server: str
    """The base address, such as https://openapi.growatt.com."""
    token: str = field(repr=False)
    seconds: float
    """How long a call may take."""

    async def fetch(
        self, endpoint: Endpoint, params: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return the JSON object an endpoint answers with, whatever its code says.

        Raises GrowattTimeoutError, GrowattConnectionError or GrowattAnswerError.
        """
        try:
            body = await self._body(endpoint, params)
        # Nothing is chained: the texts of these hold the address, with the serials.
        except TimeoutError:
            raise GrowattTimeoutError(endpoint.path) from None
        except ClientConnectorError as err:
            raise GrowattUnreachableError(endpoint.path, reason=err) from None
        except ClientPayloadError as err:
            raise GrowattAnswerError(endpoint.path, reason=err) from None
        except (ClientError, OSError) as err:
            raise GrowattConnectionError(endpoint.path, reason=err) from None
        try:
            answer = json.loads(body, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as err:
            raise GrowattAnswerError(endpoint.path, reason=err) from None
        if not isinstance(answer, dict):
            raise GrowattAnswerError(endpoint.path)
        return answer

    async def _body(self, endpoint: Endpoint, params: Mapping[str, str]) -> bytes:
        """Return the body of an answer; follow redirects on the same host only."""
        url = URL(self.server) / endpoint.path
        if endpoint.verb == "GET":
            url = url.with_query(params)
        for _ in range(_MOST_REDIRECTS + 1):
            async with self.session.request(
                endpoint.verb,
                url,
                data=params if endpoint.verb == "POST" else None,
                # Brotli goes to whoever offers it, and not everybody can read it.
                headers={"token": self.token, "Accept-Encoding": "gzip, deflate"},
                timeout=ClientTimeout(total=self.seconds),
                allow_redirects=False,
            ) as response:
                if response.status not in _MOVED:
                    return await _bounded(response, endpoint)
                url = _target(response, endpoint)
        raise GrowattAnswerError(endpoint.path)


def _target(response: ClientResponse, endpoint: Endpoint) -> URL:
    """Return where a redirect leads, if it stays on the host and keeps the verb."""
    here = response.url
    try:
        there = here.join(URL(response.headers.get("Location", "")))
    except ValueError:
        raise GrowattAnswerError(endpoint.path, response.status) from None
    keeps_verb = endpoint.verb == "GET" or response.status in _MOVED_SAME_VERB
    keeps_secret = there.scheme in {here.scheme, "https"}
    if there.host == here.host and keeps_verb and keeps_secret:
        return there
    raise GrowattAnswerError(endpoint.path, response.status)


async def _bounded(response: ClientResponse, endpoint: Endpoint) -> bytes:
    """Return the body of a good answer, if it is not absurdly large."""
    if response.status >= _LOWEST_HTTP_ERROR:
        raise GrowattAnswerError(endpoint.path, response.status)
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > LARGEST_BODY:
            raise GrowattAnswerError(endpoint.path)
    return bytes(body)


def _refuse_constant(constant: str) -> Never:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(constant)
