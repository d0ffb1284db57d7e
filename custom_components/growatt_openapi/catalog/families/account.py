"""The account: how often Growatt is asked, when next, and what that waits for."""

from enum import StrEnum

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass

from ...api import Family
from ..blocks import internal, sensor
from ..profile import Profile

REQUESTS_TODAY = "requests_today"
NEXT_REFRESH = "next_refresh"
LAST_ANSWER = "last_answer"
WAITING_FOR = "waiting_for"


class WaitReason(StrEnum):
    """What the next question waits for; of what can go wrong, the worst comes first."""

    NOT_PERMITTED = "not_permitted"
    NO_PLANTS = "no_plants"
    RATE_LIMITED = "rate_limited"
    CANNOT_CONNECT = "cannot_connect"
    UNEXPECTED_ANSWER = "unexpected_answer"
    MORNING = "morning"
    UPLOAD = "upload"


ACCOUNT = Profile(
    family=Family.ACCOUNT,
    name="",
    models="",
    sensors=internal(
        sensor(
            "requests_today",
            REQUESTS_TODAY,
            state_class=SensorStateClass.TOTAL_INCREASING,
            wide=True,
        ),
        sensor("next_refresh", NEXT_REFRESH, device_class=SensorDeviceClass.TIMESTAMP),
        sensor("last_answer", LAST_ANSWER, device_class=SensorDeviceClass.TIMESTAMP),
        sensor(
            "waiting_for",
            WAITING_FOR,
            device_class=SensorDeviceClass.ENUM,
            options=list(WaitReason),
            words={word: word for word in WaitReason},
        ),
    ),
    binary_sensors=(),
)
