"""Page `docs/benchmark.md`: the text of `page.md` with the figures of a run."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template
from typing import Final

from ..figures import Block
from .results import Results
from .rows import (
    DEVICES,
    LOOP,
    MEMORY,
    MILLI,
    PROCESSOR,
    REQUESTS,
    REQUESTS_TO_SET_UP,
    SESSIONS,
    SET_UP,
    THREADS,
    TURNS,
    Row,
)
from .table import HEADINGS, cells, markdown, number

TEXT: Final = Path(__file__).with_name("page.md")
COMPARED: Final = (
    *(REQUESTS_TO_SET_UP, TURNS, SET_UP, REQUESTS),
    *(LOOP, PROCESSOR, THREADS, SESSIONS, MEMORY),
)


def page(results: Results) -> str:
    """Return the page with all figures."""
    return Template(TEXT.read_text("utf-8")).substitute(
        ratios="\n".join(_ratios(results)),
        sentences="\n".join(_sentences(results)),
        figures="\n".join(_figures(results)).strip(),
    )


def _ratios(results: Results) -> Iterator[str]:
    """Yield the lines of the table of the ratios."""
    columns = {f"{count} MIN": rows for count, rows in results.rows.items()}
    table = [
        (what, *(_ratio(_row(what, rows)) for rows in columns.values()))
        for what in COMPARED
    ]
    return markdown(("", *columns), table)


def _row(what: str, rows: Sequence[Row]) -> Row:
    """Return the row of a figure."""
    return next(row for row in rows if row.what == what)


def _ratio(row: Row) -> str:
    """Return the ratio of Home Assistant's own to this integration."""
    if row.ratio is None:
        return f"{number(row.theirs)} vs. {number(row.ours)}"
    return number(row.ratio)


def _sentences(results: Results) -> Iterator[str]:
    """Yield the sentences beside the tables."""
    for count, rows in results.rows.items():
        shown = _row(DEVICES, rows)
        if shown.theirs and shown.theirs < shown.ours:
            yield (
                f"- **{count} MIN:** the built-in integration shows "
                f"{number(shown.theirs)} of them."
            )
    if results.restart:
        mine, other = results.restart.ours, results.restart.theirs
        yield (
            "- **Restart a minute after set-up:** "
            f"{mine.span.asked.requests} requests and {mine.states} states restored; "
            "with the built-in integration, "
            f"{other.span.asked.requests} and {other.states}."
        )
    if results.day:
        ours, theirs = results.day.ours, results.day.theirs
        yield (
            f"- **Age that polling adds:** {number(ours.mean)} s with "
            f"{number(ours.requests)} requests a day; with the built-in integration, "
            f"{number(theirs.mean)} s with {number(theirs.requests)}."
        )


def _figures(results: Results) -> Iterator[str]:
    """Yield the lines of the tables of all figures."""
    for heading, rows in results.sections():
        yield from (f"### {heading}", "")
        yield from markdown(HEADINGS, map(cells, rows))
        yield ""
    if park := results.park:
        yield "The longest blocks with 1,000 MIN:"
        yield ""
        yield f"- during set-up: {_block(park.set_up.cost.longest)}"
        yield f"- during a refresh: {_block(park.refresh.cost.longest)}"


def _block(block: Block) -> str:
    """Return the name and the durations of a block."""
    return (
        f"`{block.what}`, {number(round(block.work * MILLI))} ms, plus "
        f"{number(round(block.collecting * MILLI))} ms of garbage collection"
    )
