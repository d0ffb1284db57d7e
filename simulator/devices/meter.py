"""Smart meters: bus devices whose type decides on their quantities."""

from typing import ClassVar, override

from ..physics.flows import SUMS_PER_WATT_HOUR
from ..wire import (
    Json,
    as_server_clock,
    date_text,
    filled,
    java_calendar,
    recorded,
)
from .base import Snapshot, Truth, kwh, watts
from .bus import BusDevice

GENERIC = 64
"""The type with one direction and four tariffs, and no phases."""

SINGLE_PHASE = 66
THREE_PHASES = 71
PHASES = {SINGLE_PHASE: 1, 67: 3, 70: 1, THREE_PHASES: 3}
"""Number of phases of the other types."""

TARIFFS = {"peak": "Feng", "flat": "Ping", "valley": "Gu", "shoulder": "Bo"}
VOLTAGES = (230.4, 231.2, 229.8)
COSINE = 0.98


class Meter(BusDevice):
    """A meter of the import and export of its source."""

    listed_as: ClassVar = "AMMETER"

    def _phases(self, snapshot: Snapshot) -> dict[str, float]:
        """Return the values of each phase, by key of the truth."""
        count = PHASES.get(self.device_type, 0)
        power = snapshot.power.imported - snapshot.power.exported
        result: dict[str, float] = {}
        for number, voltage in enumerate(VOLTAGES[:count], start=1):
            # The first phase has the remainder.
            share = power // count + (power % count if number == 1 else 0)
            result |= {
                f"meter_l{number}_power": watts(share),
                f"ac_l{number}_voltage": voltage,
                f"ac_l{number}_current": round(abs(watts(share)) / voltage, 1),
            }
        return result

    def _tariffs(self, snapshot: Snapshot) -> dict[str, int]:
        """Return the sums of the tariffs, which are those of the whole."""
        quarter, rest = divmod(snapshot.total.imported, len(TARIFFS))
        first, *_ = TARIFFS
        return {name: quarter + (rest if name == first else 0) for name in TARIFFS}

    def _measured(self, snapshot: Snapshot) -> Json:
        """Return the fields that the type fills."""
        power, total = snapshot.power, snapshot.total
        both = watts(power.imported - power.exported)
        result: Json = {"activePower": both, "powerFactor": COSINE}
        if self.device_type == GENERIC:
            return result | {
                "apparentPower": round(both / COSINE, 1),
                "activeEnergy": kwh(total.imported),
                **{
                    f"feiLv{TARIFFS[name]}ZEnergy": kwh(sums)
                    for name, sums in self._tariffs(snapshot).items()
                },
            }
        for key, value in self._phases(snapshot).items():
            _, phase, kind = key.split("_")
            name = "activePower" if kind == "power" else kind
            result[f"{name}{phase.upper()}"] = value
        return result | {
            "gridFrequency": 50.01,
            "posiActivePower": watts(power.imported),
            "reverActivePower": watts(power.exported),
            "positiveActiveTodayEnergy": kwh(snapshot.today.imported),
            "positiveActiveTotalEnergy": kwh(total.imported),
            "reverseActiveTodayEnergy": kwh(snapshot.today.exported),
            "reverseActiveTotalEnergy": kwh(total.exported),
        }

    @override
    def last(self, snapshot: Snapshot) -> Json:
        """Return the fields of meter_last_data."""
        directions = "" if self.device_type == GENERIC else "_directions"
        recording = recorded(f"meter_last{directions}")
        server_clock = as_server_clock(snapshot.wall)
        values = self._measured(snapshot) | {
            "addr": self.address,
            "calendar": java_calendar(recording["calendar"], server_clock),
            "dataLogSn": self.logger.serial,
            "timeText": date_text(snapshot.wall),
        }
        return filled(recording, values, doubles=frozenset(), whole=True)

    @override
    def truth(self) -> Truth:
        """Return the expected values."""
        if (snapshot := self.snapshot()) is None:
            return {}
        power, today, total = snapshot.power, snapshot.today, snapshot.total
        common: Truth = {
            "last_update": snapshot.uploaded,
            "meter_power": watts(power.imported - power.exported),
            "power_factor": COSINE,
            "energy_import_total_wh": total.imported / SUMS_PER_WATT_HOUR,
            "energy_export_total_wh": total.exported / SUMS_PER_WATT_HOUR,
        }
        if self.device_type == GENERIC:
            return common | {
                "active_energy_total": kwh(total.imported),
                **{
                    f"tariff_{name}_energy_total": kwh(sums)
                    for name, sums in self._tariffs(snapshot).items()
                },
            }
        return common | {
            **self._phases(snapshot),
            "grid_frequency": 50.01,
            "grid_import_power": watts(power.imported),
            "grid_export_power": watts(power.exported),
            "energy_import_today": kwh(today.imported),
            "energy_import_total": kwh(total.imported),
            "energy_export_today": kwh(today.exported),
            "energy_export_total": kwh(total.exported),
        }
