"""Data loggers that nobody has registered, and their way into a plant and back."""

from dataclasses import dataclass, field
from datetime import datetime

from .devices.base import Device
from .devices.bus import BusDevice
from .model import Logger, Plant


@dataclass(kw_only=True, eq=False)
class Box:
    """A data logger with all that hangs on it, working but not registered."""

    logger: Logger
    devices: list[Device]
    bus: list[BusDevice]

    @classmethod
    def out_of(cls, plant: Plant, logger: Logger) -> Box:
        """Return a logger of a plant, after taking it out with what is behind it."""
        box = cls(
            logger=logger,
            devices=[one for one in plant.devices if one.logger is logger],
            bus=[one for one in plant.bus if one.logger is logger],
        )
        plant.remove(logger.serial)
        return box

    @property
    def serials(self) -> set[str]:
        """Return the serials of the logger and of the devices."""
        return {self.logger.serial, *(device.serial for device in self.devices)}

    def unpack(self, plant: Plant) -> None:
        """Put what hangs on the logger into a plant."""
        for device in self.devices:
            device.plant = plant
        for thing in self.bus:
            thing.plant = plant
        plant.devices += self.devices
        plant.bus += self.bus


@dataclass(kw_only=True)
class Shelf:
    """The boxes that are not registered, and those that will soon be heard."""

    boxes: list[Box] = field(default_factory=list)
    expected: list[tuple[Box, Plant]] = field(default_factory=list)
    """Registered boxes that have not come online yet, and their plants."""

    def find(self, serial: str) -> Box | None:
        """Return the box with a logger or device that nobody has registered."""
        return next((box for box in self.boxes if serial in box.serials), None)

    def register(self, box: Box, plant: Plant, moment: datetime) -> None:
        """Add the logger of a box to a plant; its devices appear at a moment."""
        self.boxes.remove(box)
        plant.loggers.append(box.logger)
        box.logger.online_since = moment
        self.expected.append((box, plant))

    def settle(self, moment: datetime) -> None:
        """Let the devices appear whose loggers are online."""
        for one in list(self.expected):
            box, plant = one
            if box.logger.online_since and box.logger.online_since <= moment:
                box.unpack(plant)
                self.expected.remove(one)

    def take_back(self, plant: Plant, logger: Logger) -> None:
        """Take a logger with its devices out of a plant; anybody may register it."""
        for one in [one for one in self.expected if one[0].logger is logger]:
            one[0].unpack(plant)
            self.expected.remove(one)
        self.boxes.append(Box.out_of(plant, logger))
