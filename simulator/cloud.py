"""The simulated cloud itself: accounts, tokens, limits, and what answers a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .builder import Builder
from .clock import SimulatedClock
from .devices.base import Device, Truth
from .families import ROUTES
from .faults import Faults
from .houses import HOUSES, MERCHANTS
from .limits import Limits
from .model import Account, Logger, Plant
from .routing import NO_PRIVILEGE, OLD_HOST, Call, Refused, Route
from .shelf import Box, Shelf
from .totals import plant_truth
from .wire import Json, utc

OLD_REGION = "old"
"""Region of the hosts that only say that there is a new one."""

BAD_TOKEN_V4 = 2
TOKEN_WITHOUT_V4 = 101


@dataclass(frozen=True, kw_only=True)
class Received:
    """A request as it came in; the token is not kept."""

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
    """How many requests it ends a chain of, each made after the one before ended."""


class SimulatedCloud:
    """Accounts with their plants on one clock, reachable through one region's host."""

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
        self.clock = clock or SimulatedClock()
        self.region = region
        self.count = count
        self.zone = zone
        self.accounts: list[Account] = []
        self.requests: list[Received] = []
        self.turns = 0
        """Length of the longest chain of requests, each made after the one before."""
        self.faults = Faults()
        self.limits_enabled = True
        self.v4_allowed = True
        self.installer_code = "SIM01"
        """The only one that an installer has."""

        self.online_after = timedelta(minutes=5)
        """How long after its registration a data logger is heard."""

        self.shelf = Shelf()
        self._limits = Limits()
        self._installers: dict[str, list[Account]] = {}
        for name in homes or (home,):
            self.add_home(name)

    @property
    def token(self) -> str:
        """Return the token of the first account."""
        return self.accounts[0].token

    @property
    def plants(self) -> list[Plant]:
        """Return the plants of all accounts."""
        return [plant for account in self.accounts for plant in account.plants]

    @property
    def devices(self) -> list[Device]:
        """Return the devices of all accounts."""
        self.shelf.settle(self.clock.now())
        return [device for plant in self.plants for device in plant.devices]

    @property
    def loggers(self) -> list[Logger]:
        """Return the data loggers of all accounts."""
        return [logger for plant in self.plants for logger in plant.loggers]

    def add_home(self, name: str) -> Account:
        """Add an account that owns a house, by the name of the house."""
        number = len(self.accounts) + 1
        account = self._add_account(f"{name}_owner{number}")
        account.tokens.append(f"simulated{name}{number}".ljust(32, "0"))
        account.is_merchant = name in MERCHANTS
        account.plants.extend(HOUSES[name](account.builder))
        self.shelf.boxes += [
            Box.out_of(plant, logger)
            for plant in account.builder.boxes
            for logger in plant.loggers
        ]
        return account

    def _add_account(self, name: str) -> Account:
        """Add an account that owns nothing."""
        number = len(self.accounts) + 1
        builder = Builder(
            number=number, clock=self.clock.now, zone=self.zone, count=self.count
        )
        account = Account(
            user_id=3120500 + number, name=name, tokens=[], builder=builder
        )
        self.accounts.append(account)
        return account

    def add_customer(self, merchant: list[Account], name: str) -> Account:
        """Add an account to the customers of a merchant."""
        account = self._add_account(name)
        merchant.append(account)
        return account

    def installer_token(self, *accounts: Account) -> str:
        """Return a token that sees the plants of several accounts."""
        token = f"simulatedtogether{len(self._installers) + 1}".ljust(32, "0")
        self._installers[token] = list(accounts)
        return token

    def find(self, serial: str) -> Device | None:
        """Return a device of any account by its serial."""
        return next((item for item in self.devices if item.serial == serial), None)

    def find_logger(self, serial: str) -> Logger | None:
        """Return a data logger of any account by its serial."""
        return next((item for item in self.loggers if item.serial == serial), None)

    def freeze(self, serial: str) -> None:
        """Stop the uploads of a logger, or of the logger of a device, now."""
        self._logger_of(serial).offline_since = self.clock.now()

    def thaw(self, serial: str) -> None:
        """Let a logger, or the logger of a device, upload again."""
        self._logger_of(serial).offline_since = None

    def _logger_of(self, serial: str) -> Logger:
        """Return a logger by its own serial or by that of its device."""
        if device := self.find(serial):
            return device.logger
        if logger := self.find_logger(serial):
            return logger
        raise KeyError(serial)

    def move(self, serial: str, plant: Plant) -> None:
        """Move a device with its logger to another plant."""
        if (device := self.find(serial)) is None:
            raise KeyError(serial)
        device.plant.devices.remove(device)
        plant.devices.append(device)
        if device.logger not in plant.loggers:
            plant.loggers.append(device.logger)
        device.plant = plant

    def replace_logger(self, serial: str) -> Logger:
        """Put a new data logger in the place of one; devices and bus hang on it."""
        for plant in self.plants:
            for old in plant.loggers:
                if old.serial == serial:
                    return plant.replace_logger(old)
        raise KeyError(serial)

    def truth(self) -> dict[str, Truth]:
        """Return what a client must find, by serial, key on a bus, or id of a plant."""
        self.shelf.settle(self.clock.now())
        devices = {device.serial: device.truth() for device in self.devices}
        on_bus = {thing.key: thing.truth() for one in self.plants for thing in one.bus}
        plants = {str(plant.plant_id): plant_truth(plant) for plant in self.plants}
        return devices | on_bus | plants

    def _owners(self, token: str, region: str) -> list[Account]:
        """Return the accounts whose own token it is on a region's host."""
        there = region == self.region
        return [one for one in self.accounts if there and token in one.tokens]

    def _customers(self, token: str, region: str) -> list[Account] | None:
        """Return the customers of the merchant whose token it is; None if nobody's."""
        if region == self.region and token in self._installers:
            return self._installers[token]
        merchants = [one for one in self._owners(token, region) if one.is_merchant]
        return merchants[0].customers if merchants else None

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
        self.shelf.settle(now)
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

    def now(self) -> datetime:
        """Return the simulated moment in UTC without fractions of a second."""
        return utc(self.clock.now())
