"""Cloud: the simulator in a process of its own, controlled by the measured program."""

from datetime import datetime
from http.client import HTTPConnection
import json
from typing import Any
from urllib.parse import urlsplit

from ..figures import Asked

TOO_OFTEN = frozenset({10012, 100, 102})


class Cloud:
    """Sets the clock of the simulator, and reads its record of requests.

    It blocks until the answer: the event loop is what is measured.
    """

    def __init__(self, url: str) -> None:
        """Initialize with the address of the simulator."""
        self._connection = HTTPConnection(urlsplit(url).netloc)
        self._seen = self._turns = 0

    def set_clock(self, moment: datetime) -> None:
        """Set the clock of the cloud."""
        self._ask("POST", "clock", set=moment.isoformat())

    def skip(self, seconds: float) -> None:
        """Move the clock of the cloud ahead."""
        self._ask("POST", "clock", shift=seconds)

    def delay(self, seconds: float) -> None:
        """Delay each answer."""
        self._ask("POST", "faults", kind="silence", seconds=seconds)

    def disable_limits(self) -> None:
        """Accept equal requests at any time."""
        self._ask("POST", "faults", kind="limits", kept=False)

    def asked(self) -> Asked:
        """Return the requests since the last call."""
        requests = self._ask("GET", "requests")
        new = requests[self._seen :]
        turns = max((request["turn"] for request in requests), default=0)
        asked = Asked(
            requests=len(new),
            refused=sum(request["code"] in TOO_OFTEN for request in new),
            turns=turns - self._turns,
        )
        self._seen, self._turns = len(requests), turns
        return asked

    def _ask(self, verb: str, path: str, **options: Any) -> Any:
        """Return the answer of a control endpoint."""
        body = json.dumps(options) if options else None
        self._connection.request(verb, f"/_simulator/{path}", body)
        return json.load(self._connection.getresponse())
