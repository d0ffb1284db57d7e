"""What a loaded entry consists of."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from homeassistant.config_entries import ConfigEntry

from ..api import (
    Family,
    GrowattClient,
)
from .account import AccountCoordinator
from .base import GrowattCoordinator
from .dataloggers import DataloggersCoordinator
from .details import DetailsCoordinator
from .devices import DevicesCoordinator
from .inventory import InventoryCoordinator
from .plants import PlantsCoordinator
from .readings import ReadingsCoordinator


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowattData:
    """The client of an entry, and its coordinators."""

    client: GrowattClient
    inventory: InventoryCoordinator
    details: DetailsCoordinator
    plants: PlantsCoordinator
    dataloggers: DataloggersCoordinator
    devices: Mapping[Family, DevicesCoordinator]
    account: AccountCoordinator
    added: defaultdict[str, set[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(set)
    )
    """Platform and key of the entities that were added, by plant id or serial."""
    held_back: dict[str, dict[str, int]] = field(default_factory=dict)
    """How many values of a counter could not be believed, by serial and key."""
    registered: set[str] = field(default_factory=set)
    """The plant ids and serials that have a device."""

    @property
    def coordinators(self) -> tuple[GrowattCoordinator[Any], ...]:
        """Return everything that asks."""
        return self.inventory, self.details, *self.readings

    @property
    def asking(self) -> tuple[ReadingsCoordinator, ...]:
        """Return what asks for readings."""
        return self.plants, *self.devices.values()

    @property
    def readings(self) -> tuple[ReadingsCoordinator, ...]:
        """Return everything entities are made from.

        Devices go before data loggers: one that is its own logger knows itself best.
        """
        return *self.asking, self.dataloggers, self.account


type GrowattConfigEntry = ConfigEntry[GrowattData]
