"""Accounts: owners and merchants with their tokens and plants."""

from dataclasses import dataclass, field

from .houses.builder import Builder
from .model import Plant


@dataclass(kw_only=True, eq=False)
class Account:
    """An owner, or a merchant with customers: its tokens and plants."""

    user_id: int
    name: str
    tokens: list[str]
    builder: Builder
    email: str = "owner@example.org"
    phone: str = ""
    registered: str = "2024-03-02 09:46:50"
    plants: list[Plant] = field(default_factory=list)
    is_merchant: bool = False
    """Whether its token may register customers."""

    customers: list[Account] = field(default_factory=list)
    revision: int = 0

    @property
    def token(self) -> str:
        """Return the newest token."""
        return self.tokens[-1]

    def _next_token(self) -> str:
        """Return a token that was never used before."""
        self.revision += 1
        return f"{self.tokens[0][:28]}{self.revision:04d}"

    def add_token(self) -> str:
        """Return a further token; the older ones stay valid."""
        self.tokens.append(self._next_token())
        return self.token

    def renew_token(self) -> str:
        """Return a new token; the older ones are refused from now on."""
        self.tokens[:] = [self._next_token()]
        return self.token
