"""Errors of the client, one class for each cause."""

from typing import ClassVar, Final


class GrowattError(Exception):
    """A request that did not bring what was asked for."""

    cause: ClassVar[str] = "failed"
    parameter: str | None = None
    """Growatt's name of the parameter a refusal is about, where the code tells."""

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


class GrowattUnreachableError(GrowattConnectionError):
    """The server was not reached, so it got nothing of the request."""

    cause = "server not reached"


class GrowattTimeoutError(GrowattConnectionError):
    """Growatt did not answer in time."""

    cause = "no answer in time"


class GrowattAnswerError(GrowattError):
    """Growatt answered something that is not the answer, for example a web page."""

    cause = "unexpected answer"


class GrowattUncertainError(GrowattError):
    """Growatt got what it should do, but did not say whether it did."""

    cause = "unknown whether it was done"


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
    """There is no such user, plant, data logger or device."""

    cause = "not found"


class GrowattInputError(GrowattError):
    """Growatt refused a parameter."""

    cause = "parameter refused"


class GrowattCheckCodeError(GrowattInputError):
    """The check code is not the one printed on the data logger."""

    cause = "check code wrong"


class GrowattInstallerCodeError(GrowattInputError):
    """There is no installer with this code."""

    cause = "installer code wrong"


class GrowattPeriodError(GrowattInputError):
    """The dates are none, or too far apart."""

    cause = "dates refused"


class GrowattTakenError(GrowattError):
    """The name is taken, or the serial number already registered."""

    cause = "already taken"
    plant_id: str | None = None
    """The plant a serial number is registered in, where Growatt tells."""


# What says no for good, as far as one device or endpoint goes.
REFUSALS: Final = (GrowattInputError, GrowattNotFoundError, GrowattPermissionError)
