"""Delays from uploads at the cloud to the states that show them."""

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
    """An upload: its time, and the power of the panels in watts."""

    at: datetime
    power: float


@dataclass(frozen=True, slots=True)
class Shown:
    """A written state: its time, and its power in watts."""

    at: datetime
    power: float


def uploads_of(
    cloud: SimulatedCloud, clock: SimulatedClock, begin: datetime, end: datetime
) -> dict[str, list[Upload]]:
    """Return the uploads of each device of a cloud, which must be a copy, in a span."""
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

    An upload equal to the previous one is not visible, so it does not count; the first
    upload is only there for comparison.
    """
    writes = sorted(shown, key=lambda state: state.at)
    is_visible = [after.power != before.power for before, after in pairwise(uploads)]
    waiting = list(zip(uploads[1:], is_visible, strict=True))
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
