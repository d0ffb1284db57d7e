"""In which plant a device is that no plant lists, as far as Growatt tells."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from homeassistant.util import dt as dt_util

from ..api import REFUSALS, GrowattClient, GrowattError

# Growatt names the plant of one device a call.
PLACES_AT_ONCE: Final = 20
# It may be moved, or granted later.
PLACES_EVERY: Final = timedelta(days=1)


class Places:
    """The plants of devices, asked for one by one."""

    def __init__(self, client: GrowattClient) -> None:
        """Initialize without knowing any."""
        self._client = client
        self._told: dict[str, tuple[str | None, datetime]] = {}
        """The plant by serial, None where Growatt refused to tell, and when."""
        self._questions_left = PLACES_AT_ONCE

    def start_round(self) -> None:
        """Allow as many questions again as may be asked at once."""
        self._questions_left = PLACES_AT_ONCE

    def is_known(self, serial: str) -> bool:
        """Return whether the question was answered before, so others go first."""
        return serial in self._told

    async def async_plant_of(self, serial: str) -> str | None:
        """Return the plant of a device, None where unknown."""
        place, asked = self._told.get(serial, (None, None))
        now = dt_util.utcnow()
        if self._questions_left and (asked is None or now - asked >= PLACES_EVERY):
            self._questions_left -= 1
            with suppress(GrowattError):
                try:
                    place = await self._client.plant_of(serial)
                except REFUSALS:
                    place = None
                self._told[serial] = place, now
        return place
