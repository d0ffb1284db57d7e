"""Added age: the time from an upload to the cloud until a state shows it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from simulator import SimulatedClock, SimulatedCloud

EVERY = timedelta(minutes=1)
SAME_POWER = 0.06
"""Watts; the wire has tenths, in single precision."""


@dataclass(frozen=True, slots=True)
class Upload:
    """The time of a device's upload, and its PV power in watts."""

    at: datetime
    power: float


@dataclass(frozen=True, slots=True)
class Shown:
    """The time of a written state, and its power in watts."""

    at: datetime
    power: float


def uploads_of(
    cloud: SimulatedCloud, clock: SimulatedClock, begin: datetime, end: datetime
) -> dict[str, list[Upload]]:
    """Return the uploads of each device in a period; the cloud must be a copy."""
    found: dict[str, dict[datetime, Upload]] = {}
    moment = begin
    while moment <= end:
        clock.set(moment)
        for device in cloud.devices:
            if snapshot := device.snapshot():
                upload = Upload(snapshot.uploaded, snapshot.power.pv / 10)
                found.setdefault(device.serial, {})[upload.at] = upload
        moment += EVERY
    return {serial: list(uploads.values()) for serial, uploads in found.items()}


def delays(uploads: Sequence[Upload], shown: Iterable[Shown]) -> Iterator[float]:
    """Yield the seconds until each upload, or a later one, was first shown.

    An upload like the one before cannot be told from it, so it does not count; the
    first is only there to be compared with.
    """
    writes = sorted(shown, key=lambda write: write.at)
    tells = [after.power != before.power for before, after in pairwise(uploads)]
    waiting = list(zip(uploads[1:], tells, strict=True))
    for write in writes:
        fitting = [
            number
            for number, (upload, _) in enumerate(waiting)
            if upload.at <= write.at and abs(upload.power - write.power) < SAME_POWER
        ]
        if fitting:
            seen, waiting = waiting[: fitting[-1] + 1], waiting[fitting[-1] + 1 :]
            for upload, counts in seen:
                if counts:
                    yield (write.at - upload.at).total_seconds()
