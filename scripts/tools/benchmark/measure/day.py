"""Simulated day in Home Assistant: the delays of its uploads."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta

from homeassistant.core import (
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers.event import (
    async_track_state_change_event,
    async_track_state_report_event,
)
from homeassistant.util import dt as dt_util
from simulator import SimulatedClock, SimulatedCloud

from .delays import Shown, delays, uploads_of
from .integrations import Integration

DAY = timedelta(days=1)

type Written = Event[EventStateChangedData] | Event[EventStateReportedData]
type Copy = Callable[[SimulatedClock], SimulatedCloud]


async def async_day(
    hass: HomeAssistant, integration: Integration, copy: Copy
) -> tuple[float, ...]:
    """Let a day pass, and return the delays of its uploads in seconds."""
    clock = SimulatedClock()
    cloud = copy(clock)
    sensors = _serials_by_sensor(hass, integration, cloud)
    shown: defaultdict[str, list[Shown]] = defaultdict(list)

    @callback
    def note(event: Written) -> None:
        state = event.data["new_state"]
        try:
            power = float(state.state) if state else None
        except ValueError:
            return
        if state and power is not None:
            serial = sensors[state.entity_id]
            shown[serial].append(Shown(state.last_reported, power))

    begin = dt_util.utcnow()
    stops = (
        async_track_state_change_event(hass, sensors, note),
        async_track_state_report_event(hass, sensors, note),
    )
    await asyncio.sleep(DAY.total_seconds())
    for stop in stops:
        stop()
    uploads = uploads_of(cloud, clock, begin, begin + DAY)
    return tuple(
        delay
        for serial, of_device in uploads.items()
        for delay in delays(of_device, shown[serial])
    )


def _serials_by_sensor(
    hass: HomeAssistant, integration: Integration, cloud: SimulatedCloud
) -> dict[str, str]:
    """Return the serials of the shown devices, by the sensor of the panels' power."""
    serials = {
        sensor: device.serial
        for device in cloud.devices
        if (sensor := integration.sensor(hass, device.serial))
    }
    if not serials:
        raise LookupError(f"{integration.domain} shows no power of the panels")
    return serials
