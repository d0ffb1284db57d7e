"""The data loggers: as they are listed, or fresher from the devices behind them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Final, override

from homeassistant.core import callback

from ..api import (
    FAMILIES,
    REFUSALS,
    Device,
    Family,
    GrowattConnectionError,
    GrowattError,
    GrowattRateLimitError,
    Reading,
)
from .devices import DevicesCoordinator
from .inventory import InventoryCoordinator
from .readings import Readings, ReadingsCoordinator

# A little less than the pause between two lists, with which signals are asked for.
SIGNALS_EVERY: Final = timedelta(minutes=55)
# Growatt tells the signal of one data logger a call.
SIGNALS_AT_ONCE: Final = 20


class DataloggersCoordinator(ReadingsCoordinator):
    """The data loggers: what the inventory and their devices tell, and the signal."""

    def __init__(
        self,
        inventory: InventoryCoordinator,
        devices: Mapping[Family, DevicesCoordinator],
    ) -> None:
        """Initialize the coordinator, which is refreshed by the others."""
        super().__init__(inventory, Family.DATALOGGER, every=None)
        self._devices = devices
        self._signals: dict[str, float | None] = {}
        """The signal in dBm by serial, None where Growatt does not know one."""

    @override
    async def _async_fetch(self) -> Readings:
        """Return what is known of the data loggers."""
        return self._known()

    @callback
    def async_follow(self) -> None:
        """Take over what became of the inventory and of the devices."""
        self.last_update_success = (
            self.inventory.last_update_success or self.inventory.lists_dataloggers
        )
        self.data = self._known()
        self.async_update_listeners()

    async def async_learn_signals(self) -> None:
        """Ask for signals no one asked for yet, and for those that someone looks at."""
        looked_at = set(self.async_contexts())
        wanted = (
            (datalogger, device)
            for datalogger, device in self._speakers()
            if datalogger not in self._signals
            or (datalogger, "signal_strength") in looked_at
        )
        asked = list(islice(wanted, SIGNALS_AT_ONCE))
        for datalogger, device in asked:
            try:
                signal = await self.client.wifi_signal(
                    device.family, device.serial, SIGNALS_EVERY.total_seconds()
                )
            except GrowattConnectionError, GrowattRateLimitError:
                break
            except REFUSALS:
                self._signals[datalogger] = None
            except GrowattError:
                continue
            else:
                self._signals[datalogger] = signal
        if asked:
            self.async_follow()

    def _speakers(self) -> Iterator[tuple[str, Device]]:
        """Yield each data logger on Wi-Fi with a device that can be asked for it."""
        devices = {
            device.datalogger_serial: device
            for device in self.inventory.data.devices.values()
            if FAMILIES[device.family].v4_type
        }
        for serial, datalogger in self.inventory.data.dataloggers.items():
            if serial in devices and datalogger.network in {None, "WIFI"}:
                yield serial, devices[serial]

    def _known(self) -> Readings:
        """Return a reading for each data logger."""
        behind: defaultdict[str | None, list[Reading]] = defaultdict(list)
        for coordinator in self._devices.values():
            if coordinator.failures:
                continue
            for serial, device in coordinator.devices.items():
                reading = coordinator.data.get(serial)
                if reading is not None and not reading.gone:
                    behind[device.datalogger_serial].append(reading)
        return {
            serial: Reading.of_datalogger(
                datalogger, behind[serial], self._signals.get(serial)
            )
            for serial, datalogger in self.inventory.data.dataloggers.items()
        }
