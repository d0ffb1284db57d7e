"""Terminal output of a soak test."""

import sys

from rich.console import Console
from rich.table import Table

from .verdict import Compared, Verdict

WIDTH_OF_A_LOG = 120
CONSOLE = Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_LOG)
HEADINGS = (
    "Thing",
    "Counter",
    "Uploaded",
    "Returned",
    "Counted",
    "Deviation",
    "%",
    "Ahead",
    "Drop",
)
TEXTS = 2
"""Number of leading columns that contain text."""


def print_verdict(verdict: Verdict) -> None:
    """Print the results of a soak test."""
    _print_counters(verdict.compared)
    print("In kWh. Returned: in correct responses. Ahead: counted before uploaded.")
    print(f"Requests: {verdict.requests}, too early: {verdict.refused} (goal: 0)")
    print(
        f"Restarts: {verdict.restarts}, of which crashes: {verdict.kills}; "
        f"requests too early after a crash: {verdict.refused_after_kill}"
    )
    print(f"Entities lost: {len(verdict.lost)} (goal: 0)", *verdict.lost)
    print(f"Entities of replaced devices: {len(verdict.replaced)}")
    print(
        f"Log lines: {sum(verdict.lines.values())}, of which unexpected:",
        sum(verdict.unexpected.values()),
    )
    for line, times in verdict.unexpected.items():
        print(f"  {times} x {line[:WIDTH_OF_A_LOG]}")
    print("All goals are met." if verdict.is_good else "Some goals are NOT met.")


def _print_counters(compared: list[Compared]) -> None:
    """Print counters next to their true values."""
    table = Table()
    for number, heading in enumerate((*HEADINGS, "Since")):
        is_number = TEXTS <= number < len(HEADINGS)
        table.add_column(heading, justify="right" if is_number else "left")
    last = None
    for row in compared:
        if row.counter.thing != last:
            table.add_section()
        cells = [row.counter.thing if row.counter.thing != last else ""]
        last = row.counter.thing
        numbers = (row.true, row.told, row.counted, row.off, row.percent)
        cells += [row.counter.key, *(f"{number:.1f}" for number in numbers)]
        cells += [f"{row.ahead:.1f}", f"{row.fall:.1f}"]
        cells.append(f"{row.when:%m-%d %H}" if row.when else "")
        table.add_row(*cells, style=None if row.is_exact else "red")
    CONSOLE.print(table)
