"""The houses that can be simulated: which plants, devices and loggers there are.

Token of a house: `simulated<house><account number>`, then zeros up to 32 characters.
Serials: SIM, a digit for the type (L for loggers), the account number, five digits.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count as running

from .devices.base import Device
from .devices.inverter import Inverter
from .devices.max import Max
from .devices.min import Min
from .devices.spa import Spa
from .devices.sph import Sph
from .energy import Battery, Panels, PvString, Source, Storage, home
from .model import Address, Clock, Logger, Plant
from .sky import Site, Slope, roof

SOUTH_EAST = Slope(azimuth=-35, tilt=35)
SOUTH_WEST = Slope(azimuth=40, tilt=35)
FLAT = Slope(azimuth=0, tilt=12)

DEVICES_PER_LOGGER = 10


@dataclass(kw_only=True)
class Builder:
    """Makes the plants of one account with ids and serials that never repeat."""

    number: int
    clock: Clock
    zone: float
    count: int
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

    def plant(self, name: str, peak_kw: float, *, meter: bool = False) -> Plant:
        """Return a plant without devices."""
        plant_id = 9910000 + self.number * 100 + next(self._plants)
        site = Site(latitude=50.12345, weather=name, start=self.first_day)
        return Plant(
            plant_id=plant_id,
            name=name,
            site=site,
            zone=self.zone,
            peak_kw=peak_kw,
            clock=self.clock,
            address=Address(street=f"Example Street {plant_id % 100}"),
            has_meter=meter,
            builder=self,
        )

    def logger(self, plant: Plant) -> Logger:
        """Add a logger to a plant."""
        serial, _ = self._serial("L")
        plant.loggers.append(logger := Logger(serial=serial))
        return logger

    def _device(  # noqa: PLR0913 - what a device is made of
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
        serial, number = self._serial(str(family.v1_type))
        device = family(
            serial=serial,
            device_id=100000 * self.number + number,
            plant=plant,
            logger=logger or self.logger(plant),
            source=source,
            rated=rated,
            battery=battery,
            meter=battery,
        )
        plant.devices.append(device)
        return device

    def add_min(
        self, plant: Plant, *, logger: Logger | None = None, battery: bool = False
    ) -> Device:
        """Add a MIN of 6 kW with two strings; with a battery it has a meter too."""
        # Neighbours differ a little in size, so that no two devices read the same.
        extra = len(plant.devices) % 7
        east, west = 36 - extra, 32 - extra // 2
        strings = _strings(
            plant.site, (SOUTH_EAST, east, east - 1), (SOUTH_WEST, west, west - 1)
        )
        source = _hybrid(plant, strings) if battery else Panels(strings)
        return self._device(Min, plant, logger, source, rated=6000, battery=battery)

    def add_sph(self, plant: Plant, *, logger: Logger | None = None) -> Device:
        """Add an SPH of 6 kW with two strings, a battery and a meter."""
        strings = _strings(plant.site, (SOUTH_EAST, 33, 32), (SOUTH_WEST, 30, 29))
        source = _hybrid(plant, strings)
        return self._device(Sph, plant, logger, source, rated=6000, battery=True)

    def add_spa(self, plant: Plant, beside: Device) -> Device:
        """Add an SPA of 3 kW, a battery and a meter beside an inverter of 10 kW."""
        strings = _strings(plant.site, (SOUTH_EAST, 55, 55), (FLAT, 47, 47))
        house = home(strings, Battery(), plant.name, plant.site.start, efficiency=100)
        return self._device(
            Spa, plant, beside.logger, Storage(house), rated=3000, battery=True
        )

    def add_inverter(self, plant: Plant, *, logger: Logger | None = None) -> Device:
        """Add a three-phase inverter of 10 kW with two inputs."""
        strings = _strings(plant.site, (SOUTH_EAST, 56, 55), (FLAT, 48, 47))
        return self._device(Inverter, plant, logger, Panels(strings), rated=10000)

    def add_max(self, plant: Plant, *, logger: Logger | None = None) -> Device:
        """Add a MID of 25 kW with three inputs."""
        # Neighbours differ a little in size, so that no two devices read the same.
        extra = len(plant.devices) % 7
        strings = _strings(
            plant.site,
            (SOUTH_EAST, 96 - extra, 95 - extra),
            (SOUTH_WEST, 88, 87),
            (FLAT, 72, 71),
        )
        return self._device(Max, plant, logger, Panels(strings), rated=25000)


def _strings(site: Site, *strings: tuple[Slope, int, int]) -> tuple[PvString, ...]:
    """Return strings: slope, then tenths of a watt per unit of sun before and after."""
    return tuple(
        PvString(roof=roof(site, slope), dc=before, ac=after)
        for slope, before, after in strings
    )


def _hybrid(plant: Plant, strings: tuple[PvString, ...]) -> Source:
    """Return the household around a hybrid inverter."""
    return home(strings, Battery(), plant.name, plant.site.start)


def villa(builder: Builder) -> list[Plant]:
    """Return one plant: a MIN with two strings, battery and grid meter."""
    plant = builder.plant("Villa Sunshine", 6.8, meter=True)
    builder.add_min(plant, battery=True)
    return [plant]


def duo(builder: Builder) -> list[Plant]:
    """Return two plants: a classic inverter; three MIN, two of them on one logger."""
    barn = builder.plant("Barn", 10.4)
    builder.add_inverter(barn)
    terrace = builder.plant("Terrace", 20.4)
    first = builder.add_min(terrace)
    builder.add_min(terrace, logger=first.logger)
    builder.add_min(terrace)
    return [barn, terrace]


def hall(builder: Builder) -> list[Plant]:
    """Return one plant: two MAX on one logger."""
    plant = builder.plant("Hall", 51.2)
    first = builder.add_max(plant)
    builder.add_max(plant, logger=first.logger)
    return [plant]


def hybrid(builder: Builder) -> list[Plant]:
    """Return one plant: an SPH with two strings, battery and grid meter."""
    plant = builder.plant("Mill House", 6.3, meter=True)
    builder.add_sph(plant)
    return [plant]


def retrofit(builder: Builder) -> list[Plant]:
    """Return one plant: a classic inverter, beside it an SPA with battery and meter."""
    plant = builder.plant("Old Farm", 10.4, meter=True)
    builder.add_spa(plant, beside=builder.add_inverter(plant))
    return [plant]


def empty(builder: Builder) -> list[Plant]:
    """Return no plant: an account without any, or a token that sees none."""
    return []


def fleet(builder: Builder) -> list[Plant]:
    """Return one plant with as many MIN as asked for, ten on a logger."""
    plant = builder.plant("Solar Park", round(6.8 * builder.count, 1))
    logger = builder.logger(plant)
    for number in range(builder.count):
        if number and number % DEVICES_PER_LOGGER == 0:
            logger = builder.logger(plant)
        builder.add_min(plant, logger=logger)
    return [plant]


HOUSES: dict[str, Callable[[Builder], list[Plant]]] = {
    "villa": villa,
    "duo": duo,
    "hall": hall,
    "hybrid": hybrid,
    "retrofit": retrofit,
    "empty": empty,
    "fleet": fleet,
}
