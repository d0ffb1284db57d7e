"""What can go wrong on the way to Growatt, one class for each cause."""

from typing import ClassVar


class GrowattError(Exception):
    """A request that did not bring what was asked for."""

    cause: ClassVar[str] = "failed"

    def __init__(self, endpoint: str, code: int | None = None) -> None:
        """Initialize the error with the endpoint's path and the code it answered."""
        self.endpoint = endpoint
        self.code = code
        detail = self.cause if code is None else f"{self.cause} (code {code})"
        super().__init__(f"{endpoint}: {detail}")


class GrowattConnectionError(GrowattError):
    """Growatt could not be reached."""

    cause = "no connection"


class GrowattTimeoutError(GrowattConnectionError):
    """Growatt did not answer in time."""

    cause = "no answer in time"


class GrowattAnswerError(GrowattError):
    """Growatt answered something that is not the answer, for example a web page."""

    cause = "unexpected answer"


class GrowattRateLimitError(GrowattError):
    """Growatt was asked too often."""

    cause = "asked too often"

    def __init__(self, endpoint: str, code: int | None, retry_after: float) -> None:
        """Initialize the error with the seconds to wait before asking again."""
        super().__init__(endpoint, code)
        self.retry_after = retry_after


class GrowattTokenError(GrowattError):
    """The server does not know the token."""

    cause = "token refused"


class GrowattPermissionError(GrowattError):
    """The token may not do this, or not with this device."""

    cause = "not permitted"


class GrowattHostError(GrowattError):
    """The server was retired; the account lives behind another address."""

    cause = "address retired"


class GrowattNotFoundError(GrowattError):
    """There is no such plant or device."""

    cause = "not found"


class GrowattInputError(GrowattError):
    """Growatt refused a parameter."""

    cause = "parameter refused"
