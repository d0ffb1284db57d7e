"""Imports of the client: `api` alone, as a library would be used."""

from pathlib import Path
import subprocess
import sys

from custom_components.growatt_openapi import api

WITHOUT_HOME_ASSISTANT = """
import sys
sys.modules["homeassistant"] = None
sys.path.insert(0, sys.argv[1])
import api
print(api.GrowattClient.__name__)
"""


def test_api_needs_no_home_assistant() -> None:
    """Test that the client can be imported where Home Assistant is not."""
    integration = Path(api.__file__).parents[1]
    done = subprocess.run(  # noqa: S603 - this interpreter, with fixed arguments
        [sys.executable, "-c", WITHOUT_HOME_ASSISTANT, str(integration)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("GrowattClient\n", "")
