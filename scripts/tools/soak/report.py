"""Report of a soak in the terminal."""

import sys

from rich.console import Console
from rich.table import Table

from .verdict import Compared, Verdict

WIDTH_OF_A_LOG = 120
CONSOLE = Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_LOG)
HEADINGS = (
    *("Owner", "Counter", "Uploaded", "Answered", "Counted"),
    *("Off", "%", "Ahead", "Fall"),
)
TEXTS = 2
"""Number of columns with texts, before those with numbers."""


def print_verdict(verdict: Verdict) -> None:
    """Print the verdict of a soak."""
    _print_counters(verdict.compared)
    print("Answered: in answers without a fault. Ahead: counted before the upload.")
    print(f"Requests: {verdict.requests}, refused: {verdict.refused} (goal: 0)")
    print(
        f"Restarts: {verdict.restarts}, of which crashes: {verdict.kills}; "
        f"refused after a kill: {verdict.refused_after_kill}"
    )
    print(f"Entities lost: {len(verdict.lost)} (goal: 0)", *verdict.lost)
    print(f"Entities of replaced owners: {len(verdict.replaced)}")
    print(
        f"Log lines: {sum(verdict.lines.values())}, of these unexpected:",
        sum(verdict.unexpected.values()),
    )
    for line, times in verdict.unexpected.items():
        print(f"  {times} x {line[:WIDTH_OF_A_LOG]}")
    print("All goals are met." if verdict.is_good else "Some goals are NOT met.")


def _print_counters(compared: list[Compared]) -> None:
    """Print counters beside their expected totals."""
    table = Table()
    for number, heading in enumerate((*HEADINGS, "Since")):
        is_number = TEXTS <= number < len(HEADINGS)
        table.add_column(heading, justify="right" if is_number else "left")
    last = None
    for row in compared:
        counter = row.counter
        if counter.owner != last:
            table.add_section()
        cells = [counter.owner if counter.owner != last else "", counter.key]
        last = counter.owner
        numbers = (row.uploaded, row.answered, row.counted, row.off, row.percent)
        cells += [f"{number:.1f}" for number in (*numbers, row.ahead, row.fall)]
        cells.append(f"{row.when:%m-%d %H}" if row.when else "")
        table.add_row(*cells, style=None if row.is_exact else "red")
    CONSOLE.print(table)
