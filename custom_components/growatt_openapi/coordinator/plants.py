"""The totals of the plants, and the clocks by which their devices tell the time."""

from asyncio import gather
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.util import dt as dt_util

from ..api import Family, GrowattError, PlantClock, Reading, zone_offset
from .base import FIVE_MINUTES, KEEP_VALUES
from .inventory import InventoryCoordinator
from .readings import Readings, ReadingsCoordinator

PLANTS_AT_ONCE: Final = 10
"""Growatt tells the totals of one plant a call, so more plants take turns."""

UPLOADS_WITHIN: Final = timedelta(minutes=15)
"""How old the last upload of a data logger is at most while all is well."""


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
            plant_id: self._judged(plant_id, one) for plant_id, one in answered.items()
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

    def _judged(self, plant_id: str, reading: Reading) -> Reading:
        """Return the totals of a plant with the instant of their upload."""
        updated = self.clock(plant_id).instant(reading.wall)
        self._listen(plant_id, reading, updated)
        return reading.judged(updated=updated, online=None)

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
