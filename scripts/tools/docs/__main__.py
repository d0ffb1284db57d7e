"""Command line of the docs generator."""

from . import write

write()
