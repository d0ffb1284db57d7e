"""Docs: pages about families and entities, written from the catalog."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from . import entities, families

ROOT: Final = Path(__file__).parents[3]


def pages() -> Mapping[str, str]:
    """Return the content of each generated page, by its path."""
    tables = {
        name: families.renewed((ROOT / name).read_text("utf-8"), table)
        for name, table in (
            ("README.md", families.short_table()),
            ("docs/devices.md", families.table()),
        )
    }
    return {"docs/entities.md": entities.page(), **tables}


def write() -> None:
    """Write all generated pages."""
    for name, text in pages().items():
        (ROOT / name).write_text(text, "utf-8")
