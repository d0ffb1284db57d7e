"""The catalog against the tables of the manual: nothing forgotten, nothing invented."""

import csv
from pathlib import Path

import pytest

from custom_components.growatt_openapi.api import LAST_UPDATE, ONLINE, Family
from custom_components.growatt_openapi.catalog import PROFILES, GrowattSensor
from homeassistant.components.sensor import (
    DEVICE_CLASS_STATE_CLASSES,
    DEVICE_CLASS_UNITS,
)

FIELDS = Path(__file__).parent / "fixtures" / "fields"

# Fields of the tables that are no entity, by the reason.
LEFT_OUT = {
    "bits, each with a meaning of its own that the manual does not give": {
        *("apfStatus", "dwStringWarningValue1", "strBreak", "strFault"),
        *("strUnblance", "strUnmatch", "warnBit", "warningValue1", "warningValue2"),
        *("warningValue3", "wPIDFaultValue", "wStringStatusValue", "bmsInfo"),
        *("bmsError2", "bmsError3", "bmsError4", "bmsPackInfo", "sysFaultWord"),
        *(f"sysFaultWord{number}" for number in range(1, 8)),
    },
    "a code whose values the manual does not explain": {
        *("faultValue", "pidStatus", "bdc1Mode", "bdc1Status", "bdc2Mode"),
        *("bdc2Status", "bdcBusRef", "bdcStatus", "bgridType", "bmsStatus"),
        *("bmsCommunicationType", "bmsIosStatus", "bmsWarn2", "bsystemWorkMode"),
        *("dryContactStatus", "operatingMode", "uwSysWorkMode", "debug1", "debug2"),
    },
    "a setting, not a measurement": {
        *("mtncMode", "mtncRqst", "tMtncStrt", "winMode", "winOffGridSOC"),
        *("winOnGridSOC", "winRequest", "tWinEnd", "tWinStart", "sleepOffGridEnable"),
        "vppVersion",
    },
    "the same as another field": {
        *("iacr", "pacr", "vacr", "vacrs", "totalWorkingTime", "timeTotalText"),
        *("pCharge", "pDischarge", "statusText", "errorText", "warnText"),
        *("isAgain", "again", "withTime", "lost"),
    },
    "the meaning differs between the tables": {"bmsUsingCap"},
    "a time, read by the clocks": {
        *("time", "timeCalendar", "calendar", "createTime", "utcTime", "day"),
    },
    "who or what it is, not how it does": {
        *("id", "address", "alias", "inverterId", "serialNum", "dataLogSn", "batSn"),
        *("batterySN", "batteryNo", "bigDevice", "bMerterConnectFlag"),
        *("bmsFwVersion", "bmsMcuVersion", "inverterBean", "tlxBean"),
    },
}

# Where the unit of the manual is wrong, and the right one.
CORRECTED = {"eRacToday": "kvarh", "eRacTotal": "kvarh"}

DEVICES = [Family.INVERTER, Family.MIN]


def documented(family: Family) -> dict[str, str]:
    """Return the fields of a family's last data, V1 and V4, with their units."""
    with (FIELDS / f"{family.value}.csv").open(encoding="utf-8") as table:
        return {row["field"]: row["unit"] for row in csv.DictReader(table)}


def mapped(family: Family) -> dict[str, GrowattSensor]:
    """Return the fields the catalog uses, with their sensors."""
    return {
        field: sensor
        for sensor in PROFILES[family].sensors
        for field in sensor.fields
        if field != LAST_UPDATE
    }


@pytest.mark.parametrize("family", DEVICES)
def test_every_field_is_an_entity_or_left_out_for_a_reason(family: Family) -> None:
    """Test that the catalog and the reasons together are the whole table."""
    left_out = {field for fields in LEFT_OUT.values() for field in fields}
    forgotten = documented(family).keys() - mapped(family).keys() - left_out
    assert forgotten == set()


@pytest.mark.parametrize("family", DEVICES)
def test_every_field_is_documented(family: Family) -> None:
    """Test that the catalog names no field the manual does not have."""
    known = documented(family).keys() | {LAST_UPDATE, ONLINE}
    profile = PROFILES[family]
    used = {
        field
        for description in (*profile.sensors, *profile.binary_sensors)
        for field in (*description.fields, *description.evidence)
    }
    assert used - known == set()


@pytest.mark.parametrize("family", DEVICES)
def test_units_are_those_of_the_manual(family: Family) -> None:
    """Test that no sensor shows another unit than the table, known mistakes apart."""
    units = documented(family) | CORRECTED
    wrong = {
        field: (units[field], sensor.native_unit_of_measurement)
        for field, sensor in mapped(family).items()
        if units[field] != (sensor.native_unit_of_measurement or "")
    }
    assert wrong == {}


def test_left_out_fields_exist() -> None:
    """Test that no reason speaks of a field that is in no table."""
    known = {field for family in DEVICES for field in documented(family)}
    assert {field for fields in LEFT_OUT.values() for field in fields} - known == set()


@pytest.mark.parametrize("family", PROFILES)
def test_classes_fit(family: Family) -> None:
    """Test that unit and state class fit the device class, and options the states."""
    for sensor in PROFILES[family].sensors:
        units = DEVICE_CLASS_UNITS.get(sensor.device_class, {None})
        assert sensor.native_unit_of_measurement in units or not sensor.device_class
        classes = DEVICE_CLASS_STATE_CLASSES.get(sensor.device_class, set())
        assert sensor.state_class in {None, *classes} or not sensor.device_class
        assert set(sensor.options or ()) == set(sensor.states.values())


@pytest.mark.parametrize("family", PROFILES)
def test_keys_are_unique(family: Family) -> None:
    """Test that no family has two entities of a kind with one key."""
    profile = PROFILES[family]
    for descriptions in (profile.sensors, profile.binary_sensors):
        keys = [description.key for description in descriptions]
        assert len(keys) == len(set(keys))
