"""The client: one request method, and a thin typed method for each question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import inf
from operator import itemgetter
from typing import Any, Final

from .answers import data_of, object_in, objects_in, page_of, refuse, serial_of
from .clocks import seconds
from .endpoints import (
    CHECK_SERIAL,
    DATALOGGER_LIST,
    DEVICE_LIST,
    FAMILIES,
    FAMILY_BY_TYPE,
    PLANT_DATA,
    PLANT_DETAILS,
    PLANT_LIST,
    Endpoint,
    Shape,
    Way,
)
from .errors import (
    GrowattError,
    GrowattNotFoundError,
    GrowattTokenError,
)
from .models import (
    Datalogger,
    Details,
    Device,
    Family,
    Plant,
    PlantDetails,
    Reading,
    Row,
    SerialNumber,
)
from .router import Router, Rows
from .throttle import Throttle
from .transport import Connection
from .values import number, text

PAGE_SIZE: Final = 100
_MOST_PAGES: Final = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing[ItemT]:
    """What a list said, and whether it held as much as it announced."""

    items: tuple[ItemT, ...]
    complete: bool
    unknown_types: tuple[int, ...] = ()
    """The numbers of device types no family is known for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest[ItemT]:
    """What asking for several devices brought; see Harvest."""

    items: Mapping[str, ItemT]
    errors: Mapping[str, GrowattError]


@dataclass(slots=True, kw_only=True)
class GrowattClient:
    """One token on one of Growatt's servers.

    Every method raises a GrowattError; which one tells the cause.
    """

    connection: Connection
    token_refusals: int = field(default=0, init=False)
    """How often in a row the server did not know the token, five minutes apart."""
    _refused_at: float = field(default=-inf, init=False, repr=False)
    _throttle: Throttle = field(default_factory=Throttle, init=False, repr=False)
    _readings: dict[Family, Router] = field(
        default_factory=dict, init=False, repr=False
    )
    _details: dict[Family, Router] = field(default_factory=dict, init=False, repr=False)

    @property
    def is_idle(self) -> bool:
        """Return whether something was asked, but nothing in the last 24 hours."""
        return self._throttle.is_idle

    async def plants(self, max_age: float = 0) -> Listing[Plant]:
        """Return all plants of the token, by a list at most max_age seconds old.

        Raises GrowattTokenError where the server does not know the token.
        """
        try:
            rows, complete = await self._rows(
                PLANT_LIST, "plants", "plant_id", {}, max_age
            )
        except GrowattTokenError:
            if not 0 <= seconds() - self._refused_at < PLANT_LIST.interval:
                self.token_refusals += 1
                self._refused_at = seconds()
            raise
        self.token_refusals = 0
        return Listing(
            items=tuple(Plant.from_row(row) for row in rows), complete=complete
        )

    async def plant_details(self, plant_id: str) -> PlantDetails:
        """Return the master data of a plant."""
        data = await self._data(PLANT_DETAILS, {"plant_id": plant_id})
        return PlantDetails.from_row(object_in(PLANT_DETAILS, data))

    async def plant_reading(self, plant_id: str) -> Reading:
        """Return the power (kW) and energy (kWh) of a plant."""
        data = await self._data(PLANT_DATA, {"plant_id": plant_id})
        return Reading.of_plant(object_in(PLANT_DATA, data))

    async def devices(self, plant_id: str) -> Listing[Device]:
        """Return the devices of a plant that belong to a known family."""
        rows, complete = await self._rows(
            DEVICE_LIST, "devices", "device_sn", {"plant_id": plant_id}
        )
        typed = [(int(number(row.get("type")) or 0), row) for row in rows]
        known = [
            Device.from_row(row, FAMILY_BY_TYPE[type_number], plant_id)
            # A MAX is listed as a classic inverter too; the higher number is right.
            for type_number, row in sorted(typed, key=itemgetter(0))
            if type_number in FAMILY_BY_TYPE
        ]
        return Listing(
            items=tuple({device.serial: device for device in known}.values()),
            complete=complete,
            unknown_types=tuple(
                type_number
                for type_number, _ in typed
                if type_number not in FAMILY_BY_TYPE
            ),
        )

    async def dataloggers(self, plant_id: str) -> Listing[Datalogger]:
        """Return the data loggers of a plant."""
        rows, complete = await self._rows(
            DATALOGGER_LIST, "dataloggers", "sn", {"plant_id": plant_id}
        )
        return Listing(
            items=tuple(Datalogger.from_row(row, plant_id) for row in rows),
            complete=complete,
        )

    async def check_serial(self, serial: str) -> SerialNumber:
        """Return what the cloud knows about a serial number."""
        answer = await self._request(CHECK_SERIAL, {"sn": serial})
        if number(answer.get("result")) != 1:
            raise GrowattNotFoundError(CHECK_SERIAL.path)
        return SerialNumber.from_row(answer)

    async def readings(self, family: Family, serials: Iterable[str]) -> Latest[Reading]:
        """Return the newest readings of devices of one family, in few requests."""
        router = self._readings.setdefault(family, Router(FAMILIES[family].readings))
        harvest = await router.collect(serials, self._ask)
        return Latest(
            items={
                serial: Reading.of_device(row) for serial, row in harvest.rows.items()
            },
            errors=harvest.errors,
        )

    async def details(self, family: Family, serials: Iterable[str]) -> Latest[Details]:
        """Return the master data of devices of one family, in few requests."""
        router = self._details.setdefault(family, Router(FAMILIES[family].details))
        harvest = await router.collect(serials, self._ask)
        return Latest(
            items={
                serial: Details.from_row(row) for serial, row in harvest.rows.items()
            },
            errors=harvest.errors,
        )

    async def _ask(self, way: Way, serials: Sequence[str]) -> Rows:
        """Return the rows one request on one way brings."""
        params = {**way.fixed, way.parameter: ",".join(serials)}
        data = await self._data(way.endpoint, params)
        match way.shape:
            case Shape.SINGLE:
                found = dict.fromkeys(serials, data)
            case Shape.BATCH:
                blocks = object_in(way.endpoint, data)
                found = {
                    serial: block.get(serial)
                    for serial, block in blocks.items()
                    if isinstance(block, dict)
                }
            case _:
                listed = object_in(way.endpoint, data).get(way.fixed["deviceType"])
                found = {
                    serial_of(row): row for row in objects_in(way.endpoint, listed)
                }
        return {
            serial: row
            for serial in serials
            if isinstance(row := found.get(serial), dict)
        }

    async def _rows(
        self,
        endpoint: Endpoint,
        name: str,
        key: str,
        params: Mapping[str, str],
        max_age: float = 0,
    ) -> tuple[list[Row], bool]:
        """Return the rows of all pages that have a key, and whether these are all."""
        rows: list[Row] = []
        for page in range(1, _MOST_PAGES + 1):
            paging = {"page": str(page), "perpage": str(PAGE_SIZE)}
            read = partial(page_of, endpoint, name, is_first=page == 1)
            answer = await self._request(endpoint, {**params, **paging}, read, max_age)
            new, count = read(answer)
            rows += new
            if len(rows) >= count or not new:
                break
        usable = [row for row in rows if text(row.get(key))]
        return usable, len(usable) >= count

    async def _data(self, endpoint: Endpoint, params: Mapping[str, str]) -> Any:
        """Return the data in an answer."""
        return data_of(endpoint, await self._request(endpoint, params))

    async def _request(
        self,
        endpoint: Endpoint,
        params: Mapping[str, str],
        check: Callable[[Mapping[str, Any]], object] = bool,
        max_age: float = 0,
    ) -> dict[str, Any]:
        """Ask one question at the right pace, and turn a refusal into an exception."""

        def check_all(answer: Mapping[str, Any]) -> None:
            refuse(endpoint, answer)
            check(answer)

        return await self._throttle.ask(
            endpoint,
            params,
            lambda: self.connection.fetch(endpoint, params),
            check_all,
            max_age,
        )
