"""Data loggers: as they are listed, or fresher from the devices behind them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Final, override

from ..api import (
    FAMILIES,
    REFUSALS,
    Datalogger,
    Device,
    Family,
    GrowattConnectionError,
    GrowattError,
    GrowattRateLimitError,
)
from ..catalog import Snapshot
from ..catalog.families.datalogger import NETWORK, WIFI_SIGNAL
from .devices import DevicesCoordinator
from .inventory import InventoryCoordinator
from .sources import DerivedSource, Snapshots

# A little less than the time between two lists, with which signals are requested.
SIGNALS_EVERY: Final = timedelta(minutes=55)
# Growatt returns the signal of one data logger a request.
SIGNALS_AT_ONCE: Final = 20


class DataloggersSource(DerivedSource):
    """Source of the data loggers: the inventory, their devices, and the signal."""

    def __init__(
        self,
        inventory: InventoryCoordinator,
        devices: Mapping[Family, DevicesCoordinator],
    ) -> None:
        """Initialize the source, which is updated by the other coordinators."""
        super().__init__(inventory.context, Family.DATALOGGER)
        self._inventory = inventory
        self._devices = devices
        self._signals: dict[str, float | None] = {}
        """The signal in dBm by serial, None where Growatt does not know one."""

    async def async_fetch_signals(self) -> None:
        """Request signals that were never requested, and those that are enabled."""
        enabled = set(self._listeners.contexts())
        wanted = (
            (datalogger, device)
            for datalogger, device in self._wifi_loggers()
            if datalogger not in self._signals
            or (datalogger, "signal_strength") in enabled
        )
        requested = list(islice(wanted, SIGNALS_AT_ONCE))
        for datalogger, device in requested:
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
        if requested:
            self.async_update()

    def _wifi_loggers(self) -> Iterator[tuple[str, Device]]:
        """Yield each data logger on Wi-Fi, with a device through which to request."""
        devices = {
            device.datalogger_serial: device
            for device in self._inventory.data.devices.values()
            if FAMILIES[device.family].v4_type
        }
        for serial, datalogger in self._inventory.data.dataloggers.items():
            if serial in devices and datalogger.network in {None, "WIFI"}:
                yield serial, devices[serial]

    @override
    def _snapshots(self) -> Snapshots:
        """Return a snapshot of each data logger."""
        behind: defaultdict[str | None, list[Snapshot]] = defaultdict(list)
        for coordinator in self._devices.values():
            if coordinator.outage:
                continue
            for serial, device in coordinator.devices.items():
                snapshot = coordinator.data.get(serial)
                if snapshot is not None and not snapshot.expired:
                    behind[device.datalogger_serial].append(snapshot)
        expired = self._inventory.expired and not self._inventory.lists_dataloggers
        return {
            serial: datalogger_snapshot(
                datalogger, behind[serial], self._signals.get(serial), expired=expired
            )
            for serial, datalogger in self._inventory.data.dataloggers.items()
        }


def datalogger_snapshot(
    datalogger: Datalogger,
    behind: Iterable[Snapshot],
    signal: float | None,
    *,
    expired: bool = False,
) -> Snapshot:
    """Return the snapshot of a data logger, with the signal of its Wi-Fi in dBm.

    A device uploads through its logger, and the list of loggers is older.
    """
    behind = tuple(behind)
    contacts = (datalogger.updated, *(snapshot.updated for snapshot in behind))
    listed = None if datalogger.lost is None else not datalogger.lost
    return Snapshot(
        fields={NETWORK: datalogger.network, WIFI_SIGNAL: signal},
        updated=max(filter(None, contacts), default=None),
        online=any(snapshot.online for snapshot in behind) or listed,
        expired=expired,
    )
