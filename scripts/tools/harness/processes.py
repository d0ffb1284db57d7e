"""Child processes that end with the program that started them."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
import os
from pathlib import Path
import shutil
import signal
import socket
from typing import IO

ROOT = Path(__file__).parents[3]
SECONDS_TO_END = 20


class HarnessError(Exception):
    """An error that ends a run, in words for the user."""


def free_port() -> int:
    """Return a free port of the loopback interface."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def child(
    *command: str | Path,
    output: IO[bytes] | int,
    environment: Mapping[str, str] | None = None,
) -> AsyncGenerator[Process]:
    """Run a program in a process group of its own, and end the group afterwards."""
    process = await asyncio.create_subprocess_exec(
        *_bound_to_this_process(),
        *(str(part) for part in command),
        cwd=ROOT,
        env=os.environ | (environment or {}),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=output,
        stderr=asyncio.subprocess.STDOUT if output != asyncio.subprocess.PIPE else None,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        await _end(process)


def _bound_to_this_process() -> list[str]:
    """Return the command that ends a child with this process, if the system has it."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


async def _end(process: Process) -> None:
    """Terminate a process group, and kill it after a timeout."""
    if process.returncode is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        async with asyncio.timeout(SECONDS_TO_END):
            await process.wait()
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
