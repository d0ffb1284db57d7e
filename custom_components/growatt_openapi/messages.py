"""Messages: the client's errors as keys of texts, for dialogs and actions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from homeassistant.util import dt as dt_util

from .api import (
    REFUSALS,
    GrowattCheckCodeError,
    GrowattConnectionError,
    GrowattError,
    GrowattInputError,
    GrowattInstallerCodeError,
    GrowattNoPlantsError,
    GrowattNotFoundError,
    GrowattPeriodError,
    GrowattPermissionError,
    GrowattRateLimitError,
    GrowattTakenError,
    GrowattTokenError,
    GrowattUncertainError,
)
from .catalog.families.account import WaitReason

_KEYS: Final[Mapping[tuple[type[Exception], str | None], str]] = {
    (GrowattTakenError, "user_name"): "user_name_taken",
    (GrowattTakenError, "name"): "plant_name_taken",
    (GrowattTakenError, None): "serial_taken",
    (GrowattNotFoundError, "c_user_id"): "user_not_found",
    (GrowattNotFoundError, "plant_id"): "plant_not_found",
    (GrowattNotFoundError, None): "serial_not_found",
    (GrowattCheckCodeError, None): "check_code_wrong",
    (GrowattInstallerCodeError, None): "installer_code_wrong",
    (GrowattPeriodError, None): "period_refused",
    (GrowattInputError, "user_name"): "user_name_refused",
    (GrowattInputError, "user_email"): "email_refused",
    (GrowattInputError, "name"): "plant_name_refused",
    (GrowattInputError, "peak_power"): "peak_power_refused",
    (GrowattInputError, "sn"): "serial_refused",
    (GrowattInputError, "datalogSn"): "serial_refused",
    (GrowattInputError, None): "input_refused",
    (GrowattPermissionError, None): "not_allowed",
    (GrowattTokenError, None): "token_refused",
    (GrowattRateLimitError, None): "ask_later",
    (GrowattUncertainError, None): "uncertain",
    (GrowattConnectionError, None): "not_reached",
    (GrowattError, None): "odd_answer",
}
"""The texts, by what went wrong and by Growatt's name of the parameter it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What went wrong, in words for a person."""

    key: str
    """Of a text among the exceptions."""
    placeholders: dict[str, str] = field(default_factory=dict)
    is_refusal: bool = True
    """Whether the same would be refused again; else it may pass."""


def wait_reason(err: GrowattError) -> WaitReason:
    """Return what an error makes the next request wait for; a key of a text."""
    match err:
        case GrowattNoPlantsError():
            return WaitReason.NO_PLANTS
        case GrowattRateLimitError():
            return WaitReason.RATE_LIMITED
        case GrowattConnectionError():
            return WaitReason.CANNOT_CONNECT
        case GrowattPermissionError() | GrowattTokenError():
            return WaitReason.NOT_PERMITTED
    return WaitReason.UNEXPECTED_ANSWER


def explained(err: GrowattError) -> Explanation:
    """Return what an error means to the person who waits."""
    key = next(
        key
        for cause in type(err).__mro__
        for parameter in (err.parameter, None)
        if (key := _KEYS.get((cause, parameter)))
    )
    return Explanation(
        key=key,
        placeholders=_placeholders(err),
        is_refusal=isinstance(err, (*REFUSALS, GrowattTakenError)),
    )


def _placeholders(err: GrowattError) -> dict[str, str]:
    """Return what the texts may name: the time to come back, or Growatt's code."""
    if isinstance(err, GrowattRateLimitError):
        return {"time": time_after(err)}
    return {"error": str(err)}


def time_after(err: GrowattRateLimitError) -> str:
    """Return the time on Home Assistant's clock after which Growatt may be asked."""
    now = dt_util.now()
    again = now + timedelta(seconds=err.retry_after, minutes=1)
    style = "%H:%M" if again.date() == now.date() else "%Y-%m-%d %H:%M"
    return again.strftime(style)
