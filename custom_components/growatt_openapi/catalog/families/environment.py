"""Environment sensors on the bus of a data logger (V1 only).

A probe that is not fitted reports 0, as calm air and the night do; so each has to
show something else once.
"""

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    DEGREE,
    UnitOfIrradiance,
    UnitOfLength,
    UnitOfPrecipitationDepth,
    UnitOfPressure,
    UnitOfRatio,
    UnitOfSpeed,
    UnitOfVolumetricFlux,
)

from ...api import Family
from ..blocks import (
    code,
    data_source,
    internal,
    last_update,
    measurement,
    online,
    percentage,
    proved_by,
    sensor,
    temperature,
)
from ..descriptions import GrowattSensor
from ..groups.hybrid import each_by_itself
from ..profile import Profile

UNIT_RADIATION = "MJ/m²"


def humidity(key: str, field: str) -> GrowattSensor:
    """Return a relative humidity in %."""
    unit = UnitOfRatio.PERCENTAGE
    return sensor(key, field, **measurement(SensorDeviceClass.HUMIDITY, unit, 0))


def pressure(key: str, field: str) -> GrowattSensor:
    """Return a pressure of the air in hPa."""
    kind = measurement(SensorDeviceClass.ATMOSPHERIC_PRESSURE, UnitOfPressure.HPA, 1)
    return sensor(key, field, **kind)


def radiation(key: str, field: str) -> GrowattSensor:
    """Return a sum of radiation in MJ/m², for which no device class exists."""
    kind = measurement(None, UNIT_RADIATION, 1)
    counts = {"state_class": SensorStateClass.TOTAL_INCREASING, "wide": True}
    return sensor(key, field, **kind | counts)


EVERYDAY = (
    temperature("ambient_temperature", "envTemp"),
    temperature("panel_temperature", "panelTemp"),
    *each_by_itself(
        sensor(
            "irradiance",
            "radiant",
            **measurement(
                SensorDeviceClass.IRRADIANCE,
                UnitOfIrradiance.WATTS_PER_SQUARE_METER,
                0,
            ),
        ),
        sensor(
            "wind_speed",
            "windSpeed",
            **measurement(
                SensorDeviceClass.WIND_SPEED, UnitOfSpeed.METERS_PER_SECOND, 1
            ),
        ),
        humidity("humidity", "envHumidity"),
        pressure("air_pressure", "airPressure"),
        radiation("radiation_today", "etodayRadiation"),
        radiation("radiation_total", "etotalRadiation"),
    ),
    *proved_by(
        ("windSpeed", "windAngle"),
        # 0 is a direction too: north.
        sensor(
            "wind_direction",
            "windAngle",
            **measurement(SensorDeviceClass.WIND_DIRECTION, DEGREE, 0)
            | {"state_class": SensorStateClass.MEASUREMENT_ANGLE},
        ),
    ),
    *proved_by(
        ("rainfallIntensity", "totalRainfall"),
        sensor(
            "rain_intensity",
            "rainfallIntensity",
            **measurement(
                SensorDeviceClass.PRECIPITATION_INTENSITY,
                UnitOfVolumetricFlux.MILLIMETERS_PER_HOUR,
                1,
            ),
        ),
        sensor(
            "rain_total",
            "totalRainfall",
            **measurement(
                SensorDeviceClass.PRECIPITATION,
                UnitOfPrecipitationDepth.MILLIMETERS,
                1,
            )
            | {"state_class": SensorStateClass.TOTAL_INCREASING, "wide": True},
        ),
    ),
    *each_by_itself(
        sensor(
            "snow_depth",
            "snowDepth",
            **measurement(SensorDeviceClass.DISTANCE, UnitOfLength.MILLIMETERS, 0),
        ),
    ),
    last_update,
    data_source,
)

REST = internal(
    temperature("internal_temperature", "internalTempC"),
    *each_by_itself(
        humidity("internal_humidity", "internalRelativeHumidity"),
        pressure("internal_pressure", "internalPressure"),
        percentage("soiling", "dailyAvgSoilLvlPct", suggested_display_precision=1),
        code("warning_code", "alarmCode"),
    ),
)

ENVIRONMENT = Profile(
    family=Family.ENVIRONMENT,
    name="Environment sensor",
    models="Weather stations on the bus of a data logger",
    sensors=EVERYDAY + REST,
    binary_sensors=(online,),
)
