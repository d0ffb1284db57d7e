"""Terminal output of the demo."""

from collections.abc import Iterable
import sys

from rich.console import Console
from rich.table import Table

from .readings import Reading, same
from .simulated import Truth

WIDTH_OF_A_LOG = 110
CONSOLE = Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_LOG)


def print_readings(readings: Iterable[Reading], truths: list[Truth]) -> None:
    """Print each device with its values, next to the true values if known."""
    table = Table()
    headings = ["Device", "Entity", "Value", "Unit", "Truth"]
    for heading in headings if truths else headings[:-1]:
        table.add_column(heading, overflow="fold")
    last = None
    for reading in readings:
        if reading.device is not last:
            table.add_section()
        cells = [
            reading.device.name if reading.device is not last else "",
            reading.name,
        ]
        cells += [reading.state, reading.unit]
        if truths:
            cells.append(_beside(reading, truths))
        table.add_row(*cells)
        last = reading.device
    CONSOLE.print(table)


def _beside(reading: Reading, truths: list[Truth]) -> str:
    """Return the true value, in red where it differs."""
    if (truth := reading.true_value(truths)) is None:
        return ""
    return f"{truth}" if same(reading.state, truth) else f"[red]{truth}[/]"
