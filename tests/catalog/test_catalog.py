"""The catalog against the tables of the manual: nothing forgotten, nothing invented."""

from collections import defaultdict
import csv
from pathlib import Path

import pytest

from custom_components.growatt_openapi.api import (
    Family,
)
from custom_components.growatt_openapi.catalog import (
    PROFILES,
    DataStatus,
    GrowattSensor,
    Snapshot,
)
from homeassistant.components.sensor import (
    DEVICE_CLASS_STATE_CLASSES,
    DEVICE_CLASS_UNITS,
)

from .left_out import LEFT_OUT, LEFT_OUT_HERE

FIELDS = Path(__file__).parent / "fields"

# Where the unit of the manual is wrong, and the right one.
CORRECTED = {
    "eRacToday": "kvarh",
    "eRacTotal": "kvarh",
    # The tables of WIT and SPH-S guess them from the names, or give none.
    **dict.fromkeys(("reactPower", "reactPowerMax"), "var"),
    **dict.fromkeys(("bmsgaugeFCC", "bmsgaugeRM"), "Ah"),
    **dict.fromkeys(("maxTempCell", "minTempCell"), "°C"),
    "bmsdeltaVolt": "mV",
    "opFullwatt": "W",
    # Hours, says the table; but 573.5 of them are no day, and 8.9 make 534 minutes.
    **dict.fromkeys(("eChargeTimeToday", "eDischargeTimeToday"), "min"),
    **dict.fromkeys(("eGridTimeToday", "gridTimeToday"), "min"),
    **dict.fromkeys(("eToGridTimeToday", "toGridTimeToday"), "min"),
    **dict.fromkeys(("eLoadTimeToday", "loadTimeToday", "epvTimeToday"), "min"),
}

CORRECTED_HERE = {
    # The table gives what a PCS means by these names.
    Family.METER: {"bActivePower": "W", "bReactivePower": "var"},
}

DEVICES = [Family(table.stem) for table in sorted(FIELDS.glob("*.csv"))]
"""The families that the manual has a table of."""


def documented(family: Family) -> dict[str, str]:
    """Return the fields of a family's last data, V1 and V4, with their units."""
    with (FIELDS / f"{family.value}.csv").open(encoding="utf-8") as table:
        return {row["field"]: row["unit"] for row in csv.DictReader(table)}


def mapped(family: Family) -> dict[str, GrowattSensor]:
    """Return the fields the catalog uses, with their sensors."""
    return {
        field: sensor for sensor in PROFILES[family].sensors for field in sensor.fields
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
    known = documented(family).keys()
    profile = PROFILES[family]
    used = {
        field
        for description in (*profile.sensors, *profile.binary_sensors)
        for field in (*description.fields, *description.exists_if)
    }
    assert used - known == set()


@pytest.mark.parametrize("family", DEVICES)
def test_units_are_those_of_the_manual(family: Family) -> None:
    """Test that no sensor shows another unit than the table, known mistakes apart."""
    units = documented(family) | CORRECTED | CORRECTED_HERE.get(family, {})
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
        words = {*sensor.states.values(), *sensor.words.values(), sensor.fallback}
        of_attribute = {"status": {*DataStatus}}.get(sensor.attribute or "", set())
        assert set(sensor.options or ()) == words - {None} | of_attribute


@pytest.mark.parametrize(
    "family",
    [
        *(Family.INVERTER, Family.MAX, Family.MIN, Family.SPA, Family.SPH),
        *(Family.SPH_S, Family.WIT),
    ],
)
def test_codes_have_a_meaning(family: Family) -> None:
    """Test that fault and warning are made of the fields of their codes."""
    fields = {one.key: one.fields for one in PROFILES[family].sensors}
    assert fields["fault"] == fields["fault_code"]
    assert fields["warning"] == fields["warning_code"]


def test_a_key_is_one_quantity() -> None:
    """Test that a key has the same text, class, unit and digits in every family."""
    kinds = defaultdict(set)
    for profile in PROFILES.values():
        for one in profile.sensors:
            unit = one.suggested_unit_of_measurement or one.native_unit_of_measurement
            kind = (one.device_class, unit, one.state_class)
            digits = one.suggested_display_precision
            kinds[one.key].add((one.translation_key, *kind, digits))
    assert {key: found for key, found in kinds.items() if len(found) > 1} == {}


def test_a_code_is_one_state() -> None:
    """Test that enumerations that share a text share their states as well.

    What a device does has different states in each family, but one meaning.
    """
    words = defaultdict(set)
    for profile in PROFILES.values():
        for one in profile.sensors:
            if one.options and one.key != "status":
                words[one.translation_key].add(frozenset(one.options))
    assert {text: found for text, found in words.items() if len(found) > 1} == {}


@pytest.mark.parametrize("family", PROFILES)
def test_few_are_on(family: Family) -> None:
    """Test that what is on fits on a page, even with all the hardware there is."""
    on = [
        one for one in PROFILES[family].sensors if one.entity_registry_enabled_default
    ]
    assert len(on) <= 28


def test_only_what_two_batteries_tell() -> None:
    """Test that of two batteries of a storage only what is not 0 becomes a sensor."""

    def told(**of_second: float) -> set[str]:
        row = {"soh": 97, "cellVoltage1": 0, "eChargeTotal": 2.3, "pCharge2": 0}
        reading = Snapshot(fields=row | of_second)
        return {
            one.key
            for one in PROFILES[Family.STORAGE].sensors
            if one.part and one.proved(reading)
        }

    assert told() == set()
    flows = {"battery1_charge_energy_total", "battery2_charge_power"}
    assert told(eChargeTotal2=2.6) == flows | {
        *("battery1_soh", "battery2_charge_energy_total"),
    }
    assert "battery2_soh" in told(soh2=96)


def test_floating_voltage_is_no_battery() -> None:
    """Test that a WIT's second battery needs energy, as a voltage may float."""

    def parts(**second: float) -> set[int]:
        row = {"echarge1Total": 8131.7, "vbat": 48.0, "vbat2": 4.2, "soc2": 0} | second
        reading = Snapshot(fields=row)
        return {
            one.part.number
            for one in PROFILES[Family.WIT].sensors
            if one.part and one.proved(reading)
        }

    assert parts() == {1}
    assert parts(edischarge2Total=0.1) == {1, 2}


@pytest.mark.parametrize("family", PROFILES)
def test_keys_are_unique(family: Family) -> None:
    """Test that no family has two entities of a kind with one key."""
    profile = PROFILES[family]
    for descriptions in (profile.sensors, profile.binary_sensors):
        keys = [description.key for description in descriptions]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "sensor",
    [
        pytest.param(sensor, id=f"{family} {sensor.key}")
        for family, profile in PROFILES.items()
        for sensor in profile.sensors
        if sensor.derived == "product"
    ],
)
def test_product_needs_all_its_fields(sensor: GrowattSensor) -> None:
    """Test that a product is not known while one of its fields is missing."""
    fields = dict.fromkeys(sensor.fields, 2)
    assert sensor.read(Snapshot(fields=fields)) is not None
    for missing in sensor.fields:
        assert sensor.read(Snapshot(fields={**fields, missing: None})) is None
