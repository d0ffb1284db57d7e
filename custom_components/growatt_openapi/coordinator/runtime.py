"""Runtime data of a loaded entry: its client, coordinators and sources."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from homeassistant.config_entries import ConfigEntry

from ..api import Family, GrowattClient
from .account import AccountSource
from .base import GrowattCoordinator
from .dataloggers import DataloggersSource
from .details import DetailsCoordinator
from .devices import DevicesCoordinator
from .inventory import InventoryCoordinator
from .plants import PlantsCoordinator
from .readings import ReadingsCoordinator
from .sources import DerivedSource, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowattData:
    """The client of an entry, and what is made from its answers."""

    client: GrowattClient
    inventory: InventoryCoordinator
    details: DetailsCoordinator
    plants: PlantsCoordinator
    devices: Mapping[Family, DevicesCoordinator]
    dataloggers: DataloggersSource
    account: AccountSource
    added: defaultdict[str, set[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(set)
    )
    """Platform and key of the entities that were added, by plant id or serial."""
    held_back: dict[str, dict[str, int]] = field(default_factory=dict)
    """How many values of a counter could not be believed, by serial and key."""
    registered: set[str] = field(default_factory=set)
    """The plant ids and serials that have a device."""

    @property
    def stages(self) -> tuple[tuple[GrowattCoordinator[Any], ...], ...]:
        """Return the coordinators in the order in which they are refreshed.

        The inventory lists what there is, and the plants provide the clocks of their
        devices; all else is refreshed side by side.
        """
        return (self.inventory,), (self.plants,), (self.details, *self.devices.values())

    @property
    def coordinators(self) -> tuple[GrowattCoordinator[Any], ...]:
        """Return everything that requests something."""
        return tuple(coordinator for stage in self.stages for coordinator in stage)

    @property
    def readings(self) -> tuple[ReadingsCoordinator, ...]:
        """Return the coordinators of readings."""
        return self.plants, *self.devices.values()

    @property
    def derived(self) -> tuple[DerivedSource, ...]:
        """Return the sources that follow from the coordinators."""
        return self.dataloggers, self.account

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return everything that entities are made from.

        Devices go before data loggers: an inverter that is its own data logger has the
        better values.
        """
        return *self.readings, *self.derived


type GrowattConfigEntry = ConfigEntry[GrowattData]
