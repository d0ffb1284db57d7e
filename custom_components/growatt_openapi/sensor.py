"""Sensors."""

from datetime import datetime
from typing import Any, Final, override

from homeassistant.components.sensor import SensorEntity, SensorStateClass
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.restore_state import ExtraStoredData, RestoreEntity
from homeassistant.util import dt as dt_util

from .catalog import PROFILES, GrowattSensor, Profile, Value
from .const import LOGGER
from .coordinator.runtime import GrowattConfigEntry
from .coordinator.sources import Source
from .counters.guard import first_count, next_count
from .counters.model import Count, Upload
from .entity import GrowattEntity
from .registry.entities import async_add_described_entities

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GrowattConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors."""
    await async_add_described_entities(
        entry, async_add_entities, Platform.SENSOR, Profile.sensors_of, _sensor
    )


def _sensor(
    coordinator: Source, key: str, description: GrowattSensor
) -> GrowattSensorEntity:
    """Return the sensor of a description."""
    counts = description.period is not None
    kind = GrowattCounterEntity if counts else GrowattSensorEntity
    return kind(coordinator, key, description)


# Panels and batteries give more than their plant is said to, but not twice as much.
SURPLUS: Final = 1.5
SMALLEST_PEAK: Final = 3.0
"""Kilowatts; owners now and then tell Growatt a peak power that is far too small."""


UNKNOWN_PEAK: Final = 100.0
HOUSE: Final = 25.0
"""Kilowatts that a house can take or give beside its panels."""


# Below this part of its last value, Home Assistant takes a counter for a new one.
NEW_BELOW: Final = 0.9


class GrowattSensorEntity(GrowattEntity, SensorEntity):
    """A sensor, as the catalog describes it."""

    entity_description: GrowattSensor

    @property
    @override
    def native_value(self) -> Value:
        """Return the value in the unit of the catalog.

        What is measured from moment to moment is not known while the device is offline:
        Growatt goes on to show the last value, some inverters a power all night.
        """
        value = self.entity_description.read(self.reading)
        momentary = self.entity_description.state_class is SensorStateClass.MEASUREMENT
        if momentary and value != 0 and self.reading.online is False:
            return None
        return value


class StoredCount(ExtraStoredData):
    """What is believed of a counter, as Home Assistant keeps it over a restart."""

    def __init__(self, count: Count, *, is_last: bool) -> None:
        """Initialize with a count, which may be the last one before the restart."""
        self._count = count
        self._is_last = is_last

    @override
    def as_dict(self) -> dict[str, Any]:
        """Return the count in a dictionary.

        Home Assistant asks all counters for it in one go, so it has to be quick; its
        writer takes a dataclass as it is.
        """
        return {"count": self._count, "is_last": self._is_last}


class GrowattCounterEntity(GrowattSensorEntity, RestoreEntity):
    """A sensor of energy: each kilowatt-hour once, and never less."""

    _count: Count | None = None
    _begins: bool = False
    """Whether zero is shown for a moment, before a new period overtakes the old."""
    _ends: bool = False
    """Whether nothing is going to be shown any more."""
    _not_before: datetime | None = None
    """Time of an upload after which there may have been others, which were forgotten.

    Home Assistant keeps only every 15 minutes what is shown. After a sudden end its
    statistics have seen more than that, so nothing is shown until there is more.
    """

    @property
    @override
    def extra_restore_state_data(self) -> StoredCount | None:
        """Return what has to be known after a restart."""
        if self._count is None:
            return None
        is_last = self._ends or self.hass.is_stopping
        return StoredCount(self._count, is_last=is_last)

    @override
    async def async_added_to_hass(self) -> None:
        """Go on from what was believed before."""
        self.async_on_remove(self._end)
        if stored := await self.async_get_last_extra_data():
            self._take_up(stored.as_dict())
        self._follow_visibly()
        await super().async_added_to_hass()

    def _take_up(self, stored: dict[str, Any]) -> None:
        """Go on from what was stored."""
        try:
            count = stored["count"]
            # It was not written to the disk where only the entry was reloaded.
            self._count = count if isinstance(count, Count) else Count.from_dict(count)
        except KeyError, TypeError, ValueError:
            LOGGER.debug("What was stored of a counter makes no sense")
            return
        if not stored.get("is_last"):
            self._not_before = self._count.wall

    @callback
    def _end(self) -> None:
        """Note that nothing is shown from now on."""
        self._ends = True

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Take over a new value."""
        self._follow_visibly()
        super()._handle_coordinator_update()

    @property
    @override
    def native_value(self) -> Value:
        """Return the energy that is believed, in the unit of the catalog."""
        if self._begins:
            return 0
        if self._count is None or self._count.hidden or self._not_before:
            return None
        return self._count.shown

    def _follow_visibly(self) -> None:
        """Judge the newest value; show a new beginning before it is overtaken."""
        before = self._count
        self._follow()
        now = self._count
        if now is before or not (before and now and now.restarted):
            return
        if now.shown >= NEW_BELOW * before.shown:
            self._begins = True
            self.async_write_ha_state()
            self._begins = False

    def _follow(self) -> None:
        """Judge the newest value."""
        period = self.entity_description.period
        value = self.entity_description.read(self.reading) if self.available else None
        if period is None or not isinstance(value, int | float):
            return
        if self._not_before and self.reading.restored:
            # What is remembered of the answers may be older still.
            return
        upload = Upload(
            value=value,
            at=dt_util.utcnow(),
            wall=self.reading.wall or dt_util.now().replace(tzinfo=None),
            largest=self._largest,
            is_blank=value == 0 and self._is_blank,
        )
        self._count = (
            next_count(self._count, upload, period)
            if self._count
            else first_count(upload, period)
        )
        if self._not_before and upload.wall > self._not_before:
            is_believed = self._count.at == upload.at
            self._not_before = None if is_believed else self._not_before
        held_back = self.coordinator.config_entry.runtime_data.held_back
        held_back.setdefault(self._key, {})[self.entity_description.key] = (
            self._count.held
        )

    @property
    def _is_blank(self) -> bool:
        """Return whether all that was ever counted there is zero."""
        totals = (
            one.read(self.reading)
            for one in PROFILES[self.coordinator.family].sensors
            if one.period == "total"
        )
        return not any(totals)

    @property
    def _largest(self) -> float:
        """Return the largest power in kW that can be behind the energy."""
        peak = self.coordinator.peak_power(self._key) or UNKNOWN_PEAK
        house = HOUSE if self.entity_description.counts_house else 0
        return max(peak, SMALLEST_PEAK) * SURPLUS + house
