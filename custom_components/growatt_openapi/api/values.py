"""Cleaning: what Growatt's numbers, texts and flags really say."""

from datetime import MAXYEAR, MINYEAR, UTC, datetime
import struct
from typing import Any, Final

# Registers that the hardware does not have read as all bits set.
NOT_PRESENT: Final = frozenset({429496729.5, 4294967295})
NOT_PRESENT_NARROW: Final = NOT_PRESENT | {6553.5, 65535}
LARGEST: Final = 1e15
_SINGLE: Final = struct.Struct("f")


def number(
    value: Any, *, signed: bool = False, wide: bool = False, wraps: float | None = None
) -> float | None:
    """Return the number a field holds, or None where it holds none.

    Takes numbers and texts; removes single-precision noise (9.300000190734863 is 9.3).
    A negative value of a quantity that is never negative (`signed` false) and the
    largest value of a 16-bit register (6553.5, 65535; not where the register is `wide`)
    mean "not present". `wraps` is the span after which a negative number of a signed
    quantity reappears as a large positive one.
    """
    found = _parsed(value)
    if found is None or found in (NOT_PRESENT if wide else NOT_PRESENT_NARROW):
        return None
    if wraps is not None and found >= wraps / 2:
        found = round(found - wraps, 4)
    return None if found < 0 and not signed else found


def text(value: Any) -> str | None:
    """Return the text a field holds, or None where it is empty, "null" or padding."""
    if not isinstance(value, str):
        return None if value is None or isinstance(value, dict | list) else str(value)
    found = value.replace("\0", "").strip()
    return None if found.lower() in {"", "null", "-"} else found


def flag(value: Any) -> bool | None:
    """Return the yes or no a field holds, which may come as 0 and 1 or as text."""
    match value:
        case bool():
            return value
        case 0 | "0" | "false":
            return False
        case 1 | "1" | "true":
            return True
    return None


def wall_clock(value: Any) -> datetime | None:
    """Return the date and time in a text (YYYY-MM-DD HH:MM:SS), without a time zone.

    The first and the last year stand for "never", and have no instant in some zones.
    """
    # A number counts milliseconds; some of them would pass for a date.
    found = text(value) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(found)
    except ValueError:
        return None
    if not MINYEAR < moment.year < MAXYEAR:
        return None
    return moment.replace(tzinfo=None, microsecond=0)


def instant(value: Any) -> datetime | None:
    """Return the true instant in milliseconds since 1970."""
    stamp = number(value, wide=True)
    try:
        return datetime.fromtimestamp(stamp / 1000, UTC) if stamp else None
    except ValueError, OverflowError, OSError:
        return None


def _parsed(value: Any) -> float | None:
    """Return the finite number in a value of any JSON type."""
    match value:
        case bool():
            return None
        case int() | float():
            found = value
        case str():
            try:
                found = float(value.replace("_", "?"))
            except ValueError:
                return None
        case _:
            return None
    if not abs(found) < LARGEST:  # also where it is no number at all
        return None
    return found if isinstance(found, int) else _without_noise(found)


def _without_noise(value: float) -> float:
    """Return the shortest decimal that is the same number in single precision."""
    if value.is_integer():
        return value
    bits = _SINGLE.pack(value)
    if _SINGLE.unpack(bits)[0] != value:
        return value
    for digits in range(1, 7):
        shorter = round(value, digits)
        if _SINGLE.pack(shorter) == bits:
            return shorter
    return value
