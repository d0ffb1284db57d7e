"""Session of a token: requests at the right pace, page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from ..endpoints.base import V1, Endpoint
from ..errors import GrowattAnswerError
from ..models.inventory import Row
from ..values import text
from .cache import Answer
from .envelope import data_of, page_of, refuse
from .throttle import Throttle
from .transport import Connection

_MOST_PAGES: Final = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing[ItemT]:
    """What a list said, and whether it held as much as it announced."""

    items: tuple[ItemT, ...]
    complete: bool


@dataclass(slots=True, kw_only=True)
class Questions:
    """All that one token asks one server; every method raises a GrowattError."""

    connection: Connection
    throttle: Throttle = field(default_factory=Throttle, init=False, repr=False)

    async def rows(
        self,
        endpoint: Endpoint,
        name: str,
        key: str,
        params: Mapping[str, str] | None = None,
        max_age: float = 0,
    ) -> Listing[Row]:
        """Return the rows of all pages that have a key."""
        found: list[Row] = []
        size = {"perpage": str(endpoint.page_size)} if endpoint.page_size else {}
        for page in range(1, _MOST_PAGES + 1):
            asked = {**(params or {}), "page": str(page), **size}
            read = partial(page_of, endpoint, name, is_first=page == 1)
            answer = await self.answer(endpoint, asked, read, max_age)
            new, count = read(answer)
            found += new
            if len(found) >= count or not new:
                break
        usable = tuple(row for row in found if text(row.get(key)))
        return Listing(items=usable, complete=len(usable) >= count)

    async def data(
        self, endpoint: Endpoint, params: Mapping[str, str], max_age: float = 0
    ) -> Any:
        """Return the data in an answer that is at most max_age seconds old."""
        answer = await self.answer(endpoint, params, max_age=max_age)
        return data_of(endpoint, answer)

    async def tell(
        self, endpoint: Endpoint, params: Mapping[str, str]
    ) -> dict[str, Any]:
        """Have something done once, and return the answer that says it was."""

        def check(answer: Mapping[str, Any]) -> None:
            if V1.field not in answer:
                raise GrowattAnswerError(endpoint.path)
            refuse(endpoint, answer)

        return await self.throttle.tell(
            endpoint, params, lambda: self.connection.fetch(endpoint, params), check
        )

    def amending(
        self, endpoint: Endpoint, name: str
    ) -> Callable[[Callable[[list[Row]], list[Row]]], None]:
        """Return what puts a change that is made next into a list told before it."""
        bring_back = self.throttle.set_aside(endpoint.path)

        def amend(change: Callable[[list[Row]], list[Row]]) -> None:
            def amended(answer: Answer) -> Answer:
                rows, count = page_of(endpoint, name, answer, is_first=True)
                changed = change(rows)
                count += len(changed) - len(rows)
                return {**answer, "data": {"count": count, name: changed}}

            bring_back(amended)

        return amend

    async def answer(
        self,
        endpoint: Endpoint,
        params: Mapping[str, str],
        check: Callable[[Mapping[str, Any]], object] = bool,
        max_age: float = 0,
    ) -> dict[str, Any]:
        """Return an answer that is no refusal and passes a check."""

        def check_all(answer: Mapping[str, Any]) -> None:
            refuse(endpoint, answer)
            check(answer)

        return await self.throttle.ask(
            endpoint,
            params,
            lambda: self.connection.fetch(endpoint, params),
            check_all,
            max_age,
        )
