"""Recipes: each family's device with its panels, battery and data logger."""

from ..devices.base import Device
from ..devices.environment import Environment
from ..devices.groboost import GroBoost
from ..devices.hps import Hps
from ..devices.inverter import Inverter
from ..devices.max import Max
from ..devices.meter import Meter
from ..devices.min import Min
from ..devices.neo import Neo
from ..devices.noah import Noah
from ..devices.pbd import Pbd
from ..devices.pcs import Pcs
from ..devices.spa import Spa
from ..devices.sph import Sph
from ..devices.sph_s import SphS
from ..devices.storage import Storage
from ..devices.unmapped import Unmapped
from ..devices.wit import Wit
from ..model import Plant
from ..physics.balcony_storage import balcony_storage_home
from ..physics.business import business
from ..physics.flows import Source
from ..physics.home import AcCoupledBattery, Battery, home
from ..physics.off_grid import off_grid_home
from ..physics.panels import (
    FLAT,
    LEVEL,
    SOUTH_EAST,
    SOUTH_WEST,
    TEN_KW,
    Panels,
    PvString,
    pv_strings,
)
from ..place import Logger
from .builder import Builder


def _household(plant: Plant, strings: tuple[PvString, ...]) -> Source:
    """Return the household around a hybrid inverter."""
    return home(strings, Battery(), plant.name, plant.site.start)


def _add_commercial(  # noqa: PLR0913 - all parts of a device
    builder: Builder,
    family: type[Device],
    plant: Plant,
    logger: Logger | None,
    strings: tuple[PvString, ...],
    *,
    rated: int,
) -> Device:
    """Add a commercial device whose battery lasts for two hours at rated power."""
    battery = Battery(capacity=rated * 2, power=rated * 10)
    source = business(strings, battery, plant.name, plant.site.start, rated // 5000)
    return builder.device(family, plant, logger, source, rated=rated, battery=True)


def add_environment(builder: Builder, plant: Plant, logger: Logger) -> Environment:
    """Add a weather station to a logger's bus."""
    level = Panels(pv_strings(plant.site, (LEVEL, 10, 10)))
    return builder.on_bus(Environment, plant, logger, level, device_type=48)


def add_groboost(builder: Builder, plant: Plant, source: Source) -> Device:
    """Add a GroBoost with a heater of 1.5 kW, behind a new logger."""
    return builder.device(GroBoost, plant, None, source, rated=1500)


def add_hps(builder: Builder, plant: Plant, *, logger: Logger | None = None) -> Device:
    """Add an ATESS HPS of 30 kW with two strings, a battery and a meter."""
    strings = pv_strings(plant.site, (SOUTH_EAST, 160, 160), (FLAT, 150, 150))
    return _add_commercial(builder, Hps, plant, logger, strings, rated=30000)


def add_inverter(
    builder: Builder, plant: Plant, *, logger: Logger | None = None
) -> Device:
    """Add a three-phase inverter of 10 kW with two inputs."""
    strings = pv_strings(plant.site, *TEN_KW)
    return builder.device(Inverter, plant, logger, Panels(strings), rated=10000)


def add_max(builder: Builder, plant: Plant, *, logger: Logger | None = None) -> Device:
    """Add a MID of 25 kW with three inputs."""
    # Neighbors differ a little in size, so that no two devices read the same.
    extra = len(plant.devices) % 7
    strings = pv_strings(
        plant.site,
        (SOUTH_EAST, 96 - extra, 95 - extra),
        (SOUTH_WEST, 88, 87),
        (FLAT, 72, 71),
    )
    return builder.device(Max, plant, logger, Panels(strings), rated=25000)


def add_meter(
    builder: Builder, plant: Plant, logger: Logger, source: Source, device_type: int
) -> Meter:
    """Add a meter of the import and export of a source to a logger's bus."""
    return builder.on_bus(Meter, plant, logger, source, device_type=device_type)


def add_min(
    builder: Builder,
    plant: Plant,
    *,
    logger: Logger | None = None,
    battery: bool = False,
) -> Device:
    """Add a MIN of 6 kW with two strings; with a battery it has a meter too."""
    # Neighbors differ a little in size, so that no two devices read the same.
    extra = len(plant.devices) % 7
    east, west = 36 - extra, 32 - extra // 2
    strings = pv_strings(
        plant.site, (SOUTH_EAST, east, east - 1), (SOUTH_WEST, west, west - 1)
    )
    source = _household(plant, strings) if battery else Panels(strings)
    return builder.device(Min, plant, logger, source, rated=6000, battery=battery)


def add_balcony_storage(builder: Builder, plant: Plant) -> Device:
    """Add a NEXA with two packs and a meter, and a NEO of 800 W beside it."""
    panels = pv_strings(plant.site, *((SOUTH_EAST, 2, 2), (FLAT, 2, 2)) * 2)
    others = pv_strings(plant.site, (SOUTH_WEST, 4, 4), (FLAT, 4, 4))
    source = balcony_storage_home(panels, others, plant.name, plant.site.start)
    noah = builder.device(Noah, plant, None, source, rated=800, battery=True)
    builder.device(Neo, plant, None, Panels(others), rated=800)
    return noah


def add_pbd(builder: Builder, plant: Plant, *, logger: Logger | None = None) -> Device:
    """Add an ATESS PBD of 250 kW with three strings and a battery."""
    strings = pv_strings(
        plant.site, (SOUTH_EAST, 410, 410), (SOUTH_WEST, 400, 400), (FLAT, 390, 390)
    )
    return _add_commercial(builder, Pbd, plant, logger, strings, rated=250000)


def add_pcs(builder: Builder, plant: Plant, *, logger: Logger | None = None) -> Device:
    """Add an ATESS PCS of 50 kW with two strings, a battery and a meter."""
    strings = pv_strings(plant.site, (SOUTH_WEST, 230, 230), (FLAT, 220, 220))
    return _add_commercial(builder, Pcs, plant, logger, strings, rated=50000)


def add_spa(builder: Builder, plant: Plant, inverter: Device) -> Device:
    """Add an SPA of 3 kW, a battery and a meter beside an inverter of 10 kW."""
    # It measures the output of the inverter as the power of the panels.
    measured = ((slope, ac, ac) for slope, _, ac in TEN_KW)
    strings = pv_strings(plant.site, *measured)
    house = home(strings, Battery(), plant.name, plant.site.start, efficiency=100)
    return builder.device(
        Spa, plant, inverter.logger, AcCoupledBattery(house), rated=3000, battery=True
    )


def add_sph(builder: Builder, plant: Plant, *, logger: Logger | None = None) -> Device:
    """Add an SPH of 6 kW with two strings, a battery and a meter."""
    strings = pv_strings(plant.site, (SOUTH_EAST, 33, 32), (SOUTH_WEST, 30, 29))
    source = _household(plant, strings)
    return builder.device(Sph, plant, logger, source, rated=6000, battery=True)


def add_sph_s(
    builder: Builder, plant: Plant, *, logger: Logger | None = None
) -> Device:
    """Add an SPH-S of 10 kW with three strings, a battery and a meter."""
    strings = pv_strings(
        plant.site, (SOUTH_EAST, 35, 34), (SOUTH_WEST, 31, 30), (FLAT, 27, 26)
    )
    source = _household(plant, strings)
    return builder.device(SphS, plant, logger, source, rated=10000, battery=True)


def add_storage(
    builder: Builder, plant: Plant, *, logger: Logger | None = None
) -> Device:
    """Add an SPF of 5 kW with two strings and a battery, and mains at its input."""
    strings = pv_strings(plant.site, (SOUTH_EAST, 26, 25), (SOUTH_WEST, 22, 21))
    battery = Battery(capacity=5_000, power=40_000, floor=20)
    source = off_grid_home(strings, battery, plant.name, plant.site.start)
    return builder.device(Storage, plant, logger, source, rated=5000, battery=True)


def add_unmapped(
    builder: Builder, plant: Plant, *, logger: Logger | None = None
) -> Device:
    """Add a device of a type that no manual has, of 8 kW with one string."""
    strings = pv_strings(plant.site, (SOUTH_EAST, 40, 39))
    return builder.device(Unmapped, plant, logger, Panels(strings), rated=8000)


def add_wit(builder: Builder, plant: Plant, *, logger: Logger | None = None) -> Device:
    """Add a WIT of 50 kW with four inputs, two batteries and a meter."""
    strings = pv_strings(
        plant.site,
        (SOUTH_EAST, 96, 95),
        (SOUTH_WEST, 88, 87),
        (FLAT, 72, 71),
        (FLAT, 70, 69),
    )
    batteries = Battery(capacity=100_000, power=300_000)
    source = home(strings, batteries, plant.name, plant.site.start)
    return builder.device(Wit, plant, logger, source, rated=50000, battery=True)
