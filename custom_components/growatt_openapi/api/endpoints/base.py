"""Endpoints: path, verb, limits, and the errors that codes stand for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from ..errors import (
    GrowattAnswerError,
    GrowattError,
    GrowattHostError,
    GrowattInputError,
    GrowattNotFoundError,
    GrowattPermissionError,
    GrowattRateLimitError,
)

type Codes = Mapping[int, type[GrowattError]]


SECONDS_5: Final = 5


SECONDS_10: Final = 10


MINUTE: Final = 60


MINUTES_5: Final = 300


PAGE_SIZE: Final = 100


V1_CODES: Final[Codes] = {
    -1: GrowattHostError,
    10001: GrowattAnswerError,
    10011: GrowattPermissionError,
    10012: GrowattRateLimitError,
    10013: GrowattInputError,
    10014: GrowattInputError,
}


V4_CODES: Final[Codes] = {
    -1: GrowattHostError,
    1: GrowattAnswerError,
    # A token that V4 does not know can still be a good V1 token.
    2: GrowattPermissionError,
    3: GrowattPermissionError,
    4: GrowattNotFoundError,
    5: GrowattAnswerError,
    7: GrowattPermissionError,
    8: GrowattInputError,
    9: GrowattInputError,
    10: GrowattInputError,
    11: GrowattInputError,
    12: GrowattPermissionError,
    100: GrowattRateLimitError,
    101: GrowattPermissionError,
    102: GrowattRateLimitError,
    105: GrowattRateLimitError,
}


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Where an answer keeps its code, and what the codes mean everywhere."""

    field: str
    codes: Codes


V1: Final = Envelope(field="error_code", codes=V1_CODES)


V4: Final = Envelope(field="code", codes=V4_CODES)


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One address of the manual."""

    path: str
    verb: Literal["GET", "POST"] = "GET"
    codes: Codes = field(default_factory=dict)
    """What a V1 code means here, where it differs from the general table."""
    interval: float = MINUTES_5
    """Seconds between two identical requests; 0 where the manual states none."""
    daily: int | None = None
    """Requests in 24 hours."""
    daily_in_all: int | None = None
    """Requests in 24 hours, whatever they ask for."""
    page_size: int | None = None
    """Rows of a page of a list; None where Growatt lets no one choose."""
    about: Mapping[int, str] = field(default_factory=dict)
    """The parameter a V1 code is about."""
    secret: frozenset[str] = frozenset()
    """The parameters of which nothing may be kept."""
    is_personal: bool = False
    """Whether the answers tell about people, so that none may outlive a restart."""
    outdates: frozenset[str] = frozenset()
    """The paths whose answers are no longer true once this was done."""

    def cause(self, envelope: Envelope, code: int) -> type[GrowattError]:
        """Return the error a code in an envelope stands for at this endpoint."""
        special = self.codes.get(code) if envelope is V1 else None
        return special or envelope.codes.get(code, GrowattAnswerError)


NOT_FOUND_10002: Final[Codes] = {10002: GrowattNotFoundError, 10003: GrowattInputError}


NOT_FOUND_10003: Final[Codes] = {10002: GrowattInputError, 10003: GrowattNotFoundError}


BATCH_CODES: Final[Codes] = {
    10002: GrowattInputError,
    10003: GrowattInputError,
    10004: GrowattInputError,
    10005: GrowattNotFoundError,
}
