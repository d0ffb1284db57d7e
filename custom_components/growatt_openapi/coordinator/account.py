"""How the account is asked: what its owner can see of the pace."""

from datetime import datetime
from typing import override

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..api import Family, Reading
from ..catalog.families.account import (
    LAST_ANSWER,
    NEXT_REFRESH,
    REQUESTS_TODAY,
    WAITING_FOR,
    Waiting,
)
from .base import cause_of
from .devices import DevicesCoordinator
from .inventory import InventoryCoordinator
from .plants import PlantsCoordinator
from .readings import Readings, ReadingsCoordinator


class AccountCoordinator(ReadingsCoordinator):
    """The pace of an account, refreshed by what is asked."""

    def __init__(
        self,
        inventory: InventoryCoordinator,
        plants: PlantsCoordinator,
        devices: tuple[DevicesCoordinator, ...],
    ) -> None:
        """Initialize the coordinator."""
        super().__init__(inventory, Family.ACCOUNT, every=None)
        self._asking = (plants, *devices)

    @override
    async def _async_fetch(self) -> Readings:
        """Return what is known of the pace."""
        return self._known()

    @callback
    def async_follow(self) -> None:
        """Take over what became of the other coordinators."""
        self.data = self._known()
        self.async_update_listeners()

    def _known(self) -> Readings:
        """Return the reading of the account."""
        throttle = self.client.throttle
        midnight = dt_util.start_of_local_day().timestamp()
        answered = throttle.answered
        return {
            self.config_entry.entry_id: Reading(
                fields={
                    REQUESTS_TODAY: throttle.limits.sent_since(midnight),
                    NEXT_REFRESH: min(self._dates(), default=None),
                    LAST_ANSWER: answered and dt_util.utc_from_timestamp(answered),
                    WAITING_FOR: self._reason(),
                }
            )
        }

    @property
    def _busy(self) -> list[ReadingsCoordinator]:
        """Return the coordinators that have something to ask for."""
        return [one for one in self._asking if one.data or one.failures]

    def _dates(self) -> list[datetime]:
        """Return when something is asked next."""
        dates = (one.morning or one.due for one in self._busy)
        return [date for date in dates if date]

    def _reason(self) -> Waiting:
        """Return what the next question waits for."""
        problems = (self.inventory.problem, *(one.problem for one in self._busy))
        reasons = {cause_of(one) for one in problems if one}
        rest = all(one.morning for one in self._busy if one.family is not Family.PLANT)
        reasons.add(Waiting.MORNING if rest else Waiting.UPLOAD)
        return next(one for one in Waiting if one in reasons)
