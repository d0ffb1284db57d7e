"""Unregistered hardware: data loggers outside of all plants, and their registration."""

from dataclasses import dataclass, field
from datetime import datetime

from .devices.base import Device
from .devices.bus import BusDevice
from .model import Plant
from .place import Logger


@dataclass(kw_only=True, eq=False)
class LoggerSet:
    """A data logger with all its devices, working but not registered."""

    logger: Logger
    devices: list[Device]
    bus: list[BusDevice]

    @classmethod
    def out_of(cls, plant: Plant, logger: Logger) -> LoggerSet:
        """Return a logger of a plant with its devices, after removing them."""
        taken = cls(
            logger=logger,
            devices=[device for device in plant.devices if device.logger is logger],
            bus=[device for device in plant.bus if device.logger is logger],
        )
        plant.remove(logger.serial)
        return taken

    @property
    def serials(self) -> set[str]:
        """Return the serials of the logger and of the devices."""
        return {self.logger.serial, *(device.serial for device in self.devices)}

    def install(self, plant: Plant) -> None:
        """Put the devices of the logger into a plant."""
        for device in (*self.devices, *self.bus):
            device.plant = plant
        plant.devices += self.devices
        plant.bus += self.bus


@dataclass(kw_only=True)
class UnregisteredHardware:
    """The loggers that are not registered, and those that will soon be online."""

    sets: list[LoggerSet] = field(default_factory=list)
    expected: list[tuple[LoggerSet, Plant]] = field(default_factory=list)
    """Registered loggers that have not come online yet, and their plants."""

    def find(self, serial: str) -> LoggerSet | None:
        """Return the unregistered set with a logger or device of a serial."""
        return next((found for found in self.sets if serial in found.serials), None)

    def register(self, hardware: LoggerSet, plant: Plant, moment: datetime) -> None:
        """Add the logger of a set to a plant; its devices appear at a moment."""
        self.sets.remove(hardware)
        plant.loggers.append(hardware.logger)
        hardware.logger.online_since = moment
        self.expected.append((hardware, plant))

    def settle(self, moment: datetime) -> None:
        """Install the devices of the loggers that are online at a moment."""
        for pair in list(self.expected):
            hardware, plant = pair
            online = hardware.logger.online_since
            if online and online <= moment:
                hardware.install(plant)
                self.expected.remove(pair)

    def take_back(self, plant: Plant, logger: Logger) -> None:
        """Remove a logger with its devices from a plant, to be registered again."""
        for pair in [pair for pair in self.expected if pair[0].logger is logger]:
            pair[0].install(plant)
            self.expected.remove(pair)
        self.sets.append(LoggerSet.out_of(plant, logger))
