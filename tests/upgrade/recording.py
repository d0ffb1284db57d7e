"""Recording: the files of an installation on disk, and how a test goes on from them."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
import gzip
import json
from pathlib import Path
from socket import AF_INET, AddressFamily
from typing import Final, Self, override

from aiohttp.abc import AbstractResolver, ResolveResult

from simulator import SimulatedCloud

STORAGE: Final = Path(__file__).parent / "storage"
DESCRIPTION: Final = "recording.json"
URL: Final = "http://localhost"
"""Address of the cloud in every recording; a resolver knows the port behind it."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault of the cloud that concerns one device, or all of them."""

    kind: str
    serial: str

    def begin(self, cloud: SimulatedCloud) -> None:
        """Switch the fault on."""
        cloud.faults.add(self.kind, serial=self.serial)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that the cloud answered."""

    at: str
    path: str
    params: dict[str, str]

    @property
    def moment(self) -> datetime:
        """Return when it was asked, in UTC."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, kw_only=True)
class Recording:
    """An installation at the moment when Home Assistant stopped."""

    home_assistant: str
    home: str
    """House that is simulated."""
    zone: str
    """Time zone of Home Assistant."""
    began: str
    ended: str
    faults: list[Fault]
    """What is wrong with the cloud at the end."""
    requests: list[Asked]
    """The last request of each kind, oldest first."""
    states: dict[str, str]
    """State of each entity at the end."""

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return the recording in a folder."""
        stored = json.loads((folder / DESCRIPTION).read_text("utf-8"))
        faults = [Fault(**fault) for fault in stored.pop("faults")]
        requests = [Asked(**asked) for asked in stored.pop("requests")]
        return cls(faults=faults, requests=requests, **stored)

    def write(self, folder: Path) -> None:
        """Write the recording into a folder."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (folder / DESCRIPTION).write_text(f"{text}\n", "utf-8")

    @property
    def end(self) -> datetime:
        """Return the moment when Home Assistant stopped, in UTC."""
        return datetime.fromisoformat(self.ended)


def recordings() -> Iterator[Path]:
    """Yield the folders of all recordings."""
    yield from sorted(file.parent for file in STORAGE.glob(f"*/*/{DESCRIPTION}"))


def pack(source: Path, folder: Path) -> None:
    """Compress a file into a folder, always into the same bytes."""
    packed = gzip.compress(source.read_bytes(), mtime=0)
    (folder / f"{source.name}.gz").write_bytes(packed)


def unpack(folder: Path, target: Path) -> None:
    """Write the compressed files of a folder into another."""
    target.mkdir()
    for file in folder.glob("*.gz"):
        (target / file.stem).write_bytes(gzip.decompress(file.read_bytes()))


class LocalResolver(AbstractResolver):
    """A resolver that finds the cloud on its port, whatever name is asked for.

    So the address of the account, which its unique id and its memory hang on, is the
    same wherever the cloud is served.
    """

    def __init__(self, url: str) -> None:
        """Initialize the resolver with the address where the cloud is served."""
        self._port = int(url.rpartition(":")[2])

    @override
    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AF_INET
    ) -> list[ResolveResult]:
        """Return the address of the cloud."""
        found = ResolveResult(
            hostname=host,
            host="127.0.0.1",
            port=self._port,
            family=AF_INET,
            proto=0,
            flags=0,
        )
        return [found]

    @override
    async def close(self) -> None:
        """Release nothing."""
