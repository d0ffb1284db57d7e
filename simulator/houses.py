"""The houses that can be simulated: which plants, devices and loggers there are.

Token of a house: `simulated<house><account number>`, then zeros up to 32 characters.
Serials: SIM, a digit for the type (L for loggers), the account number, five digits.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count as running

from .balcony import balcony as balcony_home
from .beside import Heater, Seen, heated, produced
from .devices.base import Device
from .devices.environment import Environment
from .devices.groboost import GroBoost
from .devices.hps import Hps
from .devices.inverter import Inverter
from .devices.max import Max
from .devices.meter import GENERIC, SINGLE_PHASE, THREE_PHASES, Meter
from .devices.min import Min
from .devices.neo import Neo
from .devices.noah import Noah
from .devices.pbd import Pbd
from .devices.pcs import Pcs
from .devices.spa import Spa
from .devices.sph import Sph
from .devices.sph_s import SphS
from .devices.storage import Storage
from .devices.unmapped import Unmapped
from .devices.wit import Wit
from .energy import Battery, BatteryAlone, Panels, PvString, Source, home
from .model import Address, Clock, Logger, Plant
from .off_grid import off_grid
from .sky import Site, Slope, roof
from .works import works

SOUTH_EAST = Slope(azimuth=-35, tilt=35)
SOUTH_WEST = Slope(azimuth=40, tilt=35)
FLAT = Slope(azimuth=0, tilt=12)
LEVEL = Slope(azimuth=0, tilt=0)
TEN_KW = ((SOUTH_EAST, 56, 55), (FLAT, 48, 47))
"""The strings of an inverter of 10 kW."""

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

    def plant(self, name: str, peak_kw: float) -> Plant:
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
            builder=self,
        )

    @staticmethod
    def _address(plant: Plant, logger: Logger) -> int:
        """Return the next free address on the bus of a logger."""
        return 1 + sum(thing.logger is logger for thing in plant.bus)

    def logger(self, plant: Plant, serial: str | None = None) -> Logger:
        """Add a logger to a plant, by default with a serial of its own."""
        logger = Logger(serial=serial or self._serial("L")[0])
        plant.loggers.append(logger)
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
        serial, number = self._serial(family.letter)
        inside = family.own_logger
        own = None if inside is None else f"{inside}{serial}"
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

    def add_sph_s(self, plant: Plant, *, logger: Logger | None = None) -> Device:
        """Add an SPH-S of 10 kW with three strings, a battery and a meter."""
        strings = _strings(
            plant.site, (SOUTH_EAST, 35, 34), (SOUTH_WEST, 31, 30), (FLAT, 27, 26)
        )
        source = _hybrid(plant, strings)
        return self._device(SphS, plant, logger, source, rated=10000, battery=True)

    def add_wit(self, plant: Plant, *, logger: Logger | None = None) -> Device:
        """Add a WIT of 50 kW with four inputs, two batteries and a meter."""
        strings = _strings(
            plant.site,
            (SOUTH_EAST, 96, 95),
            (SOUTH_WEST, 88, 87),
            (FLAT, 72, 71),
            (FLAT, 70, 69),
        )
        batteries = Battery(capacity=100_000, power=300_000)
        source = home(strings, batteries, plant.name, plant.site.start)
        return self._device(Wit, plant, logger, source, rated=50000, battery=True)

    def add_spa(self, plant: Plant, beside: Device) -> Device:
        """Add an SPA of 3 kW, a battery and a meter beside an inverter of 10 kW."""
        # It sees the sun that the inverter sees, where the inverter gives it.
        seen = ((slope, given, given) for slope, _, given in TEN_KW)
        strings = _strings(plant.site, *seen)
        house = home(strings, Battery(), plant.name, plant.site.start, efficiency=100)
        return self._device(
            Spa, plant, beside.logger, BatteryAlone(house), rated=3000, battery=True
        )

    def add_storage(self, plant: Plant, *, logger: Logger | None = None) -> Device:
        """Add an SPF of 5 kW with two strings and a battery, and mains at its input."""
        strings = _strings(plant.site, (SOUTH_EAST, 26, 25), (SOUTH_WEST, 22, 21))
        battery = Battery(capacity=5_000, power=40_000, floor=20)
        source = off_grid(strings, battery, plant.name, plant.site.start)
        return self._device(Storage, plant, logger, source, rated=5000, battery=True)

    def add_inverter(self, plant: Plant, *, logger: Logger | None = None) -> Device:
        """Add a three-phase inverter of 10 kW with two inputs."""
        strings = _strings(plant.site, *TEN_KW)
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

    def add_balcony(self, plant: Plant) -> Device:
        """Add a NEXA with two packs and a meter, and a NEO of 800 W beside it."""
        panels = _strings(plant.site, *((SOUTH_EAST, 2, 2), (FLAT, 2, 2)) * 2)
        beside = _strings(plant.site, (SOUTH_WEST, 4, 4), (FLAT, 4, 4))
        source = balcony_home(panels, beside, plant.name, plant.site.start)
        noah = self._device(Noah, plant, None, source, rated=800, battery=True)
        self._device(Neo, plant, None, Panels(beside), rated=800)
        return noah

    def add_groboost(self, plant: Plant, source: Source) -> Device:
        """Add a GroBoost with a heater of 1.5 kW, behind a new logger."""
        return self._device(GroBoost, plant, None, source, rated=1500)

    def add_meter(
        self, plant: Plant, logger: Logger, source: Source, device_type: int
    ) -> Meter:
        """Add a meter of what a source imports and exports to a logger's bus."""
        address = self._address(plant, logger)
        thing = Meter(
            plant=plant,
            logger=logger,
            source=source,
            address=address,
            device_type=device_type,
        )
        plant.bus.append(thing)
        return thing

    def add_environment(self, plant: Plant, logger: Logger) -> Environment:
        """Add a weather station to a logger's bus."""
        level = Panels(_strings(plant.site, (LEVEL, 10, 10)))
        address = self._address(plant, logger)
        thing = Environment(
            plant=plant, logger=logger, source=level, address=address, device_type=48
        )
        plant.bus.append(thing)
        return thing

    def add_hps(self, plant: Plant, *, logger: Logger | None = None) -> Device:
        """Add an ATESS HPS of 30 kW with two strings, a battery and a meter."""
        strings = _strings(plant.site, (SOUTH_EAST, 160, 160), (FLAT, 150, 150))
        return self._commercial(Hps, plant, logger, strings, rated=30000)

    def add_pcs(self, plant: Plant, *, logger: Logger | None = None) -> Device:
        """Add an ATESS PCS of 50 kW with two strings, a battery and a meter."""
        strings = _strings(plant.site, (SOUTH_WEST, 230, 230), (FLAT, 220, 220))
        return self._commercial(Pcs, plant, logger, strings, rated=50000)

    def add_pbd(self, plant: Plant, *, logger: Logger | None = None) -> Device:
        """Add an ATESS PBD of 250 kW with three strings and a battery."""
        strings = _strings(
            plant.site, (SOUTH_EAST, 410, 410), (SOUTH_WEST, 400, 400), (FLAT, 390, 390)
        )
        return self._commercial(Pbd, plant, logger, strings, rated=250000)

    def _commercial(
        self,
        family: type[Device],
        plant: Plant,
        logger: Logger | None,
        strings: tuple[PvString, ...],
        *,
        rated: int,
    ) -> Device:
        """Add a commercial device whose battery lasts for two hours at rated power."""
        battery = Battery(capacity=rated * 2, power=rated * 10)
        source = works(strings, battery, plant.name, plant.site.start, rated // 5000)
        return self._device(family, plant, logger, source, rated=rated, battery=True)

    def add_unmapped(self, plant: Plant, *, logger: Logger | None = None) -> Device:
        """Add a device of a type no manual has, of 8 kW with one string."""
        strings = _strings(plant.site, (SOUTH_EAST, 40, 39))
        return self._device(Unmapped, plant, logger, Panels(strings), rated=8000)


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
    plant = builder.plant("Villa Sunshine", 6.8)
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
    """Return one plant: an SPH with two strings and battery, and a smart meter."""
    plant = builder.plant("Mill House", 6.3)
    sph = builder.add_sph(plant)
    builder.add_meter(plant, sph.logger, sph.source, SINGLE_PHASE)
    return [plant]


def retrofit(builder: Builder) -> list[Plant]:
    """Return one plant: a classic inverter, beside it an SPA with battery and meter."""
    plant = builder.plant("Old Farm", 10.4)
    builder.add_spa(plant, beside=builder.add_inverter(plant))
    return [plant]


def offgrid(builder: Builder) -> list[Plant]:
    """Return one plant: an SPF with two strings and a battery, mains at its input."""
    plant = builder.plant("Mountain Hut", 4.6)
    builder.add_storage(plant)
    return [plant]


def balcony(builder: Builder) -> list[Plant]:
    """Return one plant: a NEXA with two packs and a meter, beside it a NEO 800."""
    plant = builder.plant("Balcony", 1.6)
    builder.add_balcony(plant)
    return [plant]


def weather(builder: Builder) -> list[Plant]:
    """Return one plant: an inverter, two meters, a weather station and a GroBoost."""
    plant = builder.plant("Weather House", 10.4)
    inverter = builder.add_inverter(plant)
    strings = _strings(plant.site, (SOUTH_EAST, 55, 55), (FLAT, 47, 47))
    house = home(
        strings, Battery(power=0), plant.name, plant.site.start, efficiency=100
    )
    heater = Heater(house, 15_000, plant.site.start)
    builder.add_groboost(plant, heater)
    grid, output = Seen(heated, house, heater), Seen(produced, inverter.source)
    builder.add_meter(plant, inverter.logger, grid, THREE_PHASES)
    builder.add_meter(plant, inverter.logger, output, GENERIC)
    builder.add_environment(plant, inverter.logger)
    return [plant]


def atess(builder: Builder) -> list[Plant]:
    """Return one plant: an HPS, a PCS and a PBD on one logger."""
    plant = builder.plant("Sawmill", 196)
    first = builder.add_hps(plant)
    builder.add_pcs(plant, logger=first.logger)
    builder.add_pbd(plant, logger=first.logger)
    return [plant]


def wit(builder: Builder) -> list[Plant]:
    """Return one plant: a WIT with four inputs, two batteries and grid meter."""
    plant = builder.plant("Workshop", 32.6)
    builder.add_wit(plant)
    return [plant]


def sph_s(builder: Builder) -> list[Plant]:
    """Return one plant: an SPH-S with three strings, battery and grid meter."""
    plant = builder.plant("Log Cabin", 9.3)
    builder.add_sph_s(plant)
    return [plant]


def novel(builder: Builder) -> list[Plant]:
    """Return one plant: a device of a type that no manual has."""
    plant = builder.plant("Pioneer House", 8)
    builder.add_unmapped(plant)
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
    "offgrid": offgrid,
    "balcony": balcony,
    "weather": weather,
    "atess": atess,
    "wit": wit,
    "sph_s": sph_s,
    "novel": novel,
    "empty": empty,
    "fleet": fleet,
}
