"""Child programs of the set-up, and its progress output."""

import os
from pathlib import Path
import subprocess

CACHE = (
    Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    / "growatt-openapi-setup"
)


class SetupError(Exception):
    """An error that ends the set-up, in words for the user."""


def say(text: str) -> None:
    """Print one line of progress."""
    print(f"[setup] {text}", flush=True)


def run(*command: str | Path, cwd: Path | None = None, quiet: bool = False) -> None:
    """Run a program, and raise SetupError with the end of its output if it fails."""
    output = subprocess.PIPE if quiet else None
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        stdout=output,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if result.returncode:
        ending = (result.stdout or "").strip().splitlines()[-3:]
        raise SetupError("\n  ".join([f"{command[0]} failed", *ending]))


def output_of(*command: str | Path) -> str | None:
    """Return the output of a program, or None if it is missing or fails."""
    try:
        result = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return result.stdout.strip()
