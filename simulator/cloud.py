"""Cloud: checks token and limits of a request, and answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .accounts import Account
from .clock import SimulatedClock
from .endpoints import ROUTES
from .faults import Faults
from .limits import Limits
from .routing import NO_PRIVILEGE, OLD_HOST, Call, Refused, Route
from .state import CloudState
from .wire import Json

OLD_REGION = "old"
"""Region of the old hosts, which only name the new host."""

BAD_TOKEN_V4 = 2
TOKEN_WITHOUT_V4 = 101


@dataclass(frozen=True, kw_only=True)
class Received:
    """A request as received, without its token."""

    path: str
    """Path below /v1/ or /v4/; the whole path where there is no such prefix."""

    verb: str
    params: dict[str, str]
    code: int | None
    """Code of the envelope, else the HTTP status; None where nothing was answered."""

    at: datetime
    accept_encoding: str
    region: str
    turn: int
    """Length of the chain that it ends, each request sent after an answer."""


class SimulatedCloud(CloudState):
    """A cloud with the accounts of some houses, reachable through a region's host."""

    def __init__(  # noqa: PLR0913 - all optional; one per choice of a test
        self,
        home: str = "villa",
        *,
        homes: Sequence[str] = (),
        region: str = "global",
        clock: SimulatedClock | None = None,
        count: int = 3,
        zone: float = 1,
    ) -> None:
        """Initialize with an account per house; zone is the plants' offset in hours."""
        super().__init__(clock=clock or SimulatedClock(), count=count, zone=zone)
        self.region = region
        self.requests: list[Received] = []
        self.turns = 0
        """Length of the longest chain of requests, each sent after an answer."""
        self.faults = Faults()
        self.limits_enabled = True
        self.v4_allowed = True
        self._limits = Limits()
        self._installers: dict[str, list[Account]] = {}
        for name in homes or (home,):
            self.add_home(name)

    @property
    def token(self) -> str:
        """Return the token of the first account."""
        return self.accounts[0].token

    def installer_token(self, *accounts: Account) -> str:
        """Return a token that may see the plants of several accounts."""
        token = f"simulatedtogether{len(self._installers) + 1}".ljust(32, "0")
        self._installers[token] = list(accounts)
        return token

    def _owners(self, token: str, region: str) -> list[Account]:
        """Return the accounts that own a token on a region's host."""
        if region != self.region:
            return []
        return [account for account in self.accounts if token in account.tokens]

    def _customers(self, token: str, region: str) -> list[Account] | None:
        """Return the customers of the merchant with a token; None without one."""
        if region == self.region and token in self._installers:
            return self._installers[token]
        owners = self._owners(token, region)
        merchants = (account for account in owners if account.is_merchant)
        merchant = next(merchants, None)
        return merchant.customers if merchant else None

    def answer(
        self, route: Route, params: dict[str, str], token: str, region: str
    ) -> Json:
        """Return the envelope that answers a request with the right verb."""
        try:
            return self._answer(route, params, token, region)
        except Refused as refused:
            return route.refusal(refused.code)

    def _answer(
        self, route: Route, params: dict[str, str], token: str, region: str
    ) -> Json:
        """Return the envelope of success, else raise."""
        if OLD_REGION in {region, self.region}:
            raise Refused(OLD_HOST)
        owners, customers = self._owners(token, region), self._customers(token, region)
        if not owners and customers is None:
            refused = NO_PRIVILEGE if token else route.no_token
            raise Refused(BAD_TOKEN_V4 if route.is_v4 else refused)
        if route.is_v4 and not self.v4_allowed:
            raise Refused(TOKEN_WITHOUT_V4)
        now = self.clock.now()
        self.unregistered.settle(now)
        if self.limits_enabled and not self._limits.admit(token, route, params, now):
            raise Refused(route.too_often)
        return route.answer(
            Call(
                cloud=self,
                route=route,
                params=params,
                accounts=(*owners, *(customers or ())),
                customers=customers,
            )
        )

    @staticmethod
    def route(path: str) -> Route | None:
        """Return the endpoint below a prefix; None if there is none."""
        return ROUTES.get(path)
