"""Interpreters: finds, downloads or unpacks a Python that is new enough."""

import os
from pathlib import Path
import shutil

from . import debian
from .installers import patchelf, uv
from .programs import CACHE, SetupError, output_of, run, say

DEBIAN_VERSION = "3.14"
DEBIAN_PYTHON = CACHE / f"debian-python{DEBIAN_VERSION}"
DEBIAN_PACKAGES = (
    f"python{DEBIAN_VERSION}",
    f"python{DEBIAN_VERSION}-minimal",
    f"libpython{DEBIAN_VERSION}-minimal",
    f"libpython{DEBIAN_VERSION}-stdlib",
    f"libpython{DEBIAN_VERSION}-dev",
    "libbz2-1.0",
    "libc6",
    "libexpat1",
    "libffi8",
    "libgcc-s1",
    "liblzma5",
    "libncursesw6",
    "libreadline8t64",
    "libsqlite3-0",
    "libssl3t64",
    "libstdc++6",
    "libtinfo6",
    "libuuid1",
    "libzstd1",
    "zlib1g",
)
# Extension modules from wheels expect these, and look for them in the executable first.
DEBIAN_LIBRARIES = ("libm.so.6", "libresolv.so.2", "libstdc++.so.6")


def find_python(wanted: str) -> Path:
    """Return a Python in a range of versions: present, downloaded, or Debian's."""
    if found := _present(wanted):
        return found
    say(f"Downloading Python {wanted}")
    if output_of(uv(), "python", "install", wanted) and (found := _present(wanted)):
        return found
    if shutil.which("apt-get"):
        say(f"Can't reach a download host; unpacking Debian's Python {DEBIAN_VERSION}")
        _unpack_debian_python()
        if found := _present(wanted):
            return found
    raise SetupError(
        f"Python {wanted} is missing: install it, for instance with"
        f' "uv python install {DEBIAN_VERSION}", then start again'
    )


def _present(wanted: str) -> Path | None:
    """Return a Python from the path, from uv, or from an earlier run."""
    path = os.pathsep.join([os.environ["PATH"], str(DEBIAN_PYTHON / "usr" / "bin")])
    found = output_of(
        *("env", f"PATH={path}"),
        *(uv(), "python", "find", "--system", "--no-project"),
        *("--no-python-downloads", wanted),
    )
    return Path(found) if found else None


def _unpack_debian_python() -> None:
    """Unpack Debian's Python with its C library, and link it to its folder."""
    partial = DEBIAN_PYTHON.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    debian.unpack(DEBIAN_PACKAGES, partial)
    libraries = next((partial / "usr" / "lib").glob("*-linux-gnu*"))
    loader = next(libraries.glob("ld-linux*.so.*"))
    final = DEBIAN_PYTHON / libraries.relative_to(partial)
    needed = [
        part for library in DEBIAN_LIBRARIES for part in ("--add-needed", library)
    ]
    run(
        patchelf(),
        *("--set-interpreter", final / loader.name),
        *("--force-rpath", "--set-rpath", final),
        *needed,
        partial / "usr" / "bin" / f"python{DEBIAN_VERSION}",
    )
    # Packages that compile look for pyconfig.h through this folder.
    headers = partial / "usr" / "include" / f"python{DEBIAN_VERSION}" / libraries.name
    headers.symlink_to(f"../{libraries.name}")
    partial.rename(DEBIAN_PYTHON)
