"""The client as a package of its own."""

from pathlib import Path
import subprocess
import sys

from custom_components.growatt_openapi import api

PROGRAM = """
import sys
sys.modules["homeassistant"] = None
sys.path.insert(0, sys.argv[1])
import api
print(*sorted(api.__all__))
"""


def test_needs_no_home_assistant() -> None:
    """Test that the client can be used where there is no Home Assistant."""
    package = Path(api.__file__).parent
    command = [sys.executable, "-c", PROGRAM, str(package.parent)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own program

    assert printed.stdout.split() == sorted(api.__all__)
