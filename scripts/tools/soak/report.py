"""What a soak shows in the terminal."""

import sys

from rich.console import Console
from rich.table import Table

from .verdict import Compared, Verdict

WIDTH_OF_A_LOG = 120
CONSOLE = Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_LOG)
HEADINGS = ("Thing", "Counter", "True", "Told", "Counted", "Off", "%", "Ahead", "Fall")
TEXTS = 2
"""The first columns hold texts, the others numbers."""


def print_verdict(verdict: Verdict) -> None:
    """Print all that came of a soak."""
    _print_counters(verdict.compared)
    print("True: uploaded. Told: in right answers. Ahead: counted before it was true.")
    print(f"Requests: {verdict.requests}, asked too early: {verdict.refused} (goal 0)")
    print(
        f"Restarts: {verdict.restarts}, of these killed: {verdict.kills}; then asked "
        f"too early, for what was not saved: {verdict.refused_after_kill}"
    )
    print(f"Entities lost: {len(verdict.lost)} (goal 0)", *verdict.lost)
    print(f"Entities of things that were replaced: {len(verdict.replaced)}")
    print(f"Log lines: {sum(verdict.lines.values())}, of these not about a fault:")
    for line, times in verdict.unexpected.items() or {"none": 0}.items():
        print(f"  {times} x {line[:WIDTH_OF_A_LOG]}")
    print("All goals are met." if verdict.is_good else "NOT all goals are met.")


def _print_counters(compared: list[Compared]) -> None:
    """Print counters beside their truth."""
    table = Table()
    for number, heading in enumerate((*HEADINGS, "Since")):
        is_number = TEXTS <= number < len(HEADINGS)
        table.add_column(heading, justify="right" if is_number else "left")
    last = None
    for one in compared:
        if one.counter.thing != last:
            table.add_section()
        cells = [one.counter.thing if one.counter.thing != last else ""]
        last = one.counter.thing
        numbers = (one.true, one.told, one.counted, one.off, one.percent)
        cells += [one.counter.key, *(f"{number:.1f}" for number in numbers)]
        cells += [f"{one.ahead:.1f}", f"{one.fall:.1f}"]
        cells.append(f"{one.when:%m-%d %H}" if one.when else "")
        table.add_row(*cells, style=None if one.is_exact else "red")
    CONSOLE.print(table)
