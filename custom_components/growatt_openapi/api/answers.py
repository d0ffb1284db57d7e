"""What an answer holds below its envelope, or why it holds nothing."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from .endpoints import MINUTES_5, V1, V4, Endpoint, Shape, Way
from .errors import GrowattAnswerError, GrowattRateLimitError, GrowattTakenError
from .models import Row
from .reading import upload
from .values import number, text

# The names of a device's serial in V4's rows.
_SERIAL_FIELDS: Final = ("serialNum", "inverterId", "deviceSn")


def refuse(endpoint: Endpoint, answer: Mapping[str, Any]) -> None:
    """Raise what the code in an answer stands for at this endpoint."""
    envelope = V1 if V1.field in answer else V4
    code = number(answer.get(envelope.field, 0), signed=True)
    if code == 0:
        return
    if code is None:
        raise GrowattAnswerError(endpoint.path)
    cause = endpoint.cause(envelope, int(code))
    if cause is GrowattRateLimitError:
        wait = endpoint.interval or MINUTES_5
        raise GrowattRateLimitError(endpoint.path, int(code), wait)
    refusal = cause(endpoint.path, int(code))
    refusal.parameter = endpoint.about.get(int(code))
    if isinstance(refusal, GrowattTakenError) and isinstance(
        holder := answer.get("data"), dict
    ):
        refusal.plant_id = text(holder.get("plant_id"))
    raise refusal


def data_of(endpoint: Endpoint, answer: Mapping[str, Any]) -> Any:
    """Return the data in an answer."""
    if "data" not in answer:
        raise GrowattAnswerError(endpoint.path)
    return answer["data"]


def page_of(
    endpoint: Endpoint, name: str, answer: Mapping[str, Any], *, is_first: bool
) -> tuple[list[Row], float]:
    """Return the rows of a page, and how many all pages are said to have.

    Raises GrowattAnswerError where the first page is empty but should not be.
    """
    data = object_in(endpoint, data_of(endpoint, answer))
    rows = objects_in(endpoint, data.get(name))
    count = number(data.get("count"), wide=True) or 0
    if is_first and count and not rows:
        raise GrowattAnswerError(endpoint.path)
    return rows, count


def object_in(endpoint: Endpoint, data: Any) -> Mapping[str, Any]:
    """Return data that must be an object."""
    if not isinstance(data, dict):
        raise GrowattAnswerError(endpoint.path)
    return data


def objects_in(endpoint: Endpoint, data: Any) -> list[Mapping[str, Any]]:
    """Return data that must be a list of objects."""
    if not (isinstance(data, list) and all(isinstance(one, dict) for one in data)):
        raise GrowattAnswerError(endpoint.path)
    return data


def rows_of(way: Way, serials: Sequence[str], data: Any) -> dict[str, Row]:
    """Return the row of each device an answer holds.

    Raises GrowattAnswerError where the data do not have the shape of the way.
    """
    match way.shape:
        case Shape.BATCH:
            blocks = object_in(way.endpoint, data)
            found = {
                serial: block.get(serial)
                for serial, block in blocks.items()
                if isinstance(block, dict)
            }
        case Shape.LIST:
            listed = object_in(way.endpoint, data).get(way.fixed["deviceType"])
            found = {
                serial: row
                for row in objects_in(way.endpoint, listed)
                if (serial := _serial_of(row))
            }
        case Shape.NEWEST:
            found = dict.fromkeys(serials, _newest(way, data))
        case _:
            found = dict.fromkeys(serials, _only(way, data))
    return {
        serial: row for serial in serials if isinstance(row := found.get(serial), dict)
    }


def _only(way: Way, data: Any) -> Any:
    """Return the row itself, or the one below the name that the way gives."""
    return data.get(way.below) if way.below and isinstance(data, dict) else data


def _newest(way: Way, data: Any) -> Any:
    """Return the newest of a list of rows, or the only row."""
    if not (isinstance(data, dict) and way.below in data):
        return data
    rows = objects_in(way.endpoint, data[way.below])
    return max(rows, key=lambda row: str(upload(row) or ""), default=None)


def _serial_of(row: Row) -> str | None:
    """Return the serial of a device in a row of V4."""
    found = (text(row.get(name)) for name in _SERIAL_FIELDS)
    return next((serial for serial in found if serial), None)
