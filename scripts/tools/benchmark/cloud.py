"""The simulated cloud as the measured program sees it: in a process of its own."""

from datetime import datetime
from http.client import HTTPConnection
import json
from typing import Any
from urllib.parse import urlsplit

from .figures import Asked

TOO_OFTEN = frozenset({10012, 100, 102})


class Cloud:
    """Tells the simulator what time it is, and asks it what it was asked.

    It waits for the answer on the spot: the event loop is what is measured.
    """

    def __init__(self, url: str) -> None:
        """Initialize with the address of the simulator."""
        self._connection = HTTPConnection(urlsplit(url).netloc)
        self._seen = self._turns = 0

    def set_clock(self, moment: datetime) -> None:
        """Set the clock of the cloud."""
        self._ask("POST", "clock", set=moment.isoformat())

    def leap(self, seconds: float) -> None:
        """Move the clock of the cloud ahead."""
        self._ask("POST", "clock", shift=seconds)

    def delay(self, seconds: float) -> None:
        """Let each answer take so long."""
        self._ask("POST", "faults", kind="silence", seconds=seconds)

    def forget_limits(self) -> None:
        """Let the same be asked at any time."""
        self._ask("POST", "faults", kind="limits", kept=False)

    def asked(self) -> Asked:
        """Return what was asked and answered since this was last called."""
        requests = self._ask("GET", "requests")
        new = requests[self._seen :]
        turns = max((one["turn"] for one in requests), default=0)
        asked = Asked(
            requests=len(new),
            refused=sum(one["code"] in TOO_OFTEN for one in new),
            turns=turns - self._turns,
        )
        self._seen, self._turns = len(requests), turns
        return asked

    def _ask(self, verb: str, what: str, **options: Any) -> Any:
        """Return the answer to an order."""
        body = json.dumps(options) if options else None
        self._connection.request(verb, f"/_simulator/{what}", body)
        return json.load(self._connection.getresponse())
