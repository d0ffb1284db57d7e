"""Command line of the benchmark: python -m scripts.tools.benchmark --help."""

from argparse import ArgumentParser
import asyncio
from pathlib import Path
import sys

from ..harness.console import CONSOLE
from ..harness.processes import HarnessError
from .parts import PARTS, measure
from .report.page import page
from .report.results import Results
from .report.table import show

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "benchmark.md"
PICTURE = ROOT / "docs" / "images" / "benchmark.png"


def main() -> int:
    """Run the benchmark, and return its exit code."""
    parser = ArgumentParser(
        prog="scripts/benchmark",
        description="Compare this integration with the built-in integration.",
    )
    parser.add_argument(
        "--only",
        choices=PARTS,
        action="append",
        help="run only this part and print it, without writing docs/; can be repeated",
    )
    only = parser.parse_args().only
    try:
        results = asyncio.run(measure(only or PARTS, CONSOLE.print))
    except HarnessError as err:
        CONSOLE.print(str(err), style="red", markup=False)
        return 1
    show(CONSOLE, results.sections())
    if not only:
        _write(results)
    return 0


def _write(results: Results) -> None:
    """Write the page and its picture."""
    # The measured processes load this file too, and have to stay light.
    from .report.plot import draw  # noqa: PLC0415 - only where it draws

    PAGE.write_text(page(results), "utf-8")
    draw(PICTURE, results.rows, results.day_rows)
    CONSOLE.print(
        f"{PAGE.relative_to(ROOT)} and {PICTURE.relative_to(ROOT)} were written"
    )


if __name__ == "__main__":
    sys.exit(main())
