"""Master data of the devices: names, models, firmware; requested seldom."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, override

from ..api import (
    Details,
    Family,
    GrowattConnectionError,
    GrowattError,
    GrowattRateLimitError,
)
from .base import GrowattCoordinator
from .inventory import InventoryCoordinator

DETAILS_EVERY: Final = timedelta(days=1)
# Growatt names the model of one device a request, so a large fleet takes many rounds.
MODELS_AT_ONCE: Final = 20


class DetailsCoordinator(GrowattCoordinator[Mapping[str, Details]]):
    """Coordinator of the details of all devices, by serial, and of their models."""

    def __init__(
        self, inventory: InventoryCoordinator, models: Mapping[str, str]
    ) -> None:
        """Initialize the coordinator with the models that are known, by serial."""
        super().__init__(inventory.context, kind="details", interval=DETAILS_EVERY)
        self.inventory = inventory
        self.data = {}
        self.models: dict[str, str | None] = dict(models)
        """The commercial model by serial, None where Growatt does not know one."""

    @override
    async def _async_fetch(self) -> Mapping[str, Details]:
        """Return the details of all devices; it does not matter if some have none."""
        families: dict[Family, list[str]] = {}
        for serial, device in self.inventory.data.devices.items():
            families.setdefault(device.family, []).append(serial)
        found: dict[str, Details] = {}
        errors: list[GrowattError] = []
        for family, serials in families.items():
            try:
                found |= (await self.client.details(family, serials)).items
            except GrowattError as err:
                errors.append(err)
        if errors and not found:
            raise errors[0]
        return {**self.data, **found}

    async def async_fetch_models(self) -> None:
        """Request the models of devices that have none yet, not all at once."""
        unknown = [
            serial
            for serial, device in self.inventory.data.devices.items()
            # What hangs on a bus has no serial that Growatt could look up.
            if serial not in self.models and device.address is None
        ]
        for serial in unknown[:MODELS_AT_ONCE]:
            try:
                self.models[serial] = (await self.client.check_serial(serial)).model
            except GrowattConnectionError, GrowattRateLimitError:
                break
            except GrowattError:
                # Requested again after a restart; a name is not worth more.
                self.models[serial] = None
        if unknown:
            self.async_update_listeners()
