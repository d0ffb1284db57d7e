"""BDC: the battery converters of a MIN, one or two with equal shares."""

from ..physics.flows import Flows
from ..wire import Json
from .base import Snapshot, Truth, kwh, watts

NO_SECOND = {
    "bdc2FaultType": 7,
    "bdc2Ibat": 11.7,
    "bdc2Ibb": 10,
    "bdc2Soc": 3,
    "bdc2Temp2": 104,
    "bdc2WarnCode": 1,
}
"""Values that units with one converter report of a missing second one."""

FIELDS = {
    "charge_power": "ChargePower",
    "discharge_power": "DischargePower",
    "charge_energy_total": "ChargeTotal",
    "discharge_energy_total": "DischargeTotal",
    "soc": "Soc",
    "voltage": "Vbat",
    "current": "Ibat",
}


def battery_voltage(snapshot: Snapshot) -> float:
    """Return the voltage of the battery in V; it rises with the charge."""
    return round(196 + snapshot.soc / 6, 1)


def _values(snapshot: Snapshot, number: int, count: int) -> dict[str, float]:
    """Return the values of a converter, by key."""

    def share(flows: Flows) -> tuple[int, int]:
        charged, discharged = flows.charged, flows.discharged
        return (charged + number - 1) // count, (discharged + number - 1) // count

    charging, discharging = share(snapshot.power)
    charged, discharged = share(snapshot.total)
    voltage = battery_voltage(snapshot)
    return {
        "charge_power": watts(charging),
        "discharge_power": watts(discharging),
        "charge_energy_total": kwh(charged),
        "discharge_energy_total": kwh(discharged),
        "soc": snapshot.soc,
        "voltage": voltage,
        "current": round(watts(charging + discharging) / voltage, 1),
    }


def converters(snapshot: Snapshot, count: int) -> Json:
    """Return the fields of the converters, fitted or not."""
    return NO_SECOND | {
        f"bdc{number}{FIELDS[key]}": value
        for number in range(1, count + 1)
        for key, value in _values(snapshot, number, count).items()
    }


def converters_truth(snapshot: Snapshot, count: int) -> Truth:
    """Return the expected values of the battery behind each converter."""
    return {
        f"battery{number}_{key}": value
        for number in range(1, count + 1)
        for key, value in _values(snapshot, number, count).items()
    }
