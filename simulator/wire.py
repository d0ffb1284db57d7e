"""Wire format: numbers, times, errors and recorded answers."""

from collections.abc import Container, Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
import json
from pathlib import Path
import struct
from typing import Any

type Json = dict[str, Any]

SERVER_ZONE = timezone(timedelta(hours=8))
"""The zone of the server's own times."""

ANSWERS = Path(__file__).parent / "answers"


@cache
def recorded(name: str) -> Json:
    """Return the fields of a recorded answer, in the order of the cloud."""
    fields: Json = json.loads((ANSWERS / f"{name}.json").read_text("utf-8"))
    return fields


def single(value: float) -> float:
    """Return a number as a single precision float of the server has it."""
    narrow: float = struct.unpack("f", struct.pack("f", value))[0]
    return narrow


def filled(
    recording: Json,
    values: Mapping[str, Any],
    *,
    doubles: Container[str] | None,
    whole: bool,
) -> Json:
    """Return a recorded answer with the values of this moment.

    Only fields of the recording appear. Fields in `doubles` keep double precision
    (None: all do). With `whole`, whole numbers lose their decimals, as in V1.
    """
    result = recording | {key: values[key] for key in recording.keys() & values.keys()}
    for key in recording.keys() & values.keys():
        value = result[key]
        if isinstance(value, float):
            exact = doubles is None or key in doubles
            number = value if exact else single(value)
            result[key] = int(number) if whole and number.is_integer() else number
        elif type(value) is int and not whole and isinstance(recording[key], float):
            result[key] = float(value)
    return result


def date_text(moment: datetime) -> str:
    """Return `YYYY-MM-DD HH:MM:SS`."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def server_text(moment: datetime) -> str:
    """Return an aware moment on the server's own clock."""
    return date_text(moment.astimezone(SERVER_ZONE))


def zone_text(hours: float) -> str:
    """Return the zone of a plant, for example `GMT+1`."""
    return f"GMT{hours:+g}"


def as_server_clock(wall: datetime) -> datetime:
    """Return the instant of a plant's wall clock read as the server's zone."""
    return wall.replace(tzinfo=SERVER_ZONE)


def epoch_ms(moment: datetime) -> int:
    """Return milliseconds since 1970 of an aware moment."""
    return int(moment.timestamp() * 1000)


def java_date(moment: datetime) -> Json:
    """Return a Java Date of an aware moment: year minus 1900, month from 0, UTC+8."""
    there = moment.astimezone(SERVER_ZONE)
    return {
        "time": epoch_ms(moment),
        "minutes": there.minute,
        "seconds": there.second,
        "hours": there.hour,
        "month": there.month - 1,
        "year": there.year - 1900,
        "timezoneOffset": -480,
        "day": there.isoweekday() % 7,
        "date": there.day,
    }


def java_calendar(recording: Json, moment: datetime) -> Json:
    """Return a Java Calendar of an aware moment, else as recorded."""
    return recording | {
        "weekYear": moment.astimezone(SERVER_ZONE).year,
        "time": java_date(moment),
        "timeInMillis": epoch_ms(moment),
    }


def decimal_text(value: float) -> str:
    """Return a number as the plant endpoints write energies."""
    return f"{value:.1f}" if value else "0"


def v1_success(data: object) -> Json:
    """Return the envelope of a V1 answer."""
    return {"data": data, "error_code": 0, "error_msg": ""}


def v1_error(code: int, text: str) -> Json:
    """Return the envelope of a V1 error; its HTTP status is 200."""
    return {"data": "", "error_code": code, "error_msg": text}


V4_TEXTS = {
    0: "SUCCESSFUL_OPERATION",
    1: "SYSTEM_ERROR",
    2: "TOKEN_IS_INVALID",
    5: "DEVICE_OFFLINE",
    6: "PARAMETER_SETTING_FAILED",
    7: "WRONG_DEVICE_TYPE",
    12: "DEVICE_SN_DOES_NOT_HAVE_PERMISSION",
    15: "PARAMETER_SETTING_DEVICE_NOT_RESPONDING",
    16: "PARAMETER_SETTING_RESPONSE_TIMEOUT",
    101: "PERMISSION_DENIED",
    102: "FREQUENTLY_ACCESS",
}


def v4_success(data: object) -> Json:
    """Return the envelope of a V4 answer."""
    return {"code": 0, "data": data, "message": V4_TEXTS[0]}


def v4_error(code: int) -> Json:
    """Return the envelope of a V4 error; those about the token have no data key."""
    data: Json = {} if code in {2, 101} else {"data": None}
    return {"code": code, **data, "message": V4_TEXTS.get(code, "")}


def utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC, without fractions of a second."""
    return moment.astimezone(UTC).replace(microsecond=0)
