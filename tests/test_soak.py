"""Two days of trouble, of which `scripts/soak` can make a month."""

from pathlib import Path
import subprocess
import sys

import pytest

ROOT = Path(__file__).parents[1]
EVENTFUL_SEED = 85


@pytest.mark.timeout(300)
def test_two_days() -> None:
    """Test that statistics are true, that nothing is lost, asked early or complained of.

    In the second night summer time ends, in Home Assistant and not in the plant.
    """
    command = (sys.executable, "-m", "scripts.tools.soak", "2", str(EVENTFUL_SEED))
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for mishap in ("stale day", "killed", "spike", "zeros", "html", "new logger"):
        assert mishap in done.stdout
