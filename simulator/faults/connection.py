"""Faults of the connection: pages, silence, broken bodies, redirects."""

import asyncio
from collections.abc import Awaitable, Callable
import json

from aiohttp import web

from ..routing import Route
from ..wire import v1_error
from .rule import Rule

LOGIN_PAGE = """<!DOCTYPE html>
<html data-name="login">
<head><meta charset="UTF-8"><title>Growatt</title></head>
<body>Dear user, you have not login to the system. Please login first.</body>
</html>
"""

ACL_PAGE = """<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
<html>
<head><title>403 Forbidden</title></head>
<body><center><h1>403 Forbidden</h1></center>
denied by UA ACL = blacklist
<hr/>Powered by Tengine</body>
</html>
"""

FORBIDDEN = 403
LARGE = 32 * 1024 * 1024
CHUNK = b" " * 65536

type Outcome = tuple[web.StreamResponse | None, int | None]
"""A response and its code for the record; both None to go on normally."""


async def _http(request: web.Request, route: Route | None, rule: Rule) -> Outcome:
    """Answer with an HTTP status, 500 by default."""
    status = int(rule.options.get("status", 500))
    page = ACL_PAGE if status == FORBIDDEN else f"<html><h1>{status}</h1></html>"
    return web.Response(status=status, text=page, content_type="text/html"), status


async def _html(request: web.Request, route: Route | None, rule: Rule) -> Outcome:
    """Answer with the login page."""
    return web.Response(text=LOGIN_PAGE, content_type="text/html"), 200


def _break_off(request: web.Request) -> None:
    """Close the connection once the written bytes are sent."""
    if request.transport is not None:
        request.transport.close()


async def _truncated(request: web.Request, route: Route | None, rule: Rule) -> Outcome:
    """Promise a body, or chunks, and close in the middle."""
    body = json.dumps({"data": {"count": 1, "plants": [{}] * 50}}).encode()
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    if rule.options.get("chunked"):
        response.enable_chunked_encoding()
    else:
        response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    _break_off(request)
    return response, None


async def _silence(request: web.Request, route: Route | None, rule: Rule) -> Outcome:
    """Stay silent for some seconds, an hour by default; then go on."""
    await asyncio.sleep(float(rule.options.get("seconds", 3600)))
    return None, None


async def _close(request: web.Request, route: Route | None, rule: Rule) -> Outcome:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(), None


async def _code(request: web.Request, route: Route | None, rule: Rule) -> Outcome:
    """Answer with an error code in the envelope of the endpoint."""
    code = int(rule.options["code"])
    envelope = route.refusal(code) if route else v1_error(code, "")
    return web.json_response(envelope), code


async def _oversized(request: web.Request, route: Route | None, rule: Rule) -> Outcome:
    """Answer with a good envelope and many MiB of blanks."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.enable_chunked_encoding()
    await response.prepare(request)
    await response.write(b'{"error_code": 0, "error_msg": "", "data": ""')
    for _ in range(int(rule.options.get("size", LARGE)) // len(CHUNK)):
        await response.write(CHUNK)
    await response.write(b"}")
    await response.write_eof()
    return response, 0


async def _redirect(request: web.Request, route: Route | None, rule: Rule) -> Outcome:
    """Redirect to the same address, or to another host."""
    status = int(rule.options.get("status", 302))
    target = f"{rule.options.get('to', '')}{request.path_qs}"
    return web.Response(status=status, headers={"Location": target}), status


type Misbehavior = Callable[[web.Request, Route | None, Rule], Awaitable[Outcome]]

MISBEHAVIORS: dict[str, Misbehavior] = {
    "http": _http,
    "html": _html,
    "truncated": _truncated,
    "silence": _silence,
    "close": _close,
    "code": _code,
    "oversized": _oversized,
    "redirect": _redirect,
}
"""Faults in front of the application, which then does not count the call."""


async def misbehave(request: web.Request, route: Route | None, rule: Rule) -> Outcome:
    """Return the response of a fault."""
    return await MISBEHAVIORS[rule.kind](request, route, rule)
