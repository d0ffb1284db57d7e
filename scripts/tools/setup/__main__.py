"""Command line of the set-up: python3 -m scripts.tools.setup [ENVIRONMENT ...]."""

import argparse
import fcntl
import sys

from .environments import ENVIRONMENTS
from .programs import CACHE, SetupError, say


def main() -> int:
    """Create virtual environments, one setup at a time."""
    parser = argparse.ArgumentParser(prog="scripts/setup", description=main.__doc__)
    parser.add_argument("environment", nargs="+", choices=ENVIRONMENTS)
    names = parser.parse_args().environment
    CACHE.mkdir(parents=True, exist_ok=True)
    try:
        with (CACHE / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for name in names:
                ENVIRONMENTS[name].make()
    except SetupError as err:
        say(str(err))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
