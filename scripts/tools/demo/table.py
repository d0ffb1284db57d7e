"""Table of the readings in the terminal."""

from collections.abc import Iterable

from rich.table import Table

from ..harness.console import CONSOLE
from ..harness.readings import Reading, same
from ..harness.simulator import Truth


def print_readings(readings: Iterable[Reading], truths: list[Truth]) -> None:
    """Print each device with its values, and the expected ones where they are known."""
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
            cells.append(_expected(reading, truths))
        table.add_row(*cells)
        last = reading.device
    CONSOLE.print(table)


def _expected(reading: Reading, truths: list[Truth]) -> str:
    """Return the expected value, in red if it differs."""
    if (truth := reading.true_value(truths)) is None:
        return ""
    return f"{truth}" if same(reading.state, truth) else f"[red]{truth}[/]"
