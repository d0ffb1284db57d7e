"""Control: endpoints below /_simulator/ for a demo or a test in another process."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
import json
from typing import Any

from aiohttp import web

from .cloud import SimulatedCloud
from .devices.base import Device
from .model import Plant

CONTROL = web.AppKey("control", SimulatedCloud)

type Options = dict[str, Any]


def _plant(cloud: SimulatedCloud, options: Options) -> Plant:
    """Return the plant whose id is in `plant`."""
    return next(
        plant for plant in cloud.plants if str(plant.plant_id) == str(options["plant"])
    )


def _device(cloud: SimulatedCloud, options: Options) -> Device:
    """Return the device whose serial is in `serial`."""
    return next(item for item in cloud.devices if item.serial == options["serial"])


def _frozen(cloud: SimulatedCloud, options: Options) -> None:
    """Stop the uploads of the logger of `serial`."""
    cloud.freeze(options["serial"])


def _thawed(cloud: SimulatedCloud, options: Options) -> None:
    """Let the logger of `serial` upload again."""
    cloud.thaw(options["serial"])


def _fault_code(cloud: SimulatedCloud, options: Options) -> None:
    """Set the fault `code` of a device; 0 clears it."""
    _device(cloud, options).fault_code = int(options["code"])


def _removed(cloud: SimulatedCloud, options: Options) -> None:
    """Take a device out of its plant."""
    device = _device(cloud, options)
    cloud.plant_of(device).remove(device.serial)


def _added(cloud: SimulatedCloud, options: Options) -> None:
    """Add a MIN to `plant`."""
    cloud.add_min(_plant(cloud, options))


def _moved(cloud: SimulatedCloud, options: Options) -> None:
    """Move a device to `plant`."""
    cloud.move(options["serial"], _plant(cloud, options))


def _logger_replaced(cloud: SimulatedCloud, options: Options) -> None:
    """Replace the logger whose serial is in `serial`."""
    cloud.replace_logger(options["serial"])


def _limits(cloud: SimulatedCloud, options: Options) -> None:
    """Switch the limits on or off."""
    cloud.limits_enabled = bool(options["kept"])


def _online_after(cloud: SimulatedCloud, options: Options) -> None:
    """Let new loggers come online `minutes` after registration, or before it."""
    cloud.online_after = timedelta(minutes=options["minutes"])


EVENTS: dict[str, Callable[[SimulatedCloud, Options], None]] = {
    "frozen": _frozen,
    "thawed": _thawed,
    "fault_code": _fault_code,
    "removed": _removed,
    "added": _added,
    "moved": _moved,
    "logger_replaced": _logger_replaced,
    "limits": _limits,
    "online_after": _online_after,
}


def _json(content: object) -> web.Response:
    """Return a JSON response; moments are ISO texts."""
    text = json.dumps(content, default=datetime.isoformat)
    return web.json_response(text=text)


async def truth(request: web.Request) -> web.Response:
    """Return the expected values of all devices and plants."""
    return _json(request.app[CONTROL].truth())


async def unregistered(request: web.Request) -> web.Response:
    """Return the unregistered data loggers with check codes and devices."""
    return _json(
        [
            {
                "serial": hardware.logger.serial,
                "check_code": hardware.logger.check_code,
                "devices": [device.serial for device in hardware.devices],
            }
            for hardware in request.app[CONTROL].unregistered.sets
        ]
    )


async def requests(request: web.Request) -> web.Response:
    """Return the requests so far."""
    return _json([asdict(received) for received in request.app[CONTROL].requests])


async def add_fault(request: web.Request) -> web.Response:
    """Switch a fault on, or apply an event to a device: `kind` and options."""
    cloud, options = request.app[CONTROL], await request.json()
    kind = options.pop("kind", "")
    try:
        if event := EVENTS.get(kind):
            event(cloud, options)
        else:
            cloud.faults.add(kind, **options)
    except (KeyError, StopIteration, TypeError, ValueError) as error:
        raise web.HTTPBadRequest(text=f"{type(error).__name__}: {error}") from error
    return _json({"faults": len(cloud.faults.rules)})


async def clear_faults(request: web.Request) -> web.Response:
    """Switch all faults off; events stay."""
    request.app[CONTROL].faults.clear()
    return _json({"faults": 0})


async def move_clock(request: web.Request) -> web.Response:
    """Move the clock: `set` (ISO, with zone), `shift` in seconds, `speed`."""
    clock, options = request.app[CONTROL].clock, await request.json()
    if "set" in options:
        clock.set(datetime.fromisoformat(options["set"]))
    if "shift" in options:
        clock.shift(timedelta(seconds=options["shift"]))
    if "speed" in options:
        clock.speed = options["speed"]
    return _json({"now": clock.now(), "speed": clock.speed})


def control_routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.get("/_simulator/truth", truth),
        web.get("/_simulator/unregistered", unregistered),
        web.get("/_simulator/requests", requests),
        web.post("/_simulator/faults", add_fault),
        web.delete("/_simulator/faults", clear_faults),
        web.post("/_simulator/clock", move_clock),
    ]
