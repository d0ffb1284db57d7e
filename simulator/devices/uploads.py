"""Uploads: the records of data loggers, and their times."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from ..physics.flows import Flows, Source
from ..physics.sky import SLOTS, daylight
from ..place import Logger, Place
from ..wire import utc

SLOT = timedelta(seconds=300)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The last record a device uploaded; energies as sums of flows.py."""

    uploaded: datetime
    wall: datetime
    power: Flows
    previous: Flows
    today: Flows
    total: Flows
    soc: int

    @property
    def working(self) -> bool:
        """Return whether any string gives power."""
        return self.power.pv > 0


class Uploader:
    """A device whose records a data logger uploads."""

    upload_every: ClassVar[timedelta] = SLOT
    """How often a record is uploaded; powers stay the same for a whole slot."""

    def __init__(self, *, plant: Place, logger: Logger, source: Source) -> None:
        """Initialize the device with its logger and the source of its powers."""
        self.plant = plant
        self.logger = logger
        self.source = source

    @property
    def lost(self) -> bool:
        """Return whether the cloud has had no upload for a while."""
        snapshot = self.snapshot()
        return self.plant.is_lost(snapshot.uploaded if snapshot else None)

    @property
    def _sleeps(self) -> bool:
        """Return whether it reports in daylight alone."""
        return False

    @property
    def _phase(self) -> timedelta:
        """Return the delay from the end of a record to its upload."""
        return self.logger.phase % self.upload_every

    def _last_record(self) -> tuple[date, int, int] | None:
        """Return day and slot of the last upload, and the uploads left in the slot.

        It is None before the first upload.
        """
        moment = self.plant.clock()
        if self.logger.offline_since is not None:
            moment = min(moment, self.logger.offline_since)
        wall = self.plant.wall_clock(moment - self._phase)
        midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
        in_slot = SLOT // self.upload_every
        day, record = wall.date(), (wall - midnight) // self.upload_every - 1
        if record < 0:
            day, record = day - timedelta(days=1), SLOTS * in_slot - 1
        slot, place = divmod(record, in_slot)
        if self._sleeps:
            # The first record in the dark is the last one until the morning.
            lit = daylight(self.plant.site.latitude, day)
            if slot < lit.start:
                day -= timedelta(days=1)
                lit = daylight(self.plant.site.latitude, day)
                slot = lit.stop
            slot = min(slot, lit.stop)
        return None if day < self.plant.site.start else (day, slot, in_slot - 1 - place)

    def snapshot(self) -> Snapshot | None:
        """Return the last record; None if the device never reported."""
        if (last := self._last_record()) is None:
            return None
        day, slot, missing = last
        midnight = datetime.combine(day, datetime.min.time())
        end = midnight + SLOT * (slot + 1) - self.upload_every * missing
        wall = end + self._phase
        uploaded = utc(wall.replace(tzinfo=self.plant.tz))
        if not self.logger.was_online(uploaded):
            return None
        power = self.source.power(day, slot)
        so_far = self.source.since_midnight(day, slot)
        if missing:
            so_far = so_far.plus(power.times(-missing, SLOT // self.upload_every))
        yesterday = self.source.before(day)
        # A record that arrives after midnight carries the new day's counters.
        rolled = wall.date() > day
        return Snapshot(
            uploaded=uploaded,
            wall=wall,
            power=power,
            previous=self.source.power(day, max(0, slot - 1)),
            today=Flows(strings=(0,) * len(so_far.strings)) if rolled else so_far,
            total=yesterday.plus(so_far),
            soc=self.source.soc(day, slot),
        )

    def power_at(self, day: date, slot: int) -> Flows | None:
        """Return the powers during a slot, None if they were never uploaded."""
        last = self._last_record()
        if last is None or (day, slot) > last[:2] or day < self.plant.site.start:
            return None
        if self._sleeps:
            lit = daylight(self.plant.site.latitude, day)
            if not lit.start <= slot <= lit.stop:
                return None
        midnight = datetime.combine(day, datetime.min.time(), self.plant.tz)
        uploaded = midnight + SLOT * (slot + 1) + self._phase
        online = self.logger.was_online(uploaded)
        return self.source.power(day, slot) if online else None
