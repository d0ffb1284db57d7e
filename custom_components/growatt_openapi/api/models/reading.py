"""What Growatt measured: the newest values of one thing, and when they came."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Final, Self

from ..values import flag, instant, number, text, wall_clock
from .inventory import Datalogger, Row

# Facts of a reading that no single field carries; they stand beside the fields.
LAST_UPDATE: Final = "last_update"
ONLINE: Final = "online"
NETWORK: Final = "network"
WIFI_SIGNAL: Final = "wifi_signal"
SOURCE: Final = "data_source"

# The fields that may hold when a reading was uploaded, on the plant's wall clock.
_TIMES: Final = ("time", "timeStr", "timeText", "last_update_time")

# Milliseconds count from the plant's wall clock as if it were the server's.
_SERVER_ZONE: Final = timezone(timedelta(hours=8))

# Kilograms of carbon dioxide for a kilowatt-hour that any grid could mean.
_LIKELY_CARBON: Final = (0.05, 2.0)


class Source(StrEnum):
    """Where the values of a thing come from, or why there are no new ones."""

    LIVE = "live"
    ASLEEP = "asleep"
    LOGGER_OFFLINE = "logger_offline"
    CLOUD_LATE = "cloud_late"
    RATE_LIMITED = "rate_limited"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The newest values of one thing, by field, and when they were uploaded."""

    fields: Row = field(default_factory=dict)
    wall: datetime | None = None
    """The time of the upload on the plant's wall clock."""
    gone: bool = False
    """Whether the values are too old to be shown, or may not be known any more."""

    @classmethod
    def of_device(cls, row: Row) -> Self:
        """Return the reading in a row of a family's last data, V1 or V4."""
        return cls(fields=row, wall=upload(row))

    @classmethod
    def of_plant(cls, row: Row) -> Self:
        """Return the reading in an answer of plant/data."""
        return cls(
            fields={**row, "carbon_offset": _carbon_in_kilograms(row)},
            wall=wall_clock(row.get("last_update_time")),
        )

    @classmethod
    def of_datalogger(
        cls, datalogger: Datalogger, behind: Iterable[Self], signal: float | None
    ) -> Self:
        """Return what is known of a data logger, with the signal of its Wi-Fi in dBm.

        What a device uploads, its logger has sent; the list of loggers is older.
        """
        behind = tuple(behind)
        contacts = (datalogger.updated, *(one.instant(LAST_UPDATE) for one in behind))
        listed = None if datalogger.lost is None else not datalogger.lost
        fields = {NETWORK: datalogger.network, WIFI_SIGNAL: signal}
        return cls(fields=fields).judged(
            updated=max(filter(None, contacts), default=None),
            online=any(one.flag(ONLINE) for one in behind) or listed,
        )

    def number(
        self,
        name: str,
        *,
        signed: bool = False,
        wide: bool = False,
        wraps: float | None = None,
    ) -> float | None:
        """Return the number in a field; see values.number."""
        return number(self.fields.get(name), signed=signed, wide=wide, wraps=wraps)

    def text(self, name: str) -> str | None:
        """Return the text in a field."""
        return text(self.fields.get(name))

    def flag(self, name: str) -> bool | None:
        """Return the yes or no in a field."""
        return flag(self.fields.get(name))

    def instant(self, name: str) -> datetime | None:
        """Return the true instant in a field."""
        found = self.fields.get(name)
        return found if isinstance(found, datetime) else None

    def judged(
        self,
        *,
        updated: datetime | None,
        online: bool | None,
        source: Source | None = None,
    ) -> Self:
        """Return this reading with the true instant of the upload and its freshness."""
        facts = {LAST_UPDATE: updated, ONLINE: online, SOURCE: source}
        return replace(self, fields={**self.fields, **facts})

    def without_answer(self, source: Source, *, gone: bool) -> Self:
        """Return this reading after a question that brought no newer one."""
        return replace(self, fields={**self.fields, SOURCE: source}, gone=gone)


def upload(row: Row) -> datetime | None:
    """Return when a row was uploaded, on the plant's wall clock."""
    moments = (wall_clock(row.get(name)) for name in _TIMES)
    if (told := next(filter(None, moments), None)) is not None:
        return told
    # Where there is no text, the first of the fields may still count milliseconds.
    if (counted := instant(row.get(_TIMES[0]))) is None:
        return None
    return counted.astimezone(_SERVER_ZONE).replace(tzinfo=None, microsecond=0)


def _carbon_in_kilograms(row: Row) -> float | None:
    """Return the avoided carbon dioxide in kg.

    The manual says tonnes, the values are kilograms; the energy tells which it is.
    """
    carbon, energy = number(row.get("carbon_offset")), number(row.get("total_energy"))
    if carbon is None or not energy:
        return None
    lowest, highest = _LIKELY_CARBON
    for kilograms in (carbon, carbon * 1000):
        if lowest <= kilograms / energy <= highest:
            return kilograms
    return None
