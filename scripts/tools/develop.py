"""Configuration of scripts/develop."""

from pathlib import Path
import sys

from .harness.home_assistant import configure, local_zone

PORT = 8123


def main(folder: Path) -> None:
    """Write the configuration, unless it exists."""
    if not folder.exists():
        configure(folder, local_zone(), PORT)
        print(f"Home Assistant will be available at http://127.0.0.1:{PORT}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
