"""Virtual environments of this repository, made anew when their requirements change."""

from dataclasses import dataclass
import hashlib
from pathlib import Path
import shutil

from .installers import uv
from .interpreters import find_python
from .programs import output_of, run, say

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Environment:
    """A virtual environment, and its requirements."""

    folder: str
    requirements: str
    python: str
    compiled: str | None = None  # optional packages that need a C++ compiler

    def make(self) -> None:
        """Make it, unless it is up to date."""
        folder = ROOT / self.folder
        stamp = folder / "made-from"
        wanted = self._digest()
        if stamp.exists() and stamp.read_text() == wanted and self._runs():
            return
        say(f"Making {self.folder}")
        python = find_python(self.python)
        run(uv(), "venv", "--quiet", "--clear", "--python", python, folder)
        self._install(self.requirements)
        if self.compiled and shutil.which("c++"):
            self._install(self.compiled)
        stamp.write_text(wanted)
        say(f"{self.folder} is ready")

    def _install(self, requirements: str) -> None:
        """Install the packages of a requirements file."""
        python = ROOT / self.folder / "bin" / "python"
        run(
            *(uv(), "pip", "install", "--python", python),
            *("--requirements", ROOT / requirements),
        )

    def _digest(self) -> str:
        """Return a fingerprint of the requirements."""
        files = [name for name in (self.requirements, self.compiled) if name]
        contents = [(ROOT / name).read_bytes() for name in files]
        return hashlib.sha256(b"".join([self.python.encode(), *contents])).hexdigest()

    def _runs(self) -> bool:
        """Return whether the interpreter of the environment still works."""
        return output_of(ROOT / self.folder / "bin" / "python", "--version") is not None


NEWEST = ">=3.14.2,<3.15"
VOICE = "requirements_voice.txt"
ENVIRONMENTS = {
    "test": Environment(".venv", "requirements_test.txt", NEWEST, VOICE),
    "compat": Environment(".venv-compat", "requirements_compat.txt", NEWEST, VOICE),
    "interop": Environment(".venv-interop", "requirements_interop.txt", ">=3.11,<3.14"),
}
