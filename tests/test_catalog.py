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

CELL_KINDS = ("Tem", "TemNo", "Volt", "VoltNo")
FIELDS = Path(__file__).parent / "fixtures" / "fields"

# Fields of the tables that are no entity, by the reason.
LEFT_OUT = {
    "bits, each with a meaning of its own that the manual does not give": {
        *("apfStatus", "dwStringWarningValue1", "strBreak", "strFault"),
        *("strUnblance", "strUnmatch", "warnBit", "warningValue1", "warningValue2"),
        *("warningValue3", "wPIDFaultValue", "wStringStatusValue", "bmsInfo"),
        *("bmsError2", "bmsError3", "bmsError4", "bmsPackInfo", "sysFaultWord"),
        *(f"sysFaultWord{number}" for number in range(1, 8)),
        *("bmsProtection", "faultBitCode", "sysEn"),
    },
    "a code whose values the manual does not explain": {
        *("faultValue", "pidStatus", "bdc1Mode", "bdc1Status", "bdc2Mode"),
        *("bdc2Status", "bdcBusRef", "bdcStatus", "bgridType", "bmsStatus"),
        *("bmsCommunicationType", "bmsIosStatus", "bmsWarn2", "bsystemWorkMode"),
        *("afciPv1", "afciPv2", "afciStatus", "debug3"),
        *("dryContactStatus", "operatingMode", "debug1", "debug2"),
    },
    "a setting, not a measurement": {
        *("mtncMode", "mtncRqst", "tMtncStrt", "winMode", "winOffGridSOC"),
        *("winOnGridSOC", "winRequest", "tWinEnd", "tWinStart", "sleepOffGridEnable"),
        *("vppVersion", "chargeCutoffVolt", "dischargeCutoffVolt", "priorityChoose"),
    },
    "the same as another field": {
        *("dayMap", "ppvText", "socText"),
        *("iacr", "pacr", "vacr", "vacrs", "totalWorkingTime", "timeTotalText"),
        *("pCharge", "pDischarge", "statusText", "errorText", "warnText"),
        *("isAgain", "again", "withTime", "lost", "apfStatusText", "pidStatusText"),
    },
    "the meaning differs between the tables": {"bmsUsingCap"},
    "a name that no table describes": {
        *("accChargePower", "accdischargePower", "backupWarning", "batErrorUnion"),
        *("bmsErrorExpansion", "bmsRequestType", "bmsWarnInfo2", "capacityADD"),
        *("chargeForbiddenMark", "dischargeForbiddenMark", "dsgipStartDateTime"),
        *(
            "monitor",
            "plocalLoadR2",
            "sgipCyclCnt",
            "sgipStartCyclCnt",
            "uwBatCycleCntPre",
        ),
        *(f"{end}SingleCell{kind}" for end in ("max", "min") for kind in CELL_KINDS),
    },
    "raw words of the signal processor": {
        f"uwDsp{part}DebugData{number}"
        for part in ("DcDc", "Inv")
        for number in ("", *range(1, 5))
    },
    "what was, not what is": {
        *("bmsErrorOld", "bmsStatusOld", "bmsWarnInfoOld", "numberOfBattCodes"),
        *(f"battHistoryFaultCode{number}" for number in range(1, 9)),
    },
    "which cell or pack it is, not how it does": {
        *("accChargePackSn", "accDischargePackSn", "protectPackId"),
        *("uwMaxTemprCellNo", "uwMaxVoltCellNo", "uwMinTemprCellNo"),
        "uwMinVoltCellNo",
        *(f"{place}BattFaultSn" for place in ("first", "second", "third", "fourth")),
    },
    "the sum of fields that older answers have too": {"epvtoday"},
    "a time, read by the clocks": {
        *("time", "timeCalendar", "calendar", "createTime", "utcTime", "day"),
    },
    "who or what it is, not how it does": {
        *("bModuleNum", "bTotalCellNum", "batteryType", "bmsFW", "bmsMCUVersion"),
        *("bmsHardwareVersion", "bmsHardwareVersion2", "bmsHighestSoftVersion"),
        *("mixBean", "spaBean", "moduleQty", "moduleSeriesQty", "softwareMajorVersion"),
        *("softwareDevelopMajorVersion", "softwareDevelopMinorVersion"),
        "softwareMinorVersion",
        *("id", "address", "alias", "inverterId", "serialNum", "dataLogSn", "batSn"),
        *("batterySN", "batteryNo", "bigDevice", "bMerterConnectFlag"),
        *("bmsFwVersion", "bmsMcuVersion", "inverterBean", "tlxBean", "maxBean"),
    },
}

# Fields that are an entity of other families, by the reason why not of this one.
LEFT_OUT_HERE = {
    Family.MIN: {"a code whose values the manual does not explain": {"uwSysWorkMode"}},
    Family.MAX: {
        "0 while eacToday and eacTotal count": {"powerToday", "powerTotal"},
        "its scale differs between firmwares": {"timeTotal"},
    },
}

# Where the unit of the manual is wrong, and the right one.
CORRECTED = {"eRacToday": "kvarh", "eRacTotal": "kvarh"}

DEVICES = [Family.INVERTER, Family.MAX, Family.MIN, Family.SPA, Family.SPH]


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
    reasons = (LEFT_OUT, LEFT_OUT_HERE.get(family, {}))
    left_out = {field for why in reasons for fields in why.values() for field in fields}
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


@pytest.mark.parametrize("family", LEFT_OUT_HERE)
def test_what_a_family_leaves_out_is_not_its_entity(family: Family) -> None:
    """Test that the fields a family leaves out are in its table, and unused."""
    left_out = {field for fields in LEFT_OUT_HERE[family].values() for field in fields}
    assert left_out <= documented(family).keys() - mapped(family).keys()


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
