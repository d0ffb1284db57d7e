"""Base of all devices: counters, details and expected values."""

from abc import ABC, abstractmethod
from datetime import date, datetime
from typing import ClassVar, override

from ..physics.flows import SUMS_PER_TENTH_KWH, SUMS_PER_WATT_HOUR, Source
from ..place import Logger, Place
from ..wire import (
    Json,
    as_server_clock,
    date_text,
    epoch_ms,
    java_date,
    recorded,
    server_text,
)
from .uploads import Snapshot, Uploader

__all__ = ["Device", "Snapshot", "Truth", "kwh", "watts"]

type Truth = dict[str, float | str | datetime]


def kwh(sums: int) -> float:
    """Return an energy in kWh as counters show it, to the nearest 0.1."""
    return (sums + SUMS_PER_TENTH_KWH // 2) // SUMS_PER_TENTH_KWH / 10


def watts(tenths: int) -> float:
    """Return a power in W."""
    return tenths / 10


class Device(Uploader, ABC):
    """A simulated device; a family adds the format of its records."""

    kind: ClassVar[str]
    """Prefix of the names of its recorded answers."""

    letter: ClassVar[str]
    """Letter in its serials, unique to the family."""

    v1_type: ClassVar[int | None] = None
    """The type in device/list; None where V1 does not list it."""

    v4_type: ClassVar[str | None] = None
    """The type in V4; None where V4 does not know it."""

    check_type: ClassVar[int]
    """deviceType of device/check/sn."""

    dtc: ClassVar[int]
    model_text: ClassVar[str]
    own_logger: ClassVar[str | None] = None
    """Prefix of the serial of the built-in logger; None without such a logger."""

    fault_status: ClassVar[int]
    """Status in live data while there is a fault."""

    works_from_battery: ClassVar[bool] = False
    """Whether its status is normal while only its battery works."""

    def __init__(  # noqa: PLR0913 - all that a device is made of, once
        self,
        *,
        serial: str,
        device_id: int,
        plant: Place,
        logger: Logger,
        source: Source,
        rated: int,
        battery: bool = False,
        meter: bool = False,
    ) -> None:
        """Initialize a device of some rated power in W at its place."""
        super().__init__(plant=plant, logger=logger, source=source)
        self.serial = serial
        self.device_id = device_id
        self.rated = rated
        self.battery = battery
        self.meter = meter
        self.fault_code = 0
        self.warning_code = 0
        self.v4_refused = False

    @property
    @abstractmethod
    def commercial_name(self) -> str:
        """Return the model as it is sold."""

    @property
    def listed_types(self) -> tuple[int, ...]:
        """Return the types of its rows in device/list."""
        return () if self.v1_type is None else (self.v1_type,)

    @property
    def alias(self) -> str:
        """Return the name the owner gave."""
        return f"{self.plant.name} {self.device_id % 1000}"

    @property
    @override
    def _sleeps(self) -> bool:
        """Return whether the device is powered by its panels alone."""
        return not (self.battery or self.meter)

    def ac_before(self, day: date) -> int:
        """Return the alternating current sums of all days before a plant-local day."""
        return self.source.before(day).ac

    def temperature(self, snapshot: Snapshot) -> float:
        """Return the inner temperature in degrees Celsius; it follows the load."""
        return round(21 + 30 * snapshot.power.ac / (self.rated * 10), 1)

    def status_word(self, snapshot: Snapshot) -> str:
        """Return waiting, normal or fault."""
        if self.fault_code:
            return "fault"
        alone = self.works_from_battery and snapshot.power.discharged
        return "normal" if snapshot.working or alone else "waiting"

    def list_status(self) -> int:
        """Return 0 disconnected, 1 online, 2 standby or 3 fault, as in device/list."""
        snapshot = self.snapshot()
        if snapshot is None or self.lost:
            return 0
        return {"waiting": 2, "normal": 1, "fault": 3}[self.status_word(snapshot)]

    def truth(self) -> Truth:
        """Return the values a client must show: as on the wire, without float noise.

        Powers in W, energies in kWh; keys that end in `_wh` are exact. `ac_power` is 0
        in the dark even where the family keeps showing its last value;
        `pv_energy_today` is the sum of what the wire shows of the strings.
        """
        if (snapshot := self.snapshot()) is None:
            return {}
        power, today, total = snapshot.power, snapshot.today, snapshot.total
        return {
            "status": self.status_word(snapshot),
            "last_update": snapshot.uploaded,
            "temperature": self.temperature(snapshot),
            "pv_power": watts(power.pv),
            "ac_power": watts(power.ac),
            "energy_today": kwh(today.ac),
            "energy_total": kwh(total.ac),
            "pv_energy_today": round(sum(map(kwh, today.strings)), 1),
            "pv_energy_total": kwh(total.pv),
            "energy_today_wh": today.ac / SUMS_PER_WATT_HOUR,
            "energy_total_wh": total.ac / SUMS_PER_WATT_HOUR,
            **self._string_truth(snapshot),
            **(_meter_truth(snapshot) if self.meter else {}),
            **(_battery_truth(snapshot) if self.battery else {}),
        }

    def _string_truth(self, snapshot: Snapshot) -> Truth:
        """Return the expected values of each string."""
        result: Truth = {}
        for number, tenths in enumerate(snapshot.power.strings, start=1):
            index = number - 1
            result |= {
                f"pv{number}_power": watts(tenths),
                f"pv{number}_voltage": self.voltage(tenths, number),
                f"pv{number}_current": self.current(tenths, number),
                f"pv{number}_energy_today": kwh(snapshot.today.strings[index]),
                f"pv{number}_energy_total": kwh(snapshot.total.strings[index]),
            }
        return result

    @abstractmethod
    def voltage(self, tenths: int, number: int) -> float:
        """Return the voltage of a string in V at a power in tenths of a watt."""

    def current(self, tenths: int, number: int) -> float:
        """Return the current of a string in A at a power in tenths of a watt."""
        return round(watts(tenths) / self.voltage(tenths, number), 1) if tenths else 0.0

    def last(self, snapshot: Snapshot) -> Json:
        """Return the fields of the last record in V1, where V1 has the family."""
        raise NotImplementedError

    def v4_last(self, snapshot: Snapshot) -> Json:
        """Return the fields of the last record in V4, where V4 has the family."""
        raise NotImplementedError

    @abstractmethod
    def _master_data(self, snapshot: Snapshot) -> Json:
        """Return the fields that V1 and V4 details share."""

    def details(self, snapshot: Snapshot) -> Json:
        """Return the master data in V1."""
        return (
            recorded(f"{self.kind}_details")
            | self._master_data(snapshot)
            | {
                "lastUpdateTime": java_date(snapshot.uploaded),
                "lastUpdateTimeText": server_text(snapshot.uploaded),
            }
        )

    def v4_details(self, snapshot: Snapshot) -> Json:
        """Return the master data in V4."""
        return (
            recorded(f"{self.kind}_v4_details")
            | self._master_data(snapshot)
            | {
                "lastUpdateTime": epoch_ms(as_server_clock(snapshot.wall)),
                "lastUpdateTimeText": date_text(snapshot.wall),
            }
        )


def _meter_truth(snapshot: Snapshot) -> Truth:
    """Return the expected values of the meter of the house."""
    power, today, total = snapshot.power, snapshot.today, snapshot.total
    return {
        "grid_import_power": watts(power.imported),
        "grid_export_power": watts(power.exported),
        "load_power": watts(power.load),
        "energy_import_today": kwh(today.imported),
        "energy_import_total": kwh(total.imported),
        "energy_export_today": kwh(today.exported),
        "energy_export_total": kwh(total.exported),
        "energy_load_today": kwh(today.load),
        "energy_load_total": kwh(total.load),
        "energy_import_total_wh": total.imported / SUMS_PER_WATT_HOUR,
        "energy_export_total_wh": total.exported / SUMS_PER_WATT_HOUR,
        "energy_load_total_wh": total.load / SUMS_PER_WATT_HOUR,
    }


def _battery_truth(snapshot: Snapshot) -> Truth:
    """Return the expected values of the battery; loss_power is the inverter's heat."""
    power, today, total = snapshot.power, snapshot.today, snapshot.total
    return {
        "battery_charge_power": watts(power.charged),
        "battery_discharge_power": watts(power.discharged),
        "battery_soc": snapshot.soc,
        "battery_charge_energy_today": kwh(today.charged),
        "battery_charge_energy_total": kwh(total.charged),
        "battery_discharge_energy_today": kwh(today.discharged),
        "battery_discharge_energy_total": kwh(total.discharged),
        "battery_charge_energy_total_wh": total.charged / SUMS_PER_WATT_HOUR,
        "battery_discharge_energy_total_wh": total.discharged / SUMS_PER_WATT_HOUR,
        "loss_power": watts(power.pv + power.discharged - power.charged - power.ac),
    }
