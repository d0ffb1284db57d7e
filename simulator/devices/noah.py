"""NOAH and NEXA: balcony storage with panels, packs and a logger of its own."""

from datetime import date, timedelta
from typing import ClassVar, override

from ..wire import Json, as_server_clock, date_text, epoch_ms, filled, recorded
from .base import Device, Snapshot, Truth, kwh, watts

SPAN = 65536
"""Added to a negative load, which is counted in 16 bits without a sign."""

STATUS = {"lost": -1, "normal": 6, "fault": 4, "heating": 5}
DOING = ("idle", "charging", "discharging")
NOT_COUNTED = ("energy_", "battery_charge_energy", "battery_discharge_energy")
"""Beginnings of the keys of truths that have no counter."""


class Noah(Device):
    """A NEXA with four panels, two packs and a meter at the grid."""

    kind: ClassVar = "noah"
    letter: ClassVar = "N"
    v4_type: ClassVar = "noah"
    check_type: ClassVar = 1000
    dtc: ClassVar = 5700
    model_text: ClassVar = ""
    fault_status: ClassVar = 4
    upload_every: ClassVar = timedelta(minutes=1)
    own_logger: ClassVar = ""

    packs = 2
    """Number of stacked battery packs."""

    documented_only = False
    """Whether it reports only the fields of the vendor's own table."""

    empty_packs: frozenset[int] = frozenset()
    """Packs at 0 % and 0 °C."""

    heating = 0
    """Heating packs, a bit for each."""

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold."""
        return "NEXA 2000"

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return a voltage between 28 V in weak and 34 V in strong light."""
        return round(28 + tenths / 350 - number / 10, 2) if tenths else 0.0

    @override
    def current(self, tenths: int, number: int) -> float:
        """Return the current of an input to the nearest 0.01 A."""
        return round(watts(tenths) / self.voltage(tenths, number), 2) if tenths else 0.0

    @override
    def status_word(self, snapshot: Snapshot) -> str:
        """Return normal, heating or fault; it never waits."""
        if self.fault_code:
            return "fault"
        return "heating" if self.heating else "normal"

    def _doing(self, snapshot: Snapshot) -> str:
        """Return the state of the packs."""
        if snapshot.power.charged:
            return "charging"
        return "discharging" if snapshot.power.discharged else "idle"

    @override
    def truth(self) -> Truth:
        """Return the expected values, without those that have no counter."""
        if (snapshot := self.snapshot()) is None:
            return {}
        found = {
            key: value
            for key, value in super().truth().items()
            if key.endswith("_wh")
            or not (key.startswith(NOT_COUNTED) or key[3:].startswith("_energy"))
        }
        return found | {
            "pv_energy_today": kwh(snapshot.today.pv),
            "pv_energy_total": kwh(snapshot.total.pv),
            "pv_energy_month": self._since(snapshot, month=None),
            "pv_energy_year": self._since(snapshot, month=1),
            "priority": "smart",
            "battery_status": self._doing(snapshot),
            **self._input_truth(snapshot),
            **self._pack_truth(snapshot),
        }

    def _since(self, snapshot: Snapshot, *, month: int | None) -> float:
        """Return the energy of the panels since a month of this year began, in kWh."""
        day = snapshot.wall.date()
        first = date(day.year, month or day.month, 1)
        return kwh(max(0, snapshot.total.pv - self.source.before(first).pv))

    def _input_truth(self, snapshot: Snapshot) -> Truth:
        """Return the power of each input, the product of its voltage and current."""
        return {
            f"pv{number}_power": round(
                self.voltage(tenths, number) * self.current(tenths, number), 3
            )
            for number, tenths in enumerate(snapshot.power.strings, start=1)
        }

    def _pack_truth(self, snapshot: Snapshot) -> Truth:
        """Return the values of each pack; lower packs are cooler and emptier."""
        result: Truth = {}
        for number in range(1, self.packs + 1):
            there = number not in self.empty_packs
            result |= {
                f"battery{number}_soc": there * max(0, snapshot.soc + 1 - number),
                f"battery{number}_temperature": there * (27.5 - number),
            }
        return result

    def _pack_fields(self, snapshot: Snapshot) -> Json:
        """Return the fields of the packs."""
        truth = self._pack_truth(snapshot)
        result: Json = {}
        for number in range(1, self.packs + 1):
            warm = float(str(truth[f"battery{number}_temperature"]))
            result |= {
                f"battery{number}SerialNum": f"{self.serial}B{number}",
                f"battery{number}Soc": truth[f"battery{number}_soc"],
                f"battery{number}Temp": warm,
                f"battery{number}TempF": round(warm * 1.8 + 32, 1),
            }
        return result

    def _house(self, snapshot: Snapshot) -> Json:
        """Return the fields of the output and of the meter."""
        power = snapshot.power
        grid = watts(power.imported - power.exported)
        load = watts(power.load)
        return {
            "pac": watts(power.ac),
            "onGridPower": watts(power.ac),
            "onGridVoltage": 233.0,
            "onGridCurrent": round(watts(power.ac) / 233, 2),
            "ctFlag": int(self.meter),
            "ctSelfPower": grid,
            "householdLoadApartFromGroplug": load,
            "totalHouseholdLoad": load % SPAN,
        }

    def _panels(self, snapshot: Snapshot) -> Json:
        """Return the fields of the inputs, and of the energy of all panels."""
        result: Json = {
            "ppv": watts(snapshot.power.pv),
            "eacToday": kwh(snapshot.today.pv),
            "eacMonth": self._since(snapshot, month=None),
            "eacYear": self._since(snapshot, month=1),
            "eacTotal": kwh(snapshot.total.pv),
        }
        for number, tenths in enumerate(snapshot.power.strings, start=1):
            result |= {
                f"pv{number}Voltage": self.voltage(tenths, number),
                f"pv{number}Current": self.current(tenths, number),
            }
        return result

    def _battery(self, snapshot: Snapshot) -> Json:
        """Return the fields of all packs together."""
        power = snapshot.power
        return {
            "batteryPackageQuantity": self.packs,
            "totalBatteryPackSoc": snapshot.soc,
            "totalBatteryPackChargingPower": (power.charged - power.discharged) // 10,
            "totalBatteryPackChargingStatus": DOING.index(self._doing(snapshot)),
            "heatingStatus": self.heating,
        }

    @override
    def v4_last(self, snapshot: Snapshot) -> Json:
        """Return the fields of queryLastData."""
        values = {
            "deviceSn": self.serial,
            "datalogSn": self.logger.serial,
            "time": epoch_ms(as_server_clock(snapshot.wall)),
            "timeStr": date_text(snapshot.wall),
            "status": STATUS[self.status_word(snapshot)],
            "faultStatus": self.fault_code,
            "pdWarnStatus": self.warning_code,
            "systemTemp": self.temperature(snapshot),
            **self._house(snapshot),
            **self._panels(snapshot),
            **self._battery(snapshot),
            **self._pack_fields(snapshot),
        }
        name = "noah_v4_last_documented" if self.documented_only else "noah_v4_last"
        return filled(recorded(name), values, doubles=None, whole=False)

    @override
    def _master_data(self, snapshot: Snapshot) -> Json:
        """Return the fields of the details that differ between devices."""
        word = "lost" if self.lost else self.status_word(snapshot)
        return {
            "deviceSn": self.serial,
            "datalogSn": self.logger.serial,
            "lost": self.lost,
            "status": STATUS[word],
            "portName": f"ShinePano-{self.logger.serial}",
            "sysTime": epoch_ms(as_server_clock(snapshot.wall)),
            "timezone": self.plant.zone,
        }
