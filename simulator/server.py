"""HTTP server of the simulated cloud."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import json
from urllib.parse import parse_qsl
from zlib import crc32

from aiohttp import web

from .brotli import packed
from .cloud import Received, SimulatedCloud
from .control import CONTROL, control_routes
from .faults import LOST
from .faults.answers import CHANGES
from .faults.connection import LOGIN_PAGE, MISBEHAVIORS, misbehave
from .routing import Route
from .wire import Json

HOST = "127.0.0.1"
PREFIXES = ("/v1/", "/v4/")
CONTENT_TYPES = (
    "application/json;charset=UTF-8",
    "text/html;charset=UTF-8",
    "text/plain;charset=UTF-8",
)
FORM = "application/x-www-form-urlencoded"
TURN = web.RequestKey("turn", int)


def below_prefix(path: str) -> str | None:
    """Return the path below /v1/ or /v4/, which reach the same application."""
    return next(
        (path.removeprefix(item) for item in PREFIXES if path.startswith(item)), None
    )


def content_type(path: str) -> str:
    """Return the content type of an endpoint: one of three, always the same."""
    return CONTENT_TYPES[crc32(path.encode()) % len(CONTENT_TYPES)]


class Host:
    """One region's host in front of a cloud."""

    def __init__(self, cloud: SimulatedCloud, region: str) -> None:
        """Initialize the host."""
        self.cloud = cloud
        self.region = region

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer any request."""
        request[TURN] = turn = self.cloud.turns + 1
        try:
            return await self._response(request)
        finally:
            self.cloud.turns = max(self.cloud.turns, turn)

    async def _response(self, request: web.Request) -> web.StreamResponse:
        """Return the response to any request."""
        path = below_prefix(request.path)
        route = None if path is None else self.cloud.route(path)
        params = await self._params(request, route)
        where = path or request.path
        for rule in self.cloud.faults.take(MISBEHAVIORS, where, params):
            response, code = await misbehave(request, route, rule)
            if response is not None:
                self._remember(request, where, params, code)
                return response
        if route is None:
            self._remember(request, where, params, 200)
            return web.Response(text=LOGIN_PAGE, content_type="text/html")
        if request.method != route.verb:
            self._remember(request, where, params, 405)
            return web.Response(status=405, headers={"Allow": route.verb})
        return self._answered(request, route, params)

    def _answered(
        self, request: web.Request, route: Route, params: dict[str, str]
    ) -> web.Response:
        """Return the application's answer, changed by the active faults."""
        token = request.headers.get("token", "")
        answer: Json = self.cloud.answer(route, params, token, self.region)
        for rule in self.cloud.faults.take(CHANGES, route.path, params):
            answer = CHANGES[rule.kind](answer, rule)
        code = answer.get("error_code", answer.get("code", 0))
        self._remember(request, route.path, params, code)
        if any(self.cloud.faults.take((LOST,), route.path, params)):
            return web.Response(status=502, text="<html><h1>502</h1></html>")
        body = json.dumps(answer, ensure_ascii=False).encode()
        headers = {"Content-Type": content_type(route.path)}
        if route.brotli and "br" in request.headers.get("Accept-Encoding", ""):
            body = packed(body)
            headers["Content-Encoding"] = "br"
        return web.Response(body=body, headers=headers)

    @staticmethod
    async def _params(request: web.Request, route: Route | None) -> dict[str, str]:
        """Return query and form parameters; bodies of another type are not read."""
        params = dict(request.query)
        takes_body = request.method == "POST" or (route and route.body_on_get)
        if takes_body and request.content_type == FORM:
            params |= parse_qsl(await request.text(), keep_blank_values=True)
        return params

    def _remember(
        self, request: web.Request, path: str, params: dict[str, str], code: int | None
    ) -> None:
        """Record a request in the cloud."""
        self.cloud.requests.append(
            Received(
                path=path,
                verb=request.method,
                params=params,
                code=code,
                at=self.cloud.now(),
                accept_encoding=request.headers.get("Accept-Encoding", ""),
                region=self.region,
                turn=request[TURN],
            )
        )


def create_app(cloud: SimulatedCloud, region: str | None = None) -> web.Application:
    """Return the web application of a region's host."""
    app = web.Application()
    app[CONTROL] = cloud
    app.add_routes(control_routes())
    host = Host(cloud, cloud.region if region is None else region)
    app.router.add_route("*", "/{path:.*}", host.handle)
    return app


@asynccontextmanager
async def serve(
    cloud: SimulatedCloud, *, region: str | None = None, port: int = 0
) -> AsyncIterator[str]:
    """Serve a cloud on the loopback address; yields the base URL without a slash."""
    runner = web.AppRunner(
        create_app(cloud, region),
        access_log=None,
        handler_cancellation=True,
        shutdown_timeout=0.5,
    )
    await runner.setup()
    site = web.TCPSite(runner, HOST, port)
    await site.start()
    try:
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
