"""Home Assistant on a free loopback port, used through its public API."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
import json
from pathlib import Path
import re
import sys
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import ClientError, ClientSession, ClientWebSocketResponse

from .processes import ROOT, HarnessError, child, free_port

DOMAIN = "growatt_openapi"
USER = "demo"
PASSWORD = "demo"  # noqa: S105 - of a Home Assistant that is thrown away
SECONDS_TO_START = 120
RESTART_EXIT_CODE = 100
LOG = "output.log"
CONFIGURATION = """\
homeassistant:
  name: Demo
  time_zone: {time_zone}
  country: DE
  currency: EUR
config:
energy:
frontend:
history:
logbook:
recorder:
"""
# All but the user is done, since the other steps add integrations from the internet.
ONBOARDING = {
    "version": 4,
    "key": "onboarding",
    "data": {"done": ["core_config", "integration", "analytics"]},
}
# Home Assistant puts an address from the configuration file on trial at first.
HTTP = {
    "server_host": ["127.0.0.1"],
    "cors_allowed_origins": [],
    "login_attempts_threshold": -1,
    "ip_ban_enabled": True,
    "ssl_profile": "modern",
    "use_x_frame_options": True,
    "created_at": "2026-11-01T00:00:00+00:00",
    "error": None,
    "error_message": None,
}
LOG_LINE = re.compile(r"^\S+ \S+ (WARNING|ERROR|CRITICAL) \([^)]*\) \[([^\]]+)\]")


@dataclass(kw_only=True)
class HomeAssistant:
    """A running Home Assistant with a user, and the connection to it."""

    url: str
    time_zone: str
    folder: Path
    session: ClientSession
    running: asyncio.Task[None] = field(repr=False)
    access_token: str = field(default="", repr=False)
    socket: ClientWebSocketResponse = field(init=False, repr=False)
    numbers: count[int] = field(default_factory=lambda: count(1), repr=False)

    @property
    def log(self) -> str:
        """Return its log so far."""
        return (self.folder / LOG).read_text(errors="replace")

    async def rest(self, method: str, path: str, **body: Any) -> Any:
        """Return the answer of its REST API."""
        headers = {"Authorization": f"Bearer {self.access_token}"}
        async with self.session.request(
            method, f"{self.url}{path}", headers=headers, json=body or None
        ) as response:
            text = await response.text()
            if not response.ok:
                raise HarnessError(f"{method} {path}: {response.status} {text}")
            return json.loads(text)

    async def ask(self, command: str, **parameters: Any) -> Any:
        """Return the answer to a websocket command."""
        number = next(self.numbers)
        await self.socket.send_json({"id": number, "type": command, **parameters})
        async with asyncio.timeout(30):
            while (answer := await self.socket.receive_json()).get("id") != number:
                pass
        if not answer["success"]:
            raise HarnessError(f"{command}: {answer['error']['message']}")
        return answer["result"]

    def complaints(self) -> list[str]:
        """Return the warnings and errors about the integration in the log."""
        complaints = []
        for line in self.log.splitlines():
            # The loader warns of every custom integration.
            match = LOG_LINE.match(line)
            if match and DOMAIN in line and match[2] != "homeassistant.loader":
                complaints.append(line)
        return complaints


@asynccontextmanager
async def home_assistant(
    session: ClientSession,
    *,
    time_zone: str,
    environment: str = sys.prefix,
) -> AsyncGenerator[HomeAssistant]:
    """Run the Home Assistant of a virtual environment, with a user and no devices."""
    with TemporaryDirectory(prefix="growatt-openapi-demo-") as temporary:
        folder = Path(temporary)
        port = free_port()
        configure(folder, time_zone, port)
        program = Path(environment) / "bin" / "hass"
        running = asyncio.create_task(_keep_running(program, folder))
        home = HomeAssistant(
            url=f"http://127.0.0.1:{port}",
            time_zone=time_zone,
            folder=folder,
            session=session,
            running=running,
        )
        try:
            await _until_answering(home)
            await _log_in(home)
            async with session.ws_connect(f"{home.url}/api/websocket") as home.socket:
                await _start_session(home)
                yield home
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


def configure(folder: Path, time_zone: str, port: int) -> None:
    """Write the configuration, with the integration of this working copy."""
    storage = folder / ".storage"
    storage.mkdir(parents=True)
    (folder / "configuration.yaml").write_text(
        CONFIGURATION.format(time_zone=time_zone)
    )
    (folder / "custom_components").symlink_to(ROOT / "custom_components")
    (storage / "onboarding").write_text(json.dumps(ONBOARDING))
    http = {"stable": HTTP | {"server_port": port}, "yaml_migration_done": True}
    (storage / "http").write_text(
        json.dumps(
            {
                "version": 2,
                "minor_version": 2,
                "key": "http",
                "data": {"pending": None, **http},
            }
        )
    )


def local_zone() -> str:
    """Return the name of this machine's time zone."""
    name = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    return name or "UTC"


async def _keep_running(program: Path, folder: Path) -> None:
    """Run Home Assistant until it stops for another reason than a restart."""
    code: int | None = RESTART_EXIT_CODE
    with (folder / LOG).open("ab") as log:
        while code == RESTART_EXIT_CODE:
            command = (program, "--config", folder, "--skip-pip")
            async with child(*command, output=log) as process:
                code = await process.wait()


async def _until_answering(home: HomeAssistant) -> None:
    """Wait until Home Assistant accepts a user."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS_TO_START):
            while not home.running.done():
                with suppress(ClientError, HarnessError):
                    await home.rest("GET", "/api/onboarding")
                    return
                await asyncio.sleep(0.2)
    raise HarnessError(f"Home Assistant doesn't start:\n{home.log[-3000:]}")


async def _log_in(home: HomeAssistant) -> None:
    """Create the user, and get a token for it."""
    client_id = f"{home.url}/"
    user = await home.rest(
        "POST",
        "/api/onboarding/users",
        name="Demo",
        username=USER,
        password=PASSWORD,
        client_id=client_id,
        language="en",
    )
    login = {
        "grant_type": "authorization_code",
        "code": user["auth_code"],
        "client_id": client_id,
    }
    async with home.session.post(f"{home.url}/auth/token", data=login) as response:
        home.access_token = (await response.json())["access_token"]


async def _start_session(home: HomeAssistant) -> None:
    """Authenticate on a new WebSocket, and wait until everything has started."""
    await home.socket.receive_json()
    await home.socket.send_json({"type": "auth", "access_token": home.access_token})
    await home.socket.receive_json()
    while (await home.ask("get_config"))["state"] != "RUNNING":
        await asyncio.sleep(0.2)
