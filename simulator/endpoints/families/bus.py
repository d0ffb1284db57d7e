"""V1 endpoints about the bus of a data logger: its devices, and their last records."""

from collections.abc import Callable

from ...devices.bus import BusDevice
from ...devices.environment import Environment
from ...devices.meter import Meter
from ...routing import NO_PRIVILEGE, Call, Refused, Route
from ...wire import Json, v1_success

NO_LOGGER = "error_Datalogger does not exist"
NO_ADDRESS = 10003


def _behind(call: Call, family: type[BusDevice]) -> list[BusDevice]:
    """Return the devices of a family on the bus of the named data logger."""
    serial = call.named()
    if call.cloud.find_logger(serial) is None:
        raise Refused(call.route.missing)
    visible = {logger.serial for plant in call.plants for logger in plant.loggers}
    if serial not in visible:
        raise Refused(NO_PRIVILEGE)
    return [
        device
        for plant in call.plants
        for device in plant.bus
        if device.logger.serial == serial and isinstance(device, family)
    ]


def _listed(family: type[BusDevice], name: str) -> Callable[[Call], Json]:
    """Return the endpoint that lists the devices of a family, paged."""

    def answer(call: Call) -> Json:
        """Return the rows below the name of the family."""
        devices = _behind(call, family)
        rows = [device.bus_row() for device in call.page(devices)]
        return v1_success(
            {name: rows, "count": len(devices), "datalogger_sn": call.named()}
        )

    return answer


def _last(family: type[BusDevice]) -> Callable[[Call], Json]:
    """Return the endpoint of the last record of the device at an address."""

    def answer(call: Call) -> Json:
        """Return the record, or empty data before the first."""
        devices = _behind(call, family)
        if not (address := call.params.get("address", "").strip()):
            raise Refused(NO_ADDRESS)
        fitting = (device for device in devices if str(device.address) == address)
        device = next(fitting, None)
        snapshot = device.snapshot() if device else None
        return device.answer(snapshot) if device and snapshot else v1_success("")

    return answer


def _routes(family: type[BusDevice], path: str, name: str) -> tuple[Route, ...]:
    """Return the endpoints of a family, by the beginning of their paths."""
    return (
        Route(
            verb="GET",
            path=f"{path}_list",
            answer=_listed(family, name),
            key="datalog_sn",
            empty=10002,
            missing=10003,
            missing_text=NO_LOGGER,
        ),
        Route(
            verb="GET",
            path=f"{path}_last_data",
            answer=_last(family),
            key="datalog_sn",
            empty=10002,
            missing=10004,
            missing_text=NO_LOGGER,
        ),
    )


ROUTES = (
    *_routes(Environment, "device/env/env", "envs"),
    *_routes(Meter, "device/ammeter/meter", "meters"),
)
