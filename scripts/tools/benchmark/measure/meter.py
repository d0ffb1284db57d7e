"""Meter of a Home Assistant: event loop, threads, sessions, memory."""

from asyncio import events
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
import gc
from pathlib import Path
import resource
from threading import Lock, current_thread, main_thread
from time import perf_counter, thread_time
from typing import Any
from unittest.mock import patch
from weakref import WeakSet

from aiohttp import ClientSession
from requests import Session

from homeassistant.helpers.storage import Store

from ..figures import Block, Cost
from .clock import Job

CORE = "core."
"""Beginning of the names of Home Assistant's own files."""


class Meter:
    """Counts since the last reset; `docs/benchmark.md` explains the figures."""

    def __init__(self) -> None:
        """Initialize with nothing counted."""
        self._lock = Lock()
        self._clients: WeakSet[ClientSession] = WeakSet()
        self._collecting = 0.0
        self.sessions = 0
        """Number of client sessions opened since the beginning."""
        self.reset()

    def reset(self) -> None:
        """Reset all counts but that of sessions."""
        self._loop = self._threads = self._occupied = 0.0
        self._jobs = 0
        self._longest = Block(seconds=0, collecting=0, what="")

    def cost(self) -> Cost:
        """Return the costs since the last reset."""
        return Cost(
            loop=self._loop,
            threads=self._threads,
            occupied=self._occupied,
            jobs=self._jobs,
            longest=self._longest,
        )

    @contextmanager
    def running(self) -> Generator[None]:
        """Count for as long as this lasts."""
        gc.callbacks.append(self._collection())
        with (
            patch.object(events.Handle, "_run", self._counted(events.Handle._run)),  # noqa: SLF001 - all callbacks pass here
            patch.object(Session, "__init__", self._opening(Session.__init__)),
            patch.object(
                ClientSession, "__init__", self._opening(ClientSession.__init__)
            ),
        ):
            try:
                yield
            finally:
                gc.callbacks.pop()

    def is_asking(self) -> bool:
        """Return whether a connection of an aiohttp session is in use."""
        return any(
            client.connector is not None and client.connector._acquired  # noqa: SLF001 - not public otherwise
            for client in self._clients
        )

    def watched(self, job: Job) -> Job:
        """Return a measured job for a thread; jobs of the core stay as they are."""
        if _is_of_core(job):
            return job

        @wraps(job)
        def counted(*args: Any) -> Any:
            begin, busy = perf_counter(), thread_time()
            try:
                return job(*args)
            finally:
                with self._lock:
                    self._jobs += 1
                    self._occupied += perf_counter() - begin
                    self._threads += thread_time() - busy

        return counted

    def _counted(self, run: Callable[[events.Handle], None]) -> Callable[..., None]:
        """Return a measured replacement of Handle._run."""

        def counted(handle: events.Handle) -> None:
            callback = handle._callback  # type: ignore[attr-defined]  # noqa: SLF001 - its name
            collecting, begin = self._collecting, thread_time()
            run(handle)
            seconds = thread_time() - begin
            self._loop += seconds
            collecting = self._collecting - collecting
            if seconds - collecting > self._longest.work:
                self._longest = Block(
                    seconds=seconds, collecting=collecting, what=_name(callback)
                )

        return counted

    def _collection(self) -> Callable[[str, dict[str, int]], None]:
        """Return the callback for begin and end of each garbage collection."""
        begin = 0.0

        def collection(phase: str, _: dict[str, int]) -> None:
            nonlocal begin
            if current_thread() is not main_thread():
                return
            if phase == "start":
                begin = thread_time()
            else:
                self._collecting += thread_time() - begin

        return collection

    def _opening(self, initialize: Callable[..., None]) -> Callable[..., None]:
        """Return a counting replacement of a session's __init__."""

        def counted(session: Any, *args: Any, **options: Any) -> None:
            initialize(session, *args, **options)
            self.sessions += 1
            if isinstance(session, ClientSession):
                self._clients.add(session)

        return counted


def memory() -> int:
    """Return the resident memory of this process in bytes."""
    gc.collect()
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * resource.getpagesize()


def _is_of_core(job: Job) -> bool:
    """Return whether a job reads or writes Home Assistant's own files."""
    store = getattr(job, "__self__", None)
    return isinstance(store, Store) and store.key.startswith(CORE)


def _name(callback: Any) -> str:
    """Return the name of a callback; of a step of a task, that of its coroutine."""
    task = getattr(callback, "__self__", None)
    of_task = getattr(task, "get_coro", None)
    named = of_task() if of_task else callback
    return str(getattr(named, "__qualname__", type(named).__name__))
