"""The plant: the totals that Growatt counts for it (plant/data)."""

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import EntityCategory, UnitOfMass, UnitOfPower

from ...api import Family
from ..blocks import energy, last_update, power, sensor
from ..profile import Profile

PLANT = Profile(
    family=Family.PLANT,
    name="",
    models="",
    sensors=(
        power(
            "power",
            "current_power",
            native_unit_of_measurement=UnitOfPower.KILO_WATT,
            suggested_display_precision=2,
        ),
        energy("energy_today", "today_energy"),
        energy("energy_month", "monthly_energy"),
        energy("energy_year", "yearly_energy"),
        energy("energy_total", "total_energy"),
        power(
            "peak_power",
            "peak_power_actual",
            native_unit_of_measurement=UnitOfPower.KILO_WATT,
            state_class=None,
            suggested_display_precision=2,
            entity_category=EntityCategory.DIAGNOSTIC,
        ),
        sensor(
            "co2_avoided",
            "carbon_offset",
            device_class=SensorDeviceClass.WEIGHT,
            native_unit_of_measurement=UnitOfMass.KILOGRAMS,
            state_class=SensorStateClass.TOTAL_INCREASING,
            suggested_display_precision=0,
            wide=True,
        ),
        last_update,
    ),
    binary_sensors=(),
)
