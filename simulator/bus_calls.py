"""V1 endpoints about the bus of a data logger: what hangs on it, and one of them."""

from collections.abc import Callable

from .devices.bus import BusDevice
from .plant_calls import success
from .routing import NO_PRIVILEGE, Call, Refused, Route
from .wire import Json

NO_LOGGER = "error_Datalogger does not exist"
NO_ADDRESS = 10003


def _behind(call: Call, family: type[BusDevice]) -> list[BusDevice]:
    """Return the things of a family on the bus of the data logger asked about."""
    serial = call.named()
    if call.cloud.find_logger(serial) is None:
        raise Refused(call.route.missing)
    if all(one.serial != serial for plant in call.plants for one in plant.loggers):
        raise Refused(NO_PRIVILEGE)
    return [
        thing
        for plant in call.plants
        for thing in plant.bus
        if thing.logger.serial == serial and isinstance(thing, family)
    ]


def _listed(family: type[BusDevice], name: str) -> Callable[[Call], Json]:
    """Return the endpoint that lists the things of a family, paged."""

    def answer(call: Call) -> Json:
        """Return the rows below the name of the family."""
        things = _behind(call, family)
        rows = [thing.bus_row() for thing in call.page(things)]
        serial = call.named()
        return success({name: rows, "count": len(things), "datalogger_sn": serial})

    return answer


def _last(family: type[BusDevice]) -> Callable[[Call], Json]:
    """Return the endpoint of the last record of the thing at an address."""

    def answer(call: Call) -> Json:
        """Return the record, or empty data where there is nothing to report."""
        things = _behind(call, family)
        if not (address := call.params.get("address", "").strip()):
            raise Refused(NO_ADDRESS)
        at_address = (one for one in things if str(one.address) == address)
        thing = next(at_address, None)
        snapshot = thing.snapshot() if thing else None
        return thing.answer(snapshot) if thing and snapshot else success("")

    return answer


def bus_routes(family: type[BusDevice], path: str, name: str) -> tuple[Route, ...]:
    """Return the endpoints of a family, by what its paths begin with."""
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
