"""Tables of the rows: on the console, and in Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table

from .rows import Goal, Row

HEADINGS: Final = (
    "Figure",
    "This integration",
    "Built-in integration",
    "Ratio",
    "Goal",
)
TENTHS_BELOW: Final = 10

type Section = tuple[str, list[Row]]


def number(value: float | None, unit: str = "") -> str:
    """Return a number with two digits or more, and its unit; nothing for None."""
    if value is None:
        return ""
    whole = value == round(value) or abs(value) >= TENTHS_BELOW
    text = f"{value:,.0f}" if whole else f"{value:.2g}"
    return f"{text} {unit}".strip()


def judged(goal: Goal | None) -> str:
    """Return a goal with its outcome."""
    return f"{goal.text}: {'met' if goal.met else 'missed'}" if goal else ""


def cells(row: Row) -> tuple[str, ...]:
    """Return the cells of a row."""
    return (
        row.what,
        number(row.ours, row.unit),
        number(row.theirs, row.unit),
        number(row.ratio),
        judged(row.goal),
    )


def show(console: Console, sections: Iterable[Section]) -> None:
    """Print all rows, each part below its heading."""
    table = Table()
    for heading in HEADINGS:
        words = heading in {HEADINGS[0], HEADINGS[-1]}
        table.add_column(
            heading,
            justify="left" if words else "right",
            no_wrap=heading != HEADINGS[-1],
        )
    for heading, rows in sections:
        table.add_section()
        table.add_row(f"[bold]{heading}[/]")
        for row in rows:
            style = "red" if row.goal and not row.goal.met else None
            table.add_row(*cells(row), style=style)
    console.print(table)


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown, numbers to the right."""
    yield _line(headings)
    yield _line(["---", *["--:"] * (len(headings) - 1)])
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[str]) -> str:
    """Return a line of a table in Markdown."""
    return f"| {' | '.join(cells)} |"
