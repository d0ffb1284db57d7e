"""Console of the commands, with a fixed width in a log."""

import sys

from rich.console import Console

WIDTH_OF_A_LOG = 110
CONSOLE = Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_LOG)
