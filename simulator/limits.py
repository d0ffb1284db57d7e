"""Limits: how often a token may send the same request."""

from collections import deque
from datetime import datetime, timedelta

from .routing import Route

DAY = timedelta(days=1)


class Limits:
    """The calls so far, on the simulated clock; refused calls do not count."""

    def __init__(self) -> None:
        """Initialize with no call made."""
        self._last: dict[tuple[str, str, frozenset[tuple[str, str]]], datetime] = {}
        self._daily: dict[tuple[str, str], deque[datetime]] = {}

    def admit(
        self, token: str, route: Route, params: dict[str, str], now: datetime
    ) -> bool:
        """Return whether a call is admitted, and count it then."""
        request = (token, route.path, frozenset(params.items()))
        last = self._last.get(request)
        pause = route.pauses.get(params.get("deviceType", ""), route.pause)
        if last is not None and now - last < pause:
            return False
        if route.per_day is not None:
            calls = self._daily.setdefault((token, route.path), deque())
            while calls and now - calls[0] >= DAY:
                calls.popleft()
            if len(calls) >= route.per_day:
                return False
            calls.append(now)
        self._last[request] = now
        return True
