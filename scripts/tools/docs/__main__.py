"""Command line of the docs: python -m scripts.tools.docs."""

from . import write

write()
