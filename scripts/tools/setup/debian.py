"""Packages of a newer Debian, unpacked into a folder without changing the system."""

from collections.abc import Iterator, Sequence
from pathlib import Path
import re
from tempfile import TemporaryDirectory

from .programs import SetupError, output_of, run

SUITE = "forky"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


def unpack(packages: Sequence[str], target: Path) -> None:
    """Unpack Debian packages below a folder."""
    for archive in _archives():
        with TemporaryDirectory(prefix="growatt-openapi-apt-") as temporary:
            work = Path(temporary)
            options = _private_apt(work, archive)
            downloads = work / "downloads"
            try:
                run("apt-get", *options, "update", quiet=True)
                run("apt-get", *options, "download", *packages, cwd=downloads)
            except SetupError:
                continue
            for package in downloads.glob("*.deb"):
                run("dpkg", "-x", package, target)
            return
    raise SetupError(f"None of the configured apt archives contains Debian's {SUITE}")


def _archives() -> Iterator[str]:
    """Yield the archives from apt's configuration, except those of security updates."""
    listed = output_of("apt-get", "update", "--print-uris")
    found = re.findall(r"^'(\S+?)/dists/", listed or "", re.MULTILINE)
    yield from dict.fromkeys(url for url in found if "security" not in url)


def _private_apt(work: Path, archive: str) -> list[str]:
    """Return the options that keep apt-get inside a folder, with one source."""
    for folder in ("lists/partial", "cache/archives/partial", "sources", "downloads"):
        (work / folder).mkdir(parents=True)
    (work / "sources" / "debian.sources").write_text(
        f"Types: deb\nURIs: {archive}\nSuites: {SUITE}\n"
        f"Components: main\nSigned-By: {KEYRING}\n"
    )
    settings = {
        "Dir::State::Lists": work / "lists",
        "Dir::State::status": "/dev/null",
        "Dir::Cache": work / "cache",
        "Dir::Etc::SourceList": "/dev/null",
        "Dir::Etc::SourceParts": work / "sources",
        "Acquire::Languages": "none",
        "Acquire::Check-Valid-Until": "false",
        "APT::Sandbox::User": "",
    }
    return ["-qq", *(f"-o{name}={value}" for name, value in settings.items())]
