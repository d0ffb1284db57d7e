"""The client: a thin typed method for each question."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
import json
from math import inf
from typing import Any, Final

from .clocks import seconds
from .endpoints.base import MINUTES_5
from .endpoints.families import FAMILIES, Shape, Way
from .endpoints.inventory import (
    CHECK_SERIAL,
    DATALOGGER_LIST,
    PLANT_DATA,
    PLANT_DETAILS,
    PLANT_LIST,
    PLANT_OF_DEVICE,
    WIFI_SIGNAL,
)
from .errors import (
    GrowattAnswerError,
    GrowattError,
    GrowattNotFoundError,
    GrowattTokenError,
)
from .lists import DeviceLists
from .management import Management
from .models.inventory import (
    Datalogger,
    Details,
    Device,
    Family,
    Plant,
    SerialNumber,
    bus_address,
)
from .models.plant_details import PlantDetails
from .models.reading import Reading
from .requests.envelope import object_in
from .requests.session import Listing, Questions
from .requests.throttle import Throttle
from .requests.transport import Connection
from .router import Router, Rows
from .rows import rows_of
from .values import number, text

# What the ways of a family lead to; also the names under which they are stored.
READINGS: Final = "readings"
DETAILS: Final = "details"


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
    management: Management = field(init=False, repr=False)
    """What the token may set up: users, plants, data loggers."""
    _questions: Questions = field(init=False, repr=False)
    _lists: DeviceLists = field(init=False, repr=False)
    _routers: dict[str, dict[Family, Router]] = field(
        default_factory=lambda: {READINGS: {}, DETAILS: {}}, init=False, repr=False
    )

    def __post_init__(self) -> None:
        """Initialize what asks for the client."""
        self._questions = Questions(connection=self.connection)
        self._lists = DeviceLists(self._questions)
        self.management = Management(self._questions)

    @property
    def is_idle(self) -> bool:
        """Return whether something was asked, but nothing in the last 24 hours."""
        return self.throttle.is_idle

    @property
    def throttle(self) -> Throttle:
        """Return the pace of the token, with the memory of what was asked."""
        return self._questions.throttle

    def memory(self) -> Iterator[str]:
        """Yield what has to outlive a restart, piece by piece, as JSON.

        It may be called from a thread.
        """
        for name, row in self.throttle.rows():
            yield json.dumps([name, row])
        for name, routers in self._routers.items():
            for family, router in list(routers.items()):
                for way in router.rows():
                    yield json.dumps([name, [family, *way]])

    def take_up(self, memory: Iterable[str]) -> None:
        """Go on from before a restart; what is newer here stays.

        Raises TypeError, ValueError or AttributeError where it is no memory.
        """
        rows: defaultdict[str, list[list[Any]]] = defaultdict(list)
        for piece in memory:
            name, row = json.loads(piece)
            rows[name].append(row)
        ways = [
            (name, Family(family), str(serial), int(way), float(until))
            for name in self._routers
            for family, serial, way, until in rows[name]
        ]
        self.throttle.take_up(rows)
        for name, family, serial, way, until in ways:
            self._router(name, family).take_up(serial, way, until)

    def _router(self, name: str, family: Family) -> Router:
        """Return what knows the ways to the readings or details of a family."""
        ways = FAMILIES[family]
        return self._routers[name].setdefault(
            family, Router(ways.readings if name == READINGS else ways.details)
        )

    async def plants(self, max_age: float = 0) -> Listing[Plant]:
        """Return all plants of the token, by a list at most max_age seconds old.

        Raises GrowattTokenError where the server does not know the token.
        """
        try:
            listing = await self._questions.rows(
                PLANT_LIST, "plants", "plant_id", max_age=max_age
            )
        except GrowattTokenError:
            if not 0 <= seconds() - self._refused_at < PLANT_LIST.interval:
                self.token_refusals += 1
                self._refused_at = seconds()
            raise
        self.token_refusals = 0
        return Listing(
            items=tuple(map(Plant.from_row, listing.items)), complete=listing.complete
        )

    async def plant_details(self, plant_id: str) -> PlantDetails:
        """Return the master data of a plant."""
        data = await self._questions.data(PLANT_DETAILS, {"plant_id": plant_id})
        return PlantDetails.from_row(object_in(PLANT_DETAILS, data))

    async def plant_reading(self, plant_id: str) -> Reading:
        """Return the power (kW) and energy (kWh) of a plant."""
        data = await self._questions.data(PLANT_DATA, {"plant_id": plant_id})
        return Reading.of_plant(object_in(PLANT_DATA, data))

    async def plant_of(self, serial: str) -> str:
        """Return the id of the plant a device belongs to."""
        data = await self._questions.data(PLANT_OF_DEVICE, {"device_sn": serial})
        plant = object_in(PLANT_OF_DEVICE, data).get("plant")
        found = text(plant.get("plant_id")) if isinstance(plant, dict) else None
        if found is None:
            raise GrowattNotFoundError(PLANT_OF_DEVICE.path)
        return found

    async def devices(self, plant_id: str) -> Listing[Device]:
        """Return the devices V1 lists of a plant, those on a logger's bus included."""
        return await self._lists.of_plant(plant_id)

    async def all_devices(self) -> Listing[Device]:
        """Return the devices V4 lists; it does not tell their plants."""
        return await self._lists.of_token()

    async def dataloggers(self, plant_id: str) -> Listing[Datalogger]:
        """Return the data loggers of a plant."""
        listing = await self._questions.rows(
            DATALOGGER_LIST, "dataloggers", "sn", {"plant_id": plant_id}
        )
        return Listing(
            items=tuple(Datalogger.from_row(row, plant_id) for row in listing.items),
            complete=listing.complete,
        )

    async def check_serial(self, serial: str) -> SerialNumber:
        """Return what the cloud knows about a serial number."""
        answer = await self._questions.answer(CHECK_SERIAL, {"sn": serial})
        if number(answer.get("result")) != 1:
            raise GrowattNotFoundError(CHECK_SERIAL.path)
        return SerialNumber.from_row(answer)

    async def wifi_signal(self, family: Family, serial: str, max_age: float) -> float:
        """Return the signal of the Wi-Fi in dBm that a device's data logger receives.

        It may be max_age seconds old. V4 tells it in place of the message.
        """
        device_type = FAMILIES[family].v4_type
        if device_type is None:
            raise GrowattNotFoundError(WIFI_SIGNAL.path)
        params = {"deviceSn": serial, "deviceType": device_type}
        answer = await self._questions.answer(WIFI_SIGNAL, params, max_age=max_age)
        signal = number(answer.get("message"), signed=True)
        if not signal:
            raise GrowattAnswerError(WIFI_SIGNAL.path)
        return signal

    async def readings(self, family: Family, serials: Iterable[str]) -> Latest[Reading]:
        """Return the newest readings of devices of one family, in few requests."""
        router = self._router(READINGS, family)
        ask = partial(self._ask, FAMILIES[family].every)
        harvest = await router.collect(serials, ask)
        return Latest(
            items={
                serial: Reading.of_device(row) for serial, row in harvest.rows.items()
            },
            errors=harvest.errors,
        )

    async def details(self, family: Family, serials: Iterable[str]) -> Latest[Details]:
        """Return the master data of devices of one family, in few requests."""
        router = self._router(DETAILS, family)
        harvest = await router.collect(serials, partial(self._ask, MINUTES_5))
        return Latest(
            items={
                serial: Details.from_row(row) for serial, row in harvest.rows.items()
            },
            errors=harvest.errors,
        )

    async def _ask(self, max_age: float, way: Way, serials: Sequence[str]) -> Rows:
        """Return the rows one request on one way brings, at most max_age s old."""
        if way.shape is Shape.LISTED:
            listed = self._lists.unmapped
            return {serial: listed[serial] for serial in serials if serial in listed}
        if way.shape is Shape.LIST and "deviceType" not in way.fixed:
            way = self._of_unmapped_type(way, serials[0])
        params = {**way.fixed, way.parameter: ",".join(serials)}
        if way.address:
            params[way.parameter], params[way.address] = bus_address(serials[0])
        data = await self._questions.data(way.endpoint, params, max_age)
        return rows_of(way, serials, data)

    def _of_unmapped_type(self, way: Way, serial: str) -> Way:
        """Return the way to a device of a type that only V4's list names.

        Raises GrowattNotFoundError where V4 does not list the device.
        """
        device_type = text(self._lists.unmapped.get(serial, {}).get("deviceType"))
        if device_type is None:
            raise GrowattNotFoundError(way.endpoint.path)
        return replace(way, fixed={**way.fixed, "deviceType": device_type})
