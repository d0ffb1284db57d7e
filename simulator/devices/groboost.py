"""GroBoost: a water heater that uses the surplus of a house."""

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
from .base import Device, Snapshot, Truth, kwh, watts

VOLTAGE = 230.6
ROOTS = ("data", "dataloggerSn")
ENDING = ("error_msg", "error_code")


class GroBoost(Device):
    """A GroBoost with a heater at channel A; its power is the load."""

    kind: ClassVar = "groboost"
    letter: ClassVar = "G"
    v1_type: ClassVar = 11
    check_type: ClassVar = 69
    dtc: ClassVar = 0
    model_text: ClassVar = ""
    fault_status: ClassVar = 0

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return "GroBoost"

    @property
    @override
    def _sleeps(self) -> bool:
        """Return False: it has its power from the grid."""
        return False

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return 0: it has no inputs."""
        return 0.0

    @override
    def status_word(self, snapshot: Snapshot) -> str:
        """Return whether it heats."""
        return "normal" if snapshot.power.load else "waiting"

    @override
    def temperature(self, snapshot: Snapshot) -> float:
        """Return the temperature inside; it follows the power."""
        return round(24 + 20 * snapshot.power.load / (self.rated * 10), 1)

    @override
    def truth(self) -> Truth:
        """Return the expected values."""
        if (snapshot := self.snapshot()) is None:
            return {}
        power = watts(snapshot.power.load)
        return {
            "last_update": snapshot.uploaded,
            "temperature": self.temperature(snapshot),
            "consumed_power": power,
            "consumed_energy_total": kwh(snapshot.total.load),
            "consumed_energy_total_wh": snapshot.total.load / SUMS_PER_WATT_HOUR,
            "target_power": self.rated,
            "channel_a_power": power,
            "channel_a_voltage": VOLTAGE,
            "channel_a_current": round(power / VOLTAGE, 1),
            "channel_a_energy_total": kwh(snapshot.total.load),
        }

    @override
    def last(self, snapshot: Snapshot) -> Json:
        """Return the fields of boost_last_data; `power` stays 0, as it always does."""
        recording = recorded("groboost_last")
        server_clock = as_server_clock(snapshot.wall)
        power = watts(snapshot.power.load)
        values = {
            "serialNum": self.serial,
            "datalogger_sn": self.logger.serial,
            "calendar": java_calendar(recording["calendar"], server_clock),
            "timeText": date_text(snapshot.wall),
            "appv": power,
            "aipv": round(power / VOLTAGE, 1),
            "avpv": VOLTAGE,
            "afreq": 50.01,
            "atotalEnergy": kwh(snapshot.total.load),
            "totalEneny": kwh(snapshot.total.load),
            "temperature": self.temperature(snapshot),
            "targetPower": self.rated,
        }
        return filled(recording, values, doubles=frozenset(), whole=True)

    @override
    def _master_data(self, snapshot: Snapshot) -> Json:
        """Return the fields of the details that differ between devices."""
        nested = recorded(f"{self.kind}_details")["boostData"]
        live = self.last(snapshot).items()
        logger, address = self.logger.serial, 84
        return {
            "boostData": nested | {key: value for key, value in live if key in nested},
            "dataLogSn": logger,
            "deviceSn": self.serial,
            "key": f"{logger}_{self.check_type}_addr{address}",
            "lost": self.lost,
            "parentID": f"LIST_{logger}_{self.check_type}",
            "treeID": f"OD_{logger}_{self.check_type}_addr{address}",
        }
