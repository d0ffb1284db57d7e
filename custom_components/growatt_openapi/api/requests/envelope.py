"""Envelope of a response: its code as an error, and the data below it."""

from collections.abc import Mapping
from typing import Any

from ..endpoints.base import MINUTES_5, V1, V4, Endpoint
from ..errors import GrowattAnswerError, GrowattRateLimitError, GrowattTakenError
from ..models.inventory import Row
from ..values import number, text


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
