"""What can go wrong on the way to Growatt, one class for each cause."""

from typing import ClassVar, Final


class GrowattError(Exception):
    """A request that did not bring what was asked for."""

    cause: ClassVar[str] = "failed"

    def __init__(
        self, endpoint: str, code: int | None = None, reason: object = None
    ) -> None:
        """Initialize the error with the endpoint's path and the code it answered.

        Of a reason only the type is kept; its text may hold an address with a serial.
        """
        self.endpoint = endpoint
        self.code = code
        detail = f"code {code}" if code is not None else type(reason).__name__
        known = code is not None or reason is not None
        super().__init__(
            f"{endpoint}: {self.cause}" + (f" ({detail})" if known else "")
        )


class GrowattConnectionError(GrowattError):
    """Growatt could not be reached."""

    cause = "no connection"


class GrowattTimeoutError(GrowattConnectionError):
    """Growatt did not answer in time."""

    cause = "no answer in time"


class GrowattAnswerError(GrowattError):
    """Growatt answered something that is not the answer, for example a web page."""

    cause = "unexpected answer"


class GrowattNoPlantsError(GrowattError):
    """The server knows the token, but shows no plants."""

    cause = "no plants"


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


# What says no for good, as far as one device or endpoint goes.
REFUSALS: Final = (GrowattInputError, GrowattNotFoundError, GrowattPermissionError)
