"""The data logger: the stick or box that reports to Growatt."""

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import SIGNAL_STRENGTH_DECIBELS_MILLIWATT

from ...api import Family
from ..blocks import internal, last_update, measurement, online, sensor
from ..profile import Profile

NETWORK = "network"
WIFI_SIGNAL = "wifi_signal"
NETWORKS = {"WIFI": "wifi", "4G": "cellular", "LAN": "ethernet"}

DATALOGGER = Profile(
    family=Family.DATALOGGER,
    name="Data logger",
    models="ShineWiFi, ShineLAN, ShineLink and all others Growatt lists",
    sensors=(
        last_update,
        *internal(
            sensor(
                "network",
                NETWORK,
                device_class=SensorDeviceClass.ENUM,
                options=list(NETWORKS.values()),
                words=NETWORKS,
            ),
            sensor(
                "signal_strength",
                WIFI_SIGNAL,
                signed=True,
                **measurement(
                    SensorDeviceClass.SIGNAL_STRENGTH,
                    SIGNAL_STRENGTH_DECIBELS_MILLIWATT,
                    0,
                ),
            ),
        ),
    ),
    binary_sensors=(online,),
)
