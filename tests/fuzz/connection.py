"""A connection to a simulated cloud that answers oddly, with no HTTP in between."""

from collections.abc import Mapping
from dataclasses import dataclass, field
import json
from typing import Any, override

from custom_components.growatt_openapi.api import Connection
from custom_components.growatt_openapi.api.endpoints.base import Endpoint
from simulator import SimulatedCloud
from simulator.routing import Route

from .odd import Answer, Chances, odd


@dataclass(frozen=True, slots=True, kw_only=True)
class OddConnection(Connection):
    """A connection whose answers are odd, and now and then broken off."""

    cloud: SimulatedCloud
    chances: Chances = field(default_factory=Chances)
    share: float = 0.9
    """How many of the answers are odd."""
    odd: list[str] = field(default_factory=list)
    """The paths of the odd answers."""
    _good: dict[str, Answer] = field(default_factory=dict)

    @override
    async def _body(self, endpoint: Endpoint, params: Mapping[str, str]) -> bytes:
        """Return the body of an answer."""
        path = endpoint.path.partition("/")[2]
        answer = self._answer(path, dict(params))
        chance = self.chances.next(path, params)
        if chance.random() >= self.share:
            return json.dumps(answer).encode()
        self.odd.append(path)
        body = json.dumps(odd(answer, chance), ensure_ascii=False).encode()
        return body[: chance.randrange(len(body))] if chance.random() < 0.02 else body

    def _answer(self, path: str, params: dict[str, str]) -> Answer:
        """Return a good answer; the first one does for all."""
        question = f"{path} {sorted(params.items())}"
        if question not in self._good:
            route: Route | None = self.cloud.route(path)
            assert route is not None
            answer: Any = self.cloud.answer(
                route, params, self.token, self.cloud.region
            )
            self._good[question] = answer
        return self._good[question]
