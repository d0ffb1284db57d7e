"""Plot of the figures, both integrations side by side."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .rows import AGE, COUNTS, DEVICES, PROCESSOR, REQUESTS, SET_UP, Row
from .table import number

OURS: Final = "#1b7f5c"
THEIRS: Final = "#aeb6bf"
INK: Final = "#24292f"
HEIGHT: Final = 0.38
GROUPS: Final = len(COUNTS)
TITLES: Final = {
    REQUESTS: REQUESTS,
    SET_UP: SET_UP,
    PROCESSOR: PROCESSOR,
    AGE: "Age that polling adds to the values",
}


def draw(path: Path, accounts: Mapping[int, list[Row]], day: list[Row]) -> None:
    """Draw the picture into a file."""
    by_account = {f"{count} MIN": rows for count, rows in accounts.items()}
    with mpl.rc_context({"font.size": 12, "text.color": INK}):
        picture = Figure(figsize=(10, 6.2), dpi=160, facecolor="white")
        axes = picture.subplots(2, 2).flat
        for panel, (what, title) in zip(axes, TITLES.items(), strict=True):
            groups = {"1 MIN, a day": day} if what == AGE else by_account
            found = {
                group: row
                for group, rows in groups.items()
                for row in rows
                if row.what == what
            }
            _draw_bars(panel, title, found)
        handles, labels = picture.axes[0].get_legend_handles_labels()
        picture.legend(handles, labels, loc="upper center", ncols=2, frameon=False)
        picture.text(0.02, 0.02, "  ".join(_notes(accounts)), fontsize=10)
        picture.tight_layout(rect=(0, 0.04, 1, 0.94), h_pad=2, w_pad=2)
        picture.savefig(path)


def _notes(accounts: Mapping[int, list[Row]]) -> Iterator[str]:
    """Yield the notes below the bars."""
    yield "Each response takes 150 ms."
    for count, rows in accounts.items():
        for row in rows:
            if row.what == DEVICES and row.theirs and row.theirs < row.ours:
                shown = number(row.theirs)
                yield f"Of {count} MIN, the built-in integration shows {shown}."


def _draw_bars(panel: Axes, title: str, rows: Mapping[str, Row]) -> None:
    """Draw two bars for each row, one below the other, with their figures."""
    panel.set_title(title, loc="left", fontweight="bold", fontsize=12)
    places = range(len(rows))
    largest = max(max(row.ours, row.theirs or 0) for row in rows.values())
    for label, color, shift, values in (
        ("This integration", OURS, -HEIGHT / 2, [row.ours for row in rows.values()]),
        (
            "Built-in integration",
            THEIRS,
            HEIGHT / 2,
            [row.theirs or 0 for row in rows.values()],
        ),
    ):
        bars = panel.barh(
            [place + shift for place in places],
            values,
            height=HEIGHT,
            color=color,
            label=label,
        )
        texts = [
            number(value, row.unit)
            for value, row in zip(values, rows.values(), strict=True)
        ]
        panel.bar_label(bars, texts, padding=4)
    panel.set_yticks(list(places), list(rows))
    panel.set_xlim(0, largest * 1.2)
    panel.set_ylim(GROUPS - 0.4, -0.6)
    panel.set_xticks([])
    panel.tick_params(length=0, labelcolor=INK)
    panel.spines[:].set_visible(False)
