"""Houses: the plants, devices and loggers that can be simulated.

Token of a house: `simulated<house><account number>`, then zeros up to 32 characters.
Serials: SIM, a digit for the type (L for loggers), the account number, five digits.
"""

from collections.abc import Callable

from ..devices.meter import GENERIC, SINGLE_PHASE, THREE_PHASES
from ..model import Plant
from ..physics.flows import Source
from ..physics.home import Battery, home
from ..physics.neighbors import (
    DerivedSource,
    Heater,
    heater,
    output_as_import,
    with_heater,
)
from ..physics.panels import FLAT, SOUTH_EAST, pv_strings
from .builder import Builder
from .recipes import (
    add_balcony_storage,
    add_environment,
    add_groboost,
    add_hps,
    add_inverter,
    add_max,
    add_meter,
    add_min,
    add_pbd,
    add_pcs,
    add_spa,
    add_sph,
    add_sph_s,
    add_storage,
    add_unmapped,
    add_wit,
)

DEVICES_PER_LOGGER = 10
CUSTOMERS = 100
FIELDS = 100


def villa(builder: Builder) -> list[Plant]:
    """Return one plant: a MIN with two strings, battery and grid meter."""
    plant = builder.plant("Villa Sunshine", 6.8)
    add_min(builder, plant, battery=True)
    return [plant]


def duo(builder: Builder) -> list[Plant]:
    """Return two plants: a classic inverter; three MIN, two of them on one logger."""
    barn = builder.plant("Barn", 10.4)
    add_inverter(builder, barn)
    terrace = builder.plant("Terrace", 20.4)
    first = add_min(builder, terrace)
    add_min(builder, terrace, logger=first.logger)
    add_min(builder, terrace)
    return [barn, terrace]


def hall(builder: Builder) -> list[Plant]:
    """Return one plant: two MAX on one logger."""
    plant = builder.plant("Hall", 51.2)
    first = add_max(builder, plant)
    add_max(builder, plant, logger=first.logger)
    return [plant]


def hybrid(builder: Builder) -> list[Plant]:
    """Return one plant: an SPH with two strings and battery, and a smart meter."""
    plant = builder.plant("Mill House", 6.3)
    sph = add_sph(builder, plant)
    add_meter(builder, plant, sph.logger, sph.source, SINGLE_PHASE)
    return [plant]


def retrofit(builder: Builder) -> list[Plant]:
    """Return one plant: a classic inverter, beside it an SPA with battery and meter."""
    plant = builder.plant("Old Farm", 10.4)
    add_spa(builder, plant, inverter=add_inverter(builder, plant))
    return [plant]


def offgrid(builder: Builder) -> list[Plant]:
    """Return one plant: an SPF with two strings and a battery, mains at its input."""
    plant = builder.plant("Mountain Hut", 4.6)
    add_storage(builder, plant)
    return [plant]


def balcony(builder: Builder) -> list[Plant]:
    """Return one plant: a NEXA with two packs and a meter, beside it a NEO 800."""
    plant = builder.plant("Balcony", 1.6)
    add_balcony_storage(builder, plant)
    return [plant]


def weather(builder: Builder) -> list[Plant]:
    """Return one plant: an inverter, two meters, a weather station and a GroBoost."""
    plant = builder.plant("Weather House", 10.4)
    inverter = add_inverter(builder, plant)
    house, boost = _add_groboost(builder, plant)
    grid = DerivedSource(with_heater, house, boost)
    output = DerivedSource(output_as_import, inverter.source)
    add_meter(builder, plant, inverter.logger, grid, THREE_PHASES)
    add_meter(builder, plant, inverter.logger, output, GENERIC)
    add_environment(builder, plant, inverter.logger)
    return [plant]


def _add_groboost(builder: Builder, plant: Plant) -> tuple[Source, Heater]:
    """Add a GroBoost, and return the house with panels of 10 kW and its heater."""
    strings = pv_strings(plant.site, (SOUTH_EAST, 55, 55), (FLAT, 47, 47))
    house = home(
        strings, Battery(power=0), plant.name, plant.site.start, efficiency=100
    )
    boost = heater(house, 15_000, plant.site.start)
    add_groboost(builder, plant, boost)
    return house, boost


def atess(builder: Builder) -> list[Plant]:
    """Return one plant: an HPS, a PCS and a PBD on one logger."""
    plant = builder.plant("Sawmill", 196)
    first = add_hps(builder, plant)
    add_pcs(builder, plant, logger=first.logger)
    add_pbd(builder, plant, logger=first.logger)
    return [plant]


def wit(builder: Builder) -> list[Plant]:
    """Return one plant: a WIT with four inputs, two batteries and grid meter."""
    plant = builder.plant("Workshop", 32.6)
    add_wit(builder, plant)
    return [plant]


def sph_s(builder: Builder) -> list[Plant]:
    """Return one plant: an SPH-S with three strings, battery and grid meter."""
    plant = builder.plant("Log Cabin", 9.3)
    add_sph_s(builder, plant)
    return [plant]


def commercial(builder: Builder) -> list[Plant]:
    """Return three plants of a business, with every commercial device."""
    roofs = builder.plant("Factory Roofs", 76.8)
    logger = add_max(builder, roofs).logger
    add_max(builder, roofs, logger=logger)
    add_max(builder, roofs, logger=logger)
    office = builder.plant("Office", 43)
    wit = add_wit(builder, office)
    add_meter(builder, office, wit.logger, wit.source, THREE_PHASES)
    add_environment(builder, office, wit.logger)
    _add_groboost(builder, office)
    store = builder.plant("Cold Store", 196)
    first = add_hps(builder, store)
    add_pcs(builder, store, logger=first.logger)
    add_pbd(builder, store, logger=first.logger)
    return [roofs, office, store]


def everything(builder: Builder) -> list[Plant]:
    """Return plants with one device of each family, and one that no manual has."""
    return [
        plant
        for house in (villa, hybrid, retrofit, offgrid, balcony, sph_s, novel)
        for plant in house(builder)
    ] + commercial(builder)


def installer(builder: Builder) -> list[Plant]:
    """Return a hundred plants of customers, with one to four devices each."""
    plants = [
        builder.plant(f"Customer {number:03d}", 6.8, weather="Town")
        for number in range(CUSTOMERS)
    ]
    for number, plant in enumerate(plants):
        first = add_min(builder, plant)
        for _ in range(number % 4):
            add_min(builder, plant, logger=first.logger)
        if number % 5 == 0:
            add_inverter(builder, plant)
        if number % 10 == 0:
            add_max(builder, plant)
    return plants


def novel(builder: Builder) -> list[Plant]:
    """Return one plant: a device of a type that no manual has."""
    plant = builder.plant("Pioneer House", 8)
    add_unmapped(builder, plant)
    return [plant]


def empty(builder: Builder) -> list[Plant]:
    """Return no plant: an empty account."""
    return []


def new(builder: Builder) -> list[Plant]:
    """Return no plant: a dealer, with the hardware of three customers."""
    villa, shed, mill = (builder.unregistered_plant() for _ in range(3))
    add_min(builder, villa, battery=True)
    inverter = add_inverter(builder, shed)
    add_min(builder, shed, logger=inverter.logger)
    sph = add_sph(builder, mill)
    add_meter(builder, mill, sph.logger, sph.source, SINGLE_PHASE)
    return []


def fleet(builder: Builder) -> list[Plant]:
    """Return one plant with `count` MIN, ten on a logger."""
    plant = builder.plant("Solar Park", round(6.8 * builder.count, 1))
    _add_row(builder, plant, builder.count)
    return [plant]


def park(builder: Builder) -> list[Plant]:
    """Return a hundred plants, each with ten MIN on one logger."""
    plants = [
        builder.plant(f"Field {number:03d}", 68, weather="Plain")
        for number in range(FIELDS)
    ]
    for plant in plants:
        _add_row(builder, plant, DEVICES_PER_LOGGER)
    return plants


def _add_row(builder: Builder, plant: Plant, count: int) -> None:
    """Add some MIN to a plant, ten on a logger."""
    logger = builder.logger(plant)
    for number in range(count):
        if number and number % DEVICES_PER_LOGGER == 0:
            logger = builder.logger(plant)
        add_min(builder, plant, logger=logger)


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
    "commercial": commercial,
    "all": everything,
    "installer": installer,
    "novel": novel,
    "empty": empty,
    "new": new,
    "fleet": fleet,
    "park": park,
}

MERCHANTS = frozenset({"installer", "new"})
"""The houses whose token may register customers."""
