"""Totals of the plants, and the clocks from which the times of their devices follow."""

from asyncio import gather
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.util import dt as dt_util

from ..api import Family, GrowattError, PlantClock, Reading, zone_offset
from ..catalog import Snapshot
from .inventory import InventoryCoordinator
from .outage import KEEP_VALUES
from .readings import ReadingsCoordinator
from .sources import Snapshots
from .upload_schedule import FIVE_MINUTES

PLANTS_AT_ONCE: Final = 10
"""Growatt returns the totals of one plant a request, so more plants take turns."""

UPLOADS_WITHIN: Final = timedelta(minutes=15)
"""How old the last upload of a data logger is at most while all is well."""


class PlantsCoordinator(ReadingsCoordinator):
    """Coordinator of the totals of the plants."""

    def __init__(self, inventory: InventoryCoordinator) -> None:
        """Initialize the coordinator."""
        super().__init__(inventory, Family.PLANT)
        self._requested: dict[str, datetime] = {}
        """When the totals of a plant were last requested."""
        self._offsets: dict[str | None, timedelta | None] = {}
        self._summer: dict[str | None, bool] = {}
        """Whether the clock of a plant was last seen in summer time."""

    @override
    async def _async_fetch(self) -> Snapshots:
        """Return the totals of all plants; of many, some are new each time."""
        plants = self.inventory.data.plants
        due = self._due(plants)
        answers = await gather(*(self._async_plant(plant_id) for plant_id in due))
        by_plant = dict(zip(due, answers, strict=True))
        readings = {
            plant_id: answer
            for plant_id, answer in by_plant.items()
            if isinstance(answer, Reading)
        }
        for plant_id, reading in readings.items():
            self._offsets[plant_id] = zone_offset(reading.text("timezone"))
        self._observe_clocks()
        found = {
            plant_id: self._snapshot(plant_id, reading)
            for plant_id, reading in readings.items()
        }
        errors = {
            plant_id: answer
            for plant_id, answer in by_plant.items()
            if isinstance(answer, GrowattError)
        }
        others = {
            key: snapshot
            for key, snapshot in self.data.items()
            if key in plants and key not in due
        }
        rounds = len(plants) // PLANTS_AT_ONCE
        keep = KEEP_VALUES + FIVE_MINUTES * rounds
        return {**others, **await self._async_merged(due, found, errors, keep)}

    def _snapshot(self, plant_id: str, reading: Reading) -> Snapshot:
        """Return the totals of a plant with the instant of their upload."""
        updated = self.clock(plant_id).instant(reading.wall)
        self._observe_upload(plant_id, reading, updated)
        return Snapshot.of(
            reading,
            updated=updated,
            received=dt_util.utcnow(),
            restored=self.context.restoring,
        )

    def _due(self, plants: Collection[str]) -> list[str]:
        """Return the plants to request now: new ones, and the longest not requested."""
        self._requested = {
            plant_id: at
            for plant_id, at in self._requested.items()
            if plant_id in plants
        }
        new = [plant_id for plant_id in plants if plant_id not in self._requested]
        longest = sorted(self._requested, key=self._requested.__getitem__)
        due = new + longest[: max(0, PLANTS_AT_ONCE - len(new))]
        self._requested.update(dict.fromkeys(due, dt_util.utcnow()))
        return due

    async def _async_plant(self, plant_id: str) -> Reading | GrowattError:
        """Return the totals of a plant, or why there are none for this one."""
        try:
            return await self.client.plant_reading(plant_id)
        except GrowattError as err:
            return err

    @override
    def peak_power(self, key: str) -> float | None:
        """Return the peak power in kW of a plant, as its owner entered it."""
        reading = self.data.get(key)
        return reading.number("peak_power_actual") if reading else None

    def clock(self, plant_id: str | None) -> PlantClock:
        """Return the clock of a plant, in summer time once uploads have shown it."""
        clock = self._standard_clock(plant_id)
        return clock.in_summer() if self._summer.get(plant_id) else clock

    def observe_clock(
        self, plant_id: str | None, wall: datetime, instant: datetime
    ) -> None:
        """Compare a time on the clock of a plant with the true instant of an upload."""
        summer = self._standard_clock(plant_id).is_summer(wall, instant)
        if summer is not None:
            self._summer[plant_id] = summer

    def _standard_clock(self, plant_id: str | None) -> PlantClock:
        """Return the clock of a plant; Home Assistant's where its offset is unknown."""
        return PlantClock(self._offsets.get(plant_id), dt_util.get_default_time_zone())

    def _observe_clocks(self) -> None:
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
                self.observe_clock(device.plant_id, device.wall, logger.updated)
