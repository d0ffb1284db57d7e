"""State of the cloud: accounts, plants and unregistered hardware on one clock."""

from datetime import datetime, timedelta

from .accounts import Account
from .clock import SimulatedClock
from .devices.base import Device, Truth
from .houses import HOUSES, MERCHANTS
from .houses.builder import Builder
from .houses.recipes import add_min
from .model import Plant
from .place import Logger
from .totals import plant_truth
from .unregistered import LoggerSet, UnregisteredHardware
from .wire import utc


class CloudState:
    """Accounts with their plants on one clock."""

    def __init__(self, *, clock: SimulatedClock, count: int, zone: float) -> None:
        """Initialize without an account; zone is the plants' offset in hours."""
        self.clock = clock
        self.count = count
        self.zone = zone
        self.accounts: list[Account] = []
        self.installer_code = "SIM01"
        """The only valid code of an installer."""

        self.online_after = timedelta(minutes=5)
        """Delay from the registration of a data logger to its first upload."""

        self.unregistered = UnregisteredHardware()

    @property
    def plants(self) -> list[Plant]:
        """Return the plants of all accounts."""
        return [plant for account in self.accounts for plant in account.plants]

    @property
    def devices(self) -> list[Device]:
        """Return the devices of all accounts."""
        self.unregistered.settle(self.clock.now())
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
        self.unregistered.sets += [
            LoggerSet.out_of(plant, logger)
            for plant in account.builder.unregistered
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

    def find(self, serial: str) -> Device | None:
        """Return a device of any account by its serial."""
        return next((item for item in self.devices if item.serial == serial), None)

    def find_logger(self, serial: str) -> Logger | None:
        """Return a data logger of any account by its serial."""
        return next((item for item in self.loggers if item.serial == serial), None)

    def plant_of(self, device: Device) -> Plant:
        """Return the plant of a device."""
        return next(plant for plant in self.plants if device in plant.devices)

    def builder_of(self, plant: Plant) -> Builder:
        """Return the builder of the account that owns a plant."""
        owners = (account for account in self.accounts if plant in account.plants)
        return next(owners).builder

    def add_min(
        self, plant: Plant, *, logger: Logger | None = None, battery: bool = False
    ) -> Device:
        """Add a MIN to a plant, by default behind a new logger."""
        return add_min(self.builder_of(plant), plant, logger=logger, battery=battery)

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
        self.plant_of(device).devices.remove(device)
        plant.devices.append(device)
        if device.logger not in plant.loggers:
            plant.loggers.append(device.logger)
        device.plant = plant

    def replace_logger(self, serial: str) -> Logger:
        """Replace a data logger by a new one; devices and bus stay connected."""
        for plant in self.plants:
            for old in plant.loggers:
                if old.serial == serial:
                    new = self.builder_of(plant).logger(plant)
                    plant.replace_logger(old, new)
                    return new
        raise KeyError(serial)

    def truth(self) -> dict[str, Truth]:
        """Return the expected values by serial, key on a bus, or id of a plant."""
        devices = {device.serial: device.truth() for device in self.devices}
        on_bus = {
            device.key: device.truth() for plant in self.plants for device in plant.bus
        }
        plants = {str(plant.plant_id): plant_truth(plant) for plant in self.plants}
        return devices | on_bus | plants

    def now(self) -> datetime:
        """Return the simulated moment in UTC without fractions of a second."""
        return utc(self.clock.now())
