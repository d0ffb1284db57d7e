"""Account: requests of the day, the next one, and what it waits for."""

from collections.abc import Iterable
from datetime import datetime
from typing import override

from homeassistant.util import dt as dt_util

from ..api import Family
from ..catalog import Snapshot
from ..catalog.families.account import (
    LAST_ANSWER,
    NEXT_REFRESH,
    REQUESTS_TODAY,
    WAITING_FOR,
    WaitReason,
)
from ..messages import wait_reason
from .devices import DevicesCoordinator
from .inventory import InventoryCoordinator
from .plants import PlantsCoordinator
from .readings import ReadingsCoordinator
from .sources import DerivedSource, Snapshots


class AccountSource(DerivedSource):
    """Source of the account's own sensors."""

    def __init__(
        self,
        inventory: InventoryCoordinator,
        plants: PlantsCoordinator,
        devices: Iterable[DevicesCoordinator],
    ) -> None:
        """Initialize the source, which is updated by the other coordinators."""
        super().__init__(inventory.context, Family.ACCOUNT)
        self._inventory = inventory
        self._coordinators: tuple[ReadingsCoordinator, ...] = (plants, *devices)

    @override
    def _snapshots(self) -> Snapshots:
        """Return the snapshot of the account."""
        throttle = self.client.throttle
        midnight = dt_util.start_of_local_day().timestamp()
        answered = throttle.answered
        fields = {
            REQUESTS_TODAY: throttle.limits.sent_since(midnight),
            NEXT_REFRESH: min(self._due(), default=None),
            LAST_ANSWER: answered and dt_util.utc_from_timestamp(answered),
            WAITING_FOR: self._wait_reason(),
        }
        return {self.config_entry.entry_id: Snapshot(fields=fields)}

    @property
    def _busy(self) -> list[ReadingsCoordinator]:
        """Return the coordinators that have something to request."""
        return [
            coordinator
            for coordinator in self._coordinators
            if coordinator.data or coordinator.outage
        ]

    def _due(self) -> list[datetime]:
        """Return when something is requested next."""
        dates = (
            coordinator.resting_until or coordinator.due for coordinator in self._busy
        )
        return [date for date in dates if date]

    def _wait_reason(self) -> WaitReason:
        """Return what the next request waits for."""
        outages = (
            self._inventory.outage,
            *(coordinator.outage for coordinator in self._busy),
        )
        reasons = {wait_reason(outage.error) for outage in outages if outage}
        rest = all(
            coordinator.resting_until
            for coordinator in self._busy
            if coordinator.family is not Family.PLANT
        )
        reasons.add(WaitReason.MORNING if rest else WaitReason.UPLOAD)
        return next(reason for reason in WaitReason if reason in reasons)
