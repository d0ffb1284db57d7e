"""The simulated cloud itself: accounts, tokens, limits, and what answers a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .builder import Builder
from .clock import SimulatedClock
from .devices.base import Device, Truth
from .families import ROUTES
from .faults import Faults
from .houses import HOUSES
from .limits import Limits
from .model import Account, Logger, Plant
from .routing import NO_PRIVILEGE, OLD_HOST, Call, Refused, Route
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
        self._limits = Limits()
        self._installers: dict[str, tuple[Account, ...]] = {}
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
        return [device for plant in self.plants for device in plant.devices]

    @property
    def loggers(self) -> list[Logger]:
        """Return the data loggers of all accounts."""
        return [logger for plant in self.plants for logger in plant.loggers]

    def add_home(self, name: str) -> Account:
        """Add an account that owns a house, by the name of the house."""
        number = len(self.accounts) + 1
        builder = Builder(
            number=number, clock=self.clock.now, zone=self.zone, count=self.count
        )
        account = Account(
            user_id=3120500 + number,
            name=f"{name}_owner{number}",
            tokens=[f"simulated{name}{number}".ljust(32, "0")],
        )
        account.plants.extend(HOUSES[name](builder))
        self.accounts.append(account)
        return account

    def installer_token(self, *accounts: Account) -> str:
        """Return a token that sees the plants of several accounts."""
        token = f"simulatedtogether{len(self._installers) + 1}".ljust(32, "0")
        self._installers[token] = accounts
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
        devices = {device.serial: device.truth() for device in self.devices}
        on_bus = {thing.key: thing.truth() for one in self.plants for thing in one.bus}
        plants = {str(plant.plant_id): plant_truth(plant) for plant in self.plants}
        return devices | on_bus | plants

    def _seen_by(self, token: str, region: str) -> tuple[Account, ...] | None:
        """Return the accounts that a token opens on a region's host; None if none."""
        if region != self.region:
            return None
        if token in self._installers:
            return self._installers[token]
        owners = tuple(item for item in self.accounts if token in item.tokens)
        return owners or None

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
        if (accounts := self._seen_by(token, region)) is None:
            raise Refused(BAD_TOKEN_V4 if route.is_v4 else NO_PRIVILEGE)
        if route.is_v4 and not self.v4_allowed:
            raise Refused(TOKEN_WITHOUT_V4)
        now = self.clock.now()
        if self.limits_enabled and not self._limits.admit(token, route, params, now):
            raise Refused(route.too_often)
        return route.answer(
            Call(cloud=self, route=route, params=params, accounts=accounts)
        )

    @staticmethod
    def route(path: str) -> Route | None:
        """Return the endpoint below a prefix; None if there is none."""
        return ROUTES.get(path)

    def now(self) -> datetime:
        """Return the simulated moment in UTC without fractions of a second."""
        return utc(self.clock.now())
