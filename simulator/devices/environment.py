"""Environment sensors: a weather station on the bus of a data logger."""

from datetime import datetime
from math import pi, sin
from random import Random
from typing import ClassVar, override

from ..wire import (
    Json,
    as_server_clock,
    date_text,
    filled,
    java_calendar,
    recorded,
    v1_success,
)
from .base import Truth, watts
from .bus import BusDevice
from .uploads import SLOT, Snapshot


class Environment(BusDevice):
    """A weather station; its source gives a watt for each W/m²."""

    listed_as: ClassVar = "ENV_DEVICE"

    flat = False
    """Whether its firmware reports one record alone, not a list with those before."""

    def _air(self, wall: datetime) -> tuple[float, int]:
        """Return wind speed in m/s and direction in degrees, from the hour."""
        weather = f"{self.plant.site.weather}|wind|{wall:%Y-%m-%d %H}"
        random = Random(weather)  # noqa: S311 - weather, not a secret
        return round(max(0.0, random.gauss(2.4, 1.8)), 1), random.randrange(360)

    def _weather(self, wall: datetime, sun: int) -> dict[str, float]:
        """Return the values, by key of the truth; the sun is in tenths of W/m²."""
        hours = wall.hour + wall.minute / 60
        air = round(13 + watts(sun) / 120 + 4 * sin((hours - 9) * pi / 12), 1)
        wind, direction = self._air(wall)
        return {
            "ambient_temperature": air,
            "panel_temperature": round(air + watts(sun) / 40, 1),
            "irradiance": watts(sun),
            "wind_speed": wind,
            "wind_direction": direction,
        }

    def _row(self, wall: datetime, sun: int) -> Json:
        """Return the fields of a record."""
        recording = recorded("env_last")
        weather = self._weather(wall, sun)
        values = {
            "addr": self.address,
            "calendar": java_calendar(recording["calendar"], as_server_clock(wall)),
            "dataLogSn": self.logger.serial,
            "envTemp": weather["ambient_temperature"],
            "panelTemp": weather["panel_temperature"],
            "radiant": weather["irradiance"],
            "timeText": date_text(wall),
            "windAngle": weather["wind_direction"],
            "windSpeed": weather["wind_speed"],
        }
        return filled(recording, values, doubles=frozenset(), whole=True)

    @override
    def last(self, snapshot: Snapshot) -> Json:
        """Return the fields of env_last_data."""
        return self._row(snapshot.wall, snapshot.power.pv)

    @override
    def answer(self, snapshot: Snapshot) -> Json:
        """Return the last record, or a list of the last two, the newest at the end."""
        if self.flat:
            return super().answer(snapshot)
        rows = [
            self._row(snapshot.wall - SLOT, snapshot.previous.pv),
            self.last(snapshot),
        ]
        serial = self.logger.serial
        return v1_success(
            {"count": len(rows), "datalogger_sn": serial, "env_data": rows}
        )

    @override
    def truth(self) -> Truth:
        """Return the expected values."""
        if (snapshot := self.snapshot()) is None:
            return {}
        weather = self._weather(snapshot.wall, snapshot.power.pv)
        return {"last_update": snapshot.uploaded, **weather}
