"""Task: the parameters of a measurement in a process of its own."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An integration to run, with its account, simulator and start."""

    domain: str
    house: str
    count: int
    zone: int
    """Hours ahead of UTC of plants and Home Assistant."""
    url: str
    token: str = field(repr=False)
    folder: Path
    """Folder of Home Assistant's files."""
    start: datetime
    delay: float
    """Seconds that each answer takes."""
