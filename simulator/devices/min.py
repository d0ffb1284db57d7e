"""MIN: single phase string inverters with or without a battery, also sold as TL-X."""

from typing import ClassVar, override

from ..wire import (
    Json,
    as_server_clock,
    date_text,
    epoch_ms,
    filled,
    java_calendar,
    java_date,
    recorded,
    server_text,
)
from .base import Device, Snapshot, Truth, kwh, watts
from .bdc import battery_voltage, converters, converters_truth

DOUBLES = frozenset(
    {
        *("pac", "ppv", "ppv1", "ppv2", "pself", "psystem"),
        *("pacToGridTotal", "pacToLocalLoad", "pacToUserTotal"),
        *("eacTotal", "echargeTotal", "edischargeTotal", "elocalLoadTotal"),
        *("epv1Total", "epv2Total", "epvTotal", "eselfTotal", "esystemTotal"),
        *("etoGridTotal", "etoUserTotal", "bdc1DischargePower", "timeTotal"),
    }
)
"""Fields that the cloud keeps in double precision; all others are single."""

DETAIL_STATUS = {
    "lost": (-1, "tlx.status.lost"),
    "waiting": (0, "tlx.status.waiting"),
    "normal": (5, "tlx.status.operating"),
    "fault": (3, "tlx.status.fault"),
}


class Min(Device):
    """A MIN with two strings."""

    kind: ClassVar = "min"
    letter: ClassVar = "7"
    v1_type: ClassVar = 7
    v4_type: ClassVar = "min"
    check_type: ClassVar = 22
    dtc: ClassVar = 5203
    model_text: ClassVar = "S25B00D00T00P0FU01M0072"
    fault_status: ClassVar = 2

    batteries = 1
    """Number of batteries with equal shares, each at a converter of its own."""

    @property
    @override
    def commercial_name(self) -> str:
        """Return the model as it is sold; those for a battery end in H."""
        return f"MIN {self.rated}TL-X{'H' if self.battery else ''}"

    @override
    def voltage(self, tenths: int, number: int) -> float:
        """Return a voltage between 310 V in weak and 360 V in strong light."""
        return (
            round(310 + 50 * tenths / (self.rated * 10) - number, 1) if tenths else 0.0
        )

    def _strings(self, snapshot: Snapshot) -> Json:
        """Return the fields of the PV inputs."""
        result: Json = {}
        for number, tenths in enumerate(snapshot.power.strings, start=1):
            result |= {
                f"ppv{number}": watts(tenths),
                f"vpv{number}": self.voltage(tenths, number),
                f"ipv{number}": self.current(tenths, number),
                f"epv{number}Today": kwh(snapshot.today.strings[number - 1]),
                f"epv{number}Total": kwh(snapshot.total.strings[number - 1]),
            }
        return result

    def _grid_side(self, snapshot: Snapshot) -> Json:
        """Return the fields of the output; without a battery pac sticks in the dark."""
        power = snapshot.power
        shown = power.ac or (0 if self.battery else snapshot.previous.ac)
        voltage = round(231 + 6 * power.ac / (self.rated * 10), 1)
        return {
            "pac": watts(shown),
            "pac1": watts(power.ac),
            "vac1": voltage,
            "vacRs": voltage,
            "iac1": round(watts(power.ac) / voltage, 1),
            "fac": 50.01,
            "eacToday": kwh(snapshot.today.ac),
            "eacTotal": kwh(snapshot.total.ac),
            "realOPPercent": round(10 * power.ac / self.rated),
        }

    def _house(self, snapshot: Snapshot) -> Json:
        """Return the fields of grid, load and own use, as measured by the meter."""
        result: Json = {}
        for flows, ending in ((snapshot.today, "Today"), (snapshot.total, "Total")):
            own = flows.load - flows.imported + flows.charged
            result |= {
                f"etoUser{ending}": kwh(flows.imported),
                f"etoGrid{ending}": kwh(flows.exported),
                f"elocalLoad{ending}": kwh(flows.load),
                f"eself{ending}": kwh(own),
                f"esystem{ending}": kwh(flows.pv + flows.discharged),
            }
        power = snapshot.power
        return result | {
            "pacToUserTotal": watts(power.imported),
            "pacToGridTotal": watts(power.exported),
            "pacToLocalLoad": watts(power.load),
            "pself": watts(power.load - power.imported + power.charged),
            "psystem": watts(power.pv + power.discharged),
        }

    def _battery(self, snapshot: Snapshot) -> Json:
        """Return the fields of the battery and its charger."""
        power, today, total = snapshot.power, snapshot.today, snapshot.total
        voltage = battery_voltage(snapshot)
        return converters(snapshot, self.batteries) | {
            "bmsSoc": snapshot.soc,
            "bmsSoh": 99,
            "bmsVbat": voltage,
            "bmsIbat": round(watts(power.charged + power.discharged) / voltage, 1),
            "bmsTemp1Bat": 21.5,
            "echargeToday": kwh(today.charged),
            "echargeTotal": kwh(total.charged),
            "edischargeToday": kwh(today.discharged),
            "edischargeTotal": kwh(total.discharged),
            "eacChargeTotal": 0,
        }

    def _values(self, snapshot: Snapshot) -> Json:
        """Return all fields that move, as numbers without float noise."""
        word = self.status_word(snapshot)
        status = {"waiting": 0, "normal": 1, "fault": self.fault_status}[word]
        warm = self.temperature(snapshot)
        age = snapshot.wall.date() - self.plant.site.start
        return {
            "serialNum": self.serial,
            "time": date_text(snapshot.wall),
            "status": status,
            "statusText": word.capitalize(),
            "faultType": self.fault_code,
            "warnCode": self.warning_code,
            "warnCode1": 0,
            "temp1": warm,
            "temp5": round(warm + 2.4, 1),
            "timeTotal": age.total_seconds() / 2,
            "ppv": watts(snapshot.power.pv),
            "epvTotal": kwh(snapshot.total.pv),
            **self._strings(snapshot),
            **self._grid_side(snapshot),
            **(self._house(snapshot) if self.meter else {}),
            **(self._battery(snapshot) if self.battery else {}),
        }

    @override
    def truth(self) -> Truth:
        """Return the expected values, also of each battery."""
        snapshot = self.snapshot()
        if snapshot is None or not self.battery:
            return super().truth()
        return super().truth() | converters_truth(snapshot, self.batteries)

    @override
    def last(self, snapshot: Snapshot) -> Json:
        """Return the fields of tlx_last_data."""
        recording = recorded("min_last" if self.battery else "min_last_no_battery")
        server_clock = as_server_clock(snapshot.wall)
        calendar = java_calendar(recording["calendar"], server_clock)
        values = self._values(snapshot) | {"calendar": calendar}
        return filled(recording, values, doubles=DOUBLES, whole=True)

    @override
    def v4_last(self, snapshot: Snapshot) -> Json:
        """Return the fields of queryLastData."""
        values = self._values(snapshot) | {
            "calendar": epoch_ms(as_server_clock(snapshot.wall)),
            "dataLogSn": self.logger.serial,
        }
        recording = recorded("min_v4_last")
        return filled(recording, values, doubles=DOUBLES, whole=False)

    def settings(self, snapshot: Snapshot) -> Json:
        """Return the fields of tlx_set_info."""
        clock = date_text(self.plant.wall_clock(self.plant.clock()))
        return recorded("min_settings") | {
            "serialNum": self.serial,
            "lastUpdateTime": java_date(snapshot.uploaded),
            "lastUpdateTimeText": server_text(snapshot.uploaded),
            "sysTime": clock,
            "sysTimeText": clock,
        }

    @override
    def _master_data(self, snapshot: Snapshot) -> Json:
        """Return the fields of the details that differ between devices."""
        word = "lost" if self.lost else self.status_word(snapshot)
        status, text = DETAIL_STATUS[word]
        return {
            "serialNum": self.serial,
            "alias": self.alias,
            "dataLogSn": self.logger.serial,
            "lost": self.lost,
            "status": status,
            "statusText": text,
            "bdc1Sn": f"{self.serial[:-1]}B" if self.battery else "",
            "parentID": f"LIST_{self.logger.serial}_22",
            "treeID": f"ST_{self.serial}",
            "treeName": self.serial,
            "pmax": self.rated * 10,
        }

    @override
    def details(self, snapshot: Snapshot) -> Json:
        """Return the fields of tlx_data_info."""
        return super().details(snapshot) | {"tlxSetbean": self.settings(snapshot)}

    @override
    def v4_details(self, snapshot: Snapshot) -> Json:
        """Return the fields of queryDeviceInfo."""
        return super().v4_details(snapshot) | {
            "id": self.device_id,
            "portName": f"ShinePano - {self.logger.serial}",
        }
