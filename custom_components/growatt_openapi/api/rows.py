"""Rows: the row of each device in an answer, by the shape of the route."""

from collections.abc import Sequence
from typing import Any, Final

from .endpoints.families import Shape, Way
from .models.inventory import Row
from .models.reading import upload
from .requests.envelope import object_in, objects_in
from .values import text

# The names of a device's serial in V4's rows.
_SERIAL_FIELDS: Final = ("serialNum", "inverterId", "deviceSn")


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
