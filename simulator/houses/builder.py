"""Builder: makes plants, data loggers, and devices behind them."""

from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from itertools import count as running

from ..devices.base import Device
from ..devices.bus import BusDevice
from ..model import Address, Plant
from ..physics.flows import Source
from ..physics.sky import Site
from ..place import Clock, Logger


@dataclass(kw_only=True)
class Builder:
    """Makes the plants of one account with ids and serials that never repeat."""

    number: int
    clock: Clock
    zone: float
    count: int
    unregistered: list[Plant] = field(default_factory=list)
    """Plants that hold unregistered hardware, each with one logger."""

    _serials: running[int] = field(default_factory=lambda: running(1))
    _plants: running[int] = field(default_factory=lambda: running(1))

    @property
    def first_day(self) -> date:
        """Return the first day of all records: in March of the year before."""
        return date(self.clock().year - 1, 3, 15)

    def _serial(self, kind: str) -> tuple[str, int]:
        """Return a new serial, and the number in it."""
        number = next(self._serials)
        return f"SIM{kind}{self.number}{number:05d}", number

    def plant(self, name: str, peak_kw: float, weather: str | None = None) -> Plant:
        """Return a plant without devices; neighbors can share the weather."""
        return self._plant(name, peak_kw, weather or name, self.first_day, self.zone)

    def new_plant(self, name: str, peak_kw: float, zone: float | None = None) -> Plant:
        """Return a plant that begins today."""
        hours = self.zone if zone is None else zone
        today = self.clock().astimezone(timezone(timedelta(hours=hours))).date()
        return self._plant(name, peak_kw, name, today, hours)

    def unregistered_plant(self) -> Plant:
        """Return a plant for a logger with devices that is to stay unregistered."""
        plant = self.new_plant(f"Box {len(self.unregistered) + 1}", 0)
        self.unregistered.append(plant)
        return plant

    def _plant(
        self, name: str, peak_kw: float, weather: str, start: date, zone: float
    ) -> Plant:
        """Return a plant without devices, whose records begin on a day."""
        plant_id = 9910000 + self.number * 100 + next(self._plants)
        return Plant(
            plant_id=plant_id,
            name=name,
            site=Site(latitude=50.12345, weather=weather, start=start),
            zone=zone,
            peak_kw=peak_kw,
            clock=self.clock,
            address=Address(street=f"Example Street {plant_id % 100}"),
        )

    def logger(self, plant: Plant, serial: str | None = None) -> Logger:
        """Add a logger to a plant, by default with a serial of its own."""
        logger = Logger(serial=serial or self._serial("L")[0])
        plant.loggers.append(logger)
        return logger

    def device(  # noqa: PLR0913 - all parts of a device
        self,
        family: type[Device],
        plant: Plant,
        logger: Logger | None,
        source: Source,
        *,
        rated: int,
        battery: bool = False,
    ) -> Device:
        """Add a device to a plant, behind a new logger if none is given."""
        serial, number = self._serial(family.letter)
        prefix = family.own_logger
        own = None if prefix is None else f"{prefix}{serial}"
        device = family(
            serial=serial,
            device_id=100000 * self.number + number,
            plant=plant,
            logger=logger or self.logger(plant, own),
            source=source,
            rated=rated,
            battery=battery,
            meter=battery,
        )
        plant.devices.append(device)
        return device

    @staticmethod
    def on_bus[BusDeviceT: BusDevice](
        family: type[BusDeviceT],
        plant: Plant,
        logger: Logger,
        source: Source,
        *,
        device_type: int,
    ) -> BusDeviceT:
        """Add a device of some type to a logger's bus, at the next free address."""
        device = family(
            plant=plant,
            logger=logger,
            source=source,
            address=1 + sum(other.logger is logger for other in plant.bus),
            device_type=device_type,
        )
        plant.bus.append(device)
        return device
