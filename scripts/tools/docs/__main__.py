"""Runs the writer of the pages."""

from . import write

write()
