"""The newest values: of the plants, of each family's devices, of the data loggers."""

from asyncio import gather
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from .api import (
    FAMILIES,
    REFUSALS,
    Device,
    Family,
    GrowattError,
    PlantClock,
    Reading,
    zone_offset,
)
from .coordinator import (
    AFTER_UPLOAD,
    FIVE_MINUTES,
    KEEP_VALUES,
    GrowattCoordinator,
)
from .inventory import InventoryCoordinator

type Readings = Mapping[str, Reading]

QUIET_AFTER: Final = timedelta(minutes=20)
"""A device that uploaded nothing new for so long is not online."""

PLANTS_AT_ONCE: Final = 10
"""Growatt tells the totals of one plant a call, so more plants take turns."""

UPLOADS_WITHIN: Final = timedelta(minutes=15)
"""How old the last upload of a data logger is at most while all is well."""


class ReadingsCoordinator(GrowattCoordinator[Readings]):
    """The newest readings of all things of one family, by plant id or serial."""

    def __init__(
        self,
        inventory: InventoryCoordinator,
        family: Family,
        every: timedelta | None = FIVE_MINUTES,
    ) -> None:
        """Initialize the coordinator of what an inventory has of a family."""
        super().__init__(
            inventory.hass,
            inventory.config_entry,
            inventory.client,
            name=family.value,
            every=every,
        )
        self.family = family
        self.inventory = inventory
        self.data = {}
        self._brought: dict[str, datetime] = {}
        """When a thing last had a reading in an answer."""
        self._all_refused = False

    def peak_power(self, key: str) -> float | None:
        """Return the peak power in kW of the plant a thing belongs to, where known."""
        return None

    async def _async_merged(
        self,
        wanted: Collection[str],
        found: Readings,
        errors: Mapping[str, GrowattError],
        keep: timedelta = KEEP_VALUES,
    ) -> Readings:
        """Return the new readings, and for a while the old ones of what is missing.

        Raises the error of an answer that brought nothing; one that refused everything
        puts the token in doubt.
        """
        refused = {key for key, err in errors.items() if isinstance(err, REFUSALS)}
        all_refused = bool(wanted) and refused.issuperset(wanted)
        if all_refused and not self._all_refused:
            await self.inventory.async_doubt_token()
        self._all_refused = all_refused
        if errors and not found:
            passing = (err for key, err in errors.items() if key not in refused)
            raise next(passing, next(iter(errors.values())))
        now = dt_util.utcnow()
        self._brought.update(dict.fromkeys(found, now))
        kept = {
            key: reading
            for key, reading in self.data.items()
            if key in wanted and key not in refused and now - self._brought[key] < keep
        }
        return {**kept, **found}


class PlantsCoordinator(ReadingsCoordinator):
    """The totals of the plants; Growatt takes one plant a call."""

    def __init__(self, inventory: InventoryCoordinator) -> None:
        """Initialize the coordinator."""
        super().__init__(inventory, Family.PLANT)
        self._asked: dict[str, datetime] = {}
        """When the totals of a plant were last asked for."""
        self._offsets: dict[str | None, timedelta | None] = {}
        self._summer: dict[str | None, bool] = {}
        """Whether the clock of a plant was last seen in summer time."""

    @override
    async def _async_fetch(self) -> Readings:
        """Return the totals of all plants; of many, some are new each time."""
        plants = self.inventory.data.plants
        due = self._due(plants)
        answers = await gather(*(self._async_plant(one) for one in due))
        asked = dict(zip(due, answers, strict=True))
        answered = {key: one for key, one in asked.items() if isinstance(one, Reading)}
        for plant_id, reading in answered.items():
            self._offsets[plant_id] = zone_offset(reading.text("timezone"))
        self._hear_lists()
        found = {
            plant_id: reading.judged(
                updated=self.clock(plant_id).instant(reading.wall), online=None
            )
            for plant_id, reading in answered.items()
        }
        errors = {
            key: one for key, one in asked.items() if isinstance(one, GrowattError)
        }
        others = {
            key: reading
            for key, reading in self.data.items()
            if key in plants and key not in due
        }
        rounds = len(plants) // PLANTS_AT_ONCE
        keep = KEEP_VALUES + FIVE_MINUTES * rounds
        return {**others, **await self._async_merged(due, found, errors, keep)}

    def _due(self, plants: Collection[str]) -> list[str]:
        """Return the plants to ask for now: those never asked for, or longest not."""
        self._asked = {key: at for key, at in self._asked.items() if key in plants}
        new = [one for one in plants if one not in self._asked]
        longest = sorted(self._asked, key=lambda one: self._asked[one])
        due = new + longest[: max(0, PLANTS_AT_ONCE - len(new))]
        self._asked.update(dict.fromkeys(due, dt_util.utcnow()))
        return due

    async def _async_plant(self, plant_id: str) -> Reading | GrowattError:
        """Return the totals of a plant, or why there are none for this one."""
        try:
            return await self.client.plant_reading(plant_id)
        except GrowattError as err:
            return err

    @override
    def peak_power(self, key: str) -> float | None:
        """Return the peak power in kW of a plant, as its owner told Growatt."""
        reading = self.data.get(key)
        return reading.number("peak_power_actual") if reading else None

    def clock(self, plant_id: str | None) -> PlantClock:
        """Return the clock of a plant, in summer time once uploads have shown it."""
        clock = self._standard_clock(plant_id)
        return clock.in_summer() if self._summer.get(plant_id) else clock

    def hear(self, plant_id: str | None, wall: datetime, instant: datetime) -> None:
        """Compare a time on the clock of a plant with the true one of one upload."""
        summer = self._standard_clock(plant_id).is_summer(wall, instant)
        if summer is not None:
            self._summer[plant_id] = summer

    def _standard_clock(self, plant_id: str | None) -> PlantClock:
        """Return the clock of a plant; Home Assistant's where Growatt does not say."""
        return PlantClock(self._offsets.get(plant_id), dt_util.get_default_time_zone())

    def _hear_lists(self) -> None:
        """Compare the times in the lists of devices with those of their loggers."""
        inventory = self.inventory.data
        for device in inventory.devices.values():
            logger = inventory.dataloggers.get(device.datalogger_serial or "")
            if (
                device.wall
                and logger
                and logger.updated
                # Of a device that sleeps, or a list that failed, the times are old.
                and device.lost is False
                and dt_util.utcnow() - logger.updated <= UPLOADS_WITHIN
            ):
                self.hear(device.plant_id, device.wall, logger.updated)


class DevicesCoordinator(ReadingsCoordinator):
    """The readings of the devices of one family, over all plants together."""

    def __init__(
        self, inventory: InventoryCoordinator, plants: PlantsCoordinator, family: Family
    ) -> None:
        """Initialize the coordinator of a family; plants know the clocks."""
        every = timedelta(seconds=FAMILIES[family].every) + AFTER_UPLOAD
        super().__init__(inventory, family, every)
        self._plants = plants
        self._advanced: dict[str, datetime] = {}
        """When a device was last seen to have uploaded something new."""

    @property
    def devices(self) -> Mapping[str, Device]:
        """Return the devices of the family."""
        return {
            serial: device
            for serial, device in self.inventory.data.devices.items()
            if device.family is self.family
        }

    @override
    def peak_power(self, key: str) -> float | None:
        """Return the peak power in kW of the plant of a device."""
        device = self.inventory.data.devices.get(key)
        return self._plants.peak_power(device.plant_id or "") if device else None

    @callback
    def async_follow_inventory(self) -> None:
        """Ask for a new device at once instead of in five minutes."""
        new = self.devices.keys() - self.data.keys()
        if self.inventory.last_update_success and new:
            self.config_entry.async_create_background_task(
                self.hass, self.async_request_refresh(), f"{self.name} new device"
            )

    @override
    async def _async_fetch(self) -> Readings:
        """Return the readings of all devices of the family."""
        devices = self.devices
        if not devices:
            return {}
        latest = await self.client.readings(self.family, devices)
        found = {
            serial: self._judged(devices[serial], reading)
            for serial, reading in latest.items.items()
        }
        return await self._async_merged(devices, found, latest.errors)

    def _judged(self, device: Device, reading: Reading) -> Reading:
        """Return a reading with its instant, and whether the device is online.

        A device is online while its readings change. Before the first change is seen,
        the device list decides; where that does not tell, the age of the reading.
        """
        now = dt_util.utcnow()
        before = self.data.get(device.serial)
        if before and reading.wall and before.wall != reading.wall:
            self._advanced[device.serial] = now
            if not self.failures:
                # It was uploaded since it was last asked for, so just now.
                self._plants.hear(device.plant_id, reading.wall, now)
        updated = self._plants.clock(device.plant_id).instant(reading.wall)
        recalled = self.client.throttle.recalls
        online = None if device.lost is None or recalled else not device.lost
        if (advanced := self._advanced.get(device.serial)) is not None:
            online = now - advanced < QUIET_AFTER
        elif online is None and updated is not None:
            online = now - updated < QUIET_AFTER
        return reading.judged(updated=updated, online=online)
