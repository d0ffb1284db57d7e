"""A short soak: days of trouble around the end of summer time, with restarts."""

import asyncio
from pathlib import Path
import sys

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("2", "85"), id="a house"),
        pytest.param(("2", "2", "--home", "hybrid", "--zone", "-5"), id="far away"),
    ],
)
async def test_short_soak(arguments: tuple[str, ...]) -> None:
    """Test that statistics are exact, nothing is lost, and nothing asked too early."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "scripts.tools.soak", *arguments),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0, printed.decode()
    assert "All goals are met." in printed.decode()
