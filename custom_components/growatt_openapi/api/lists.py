"""Device lists: V1 has one for each plant, V4 one for all, a bus its own."""

from asyncio import gather
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Final

from .endpoints.base import MINUTES_5
from .endpoints.families import FAMILY_BY_TYPE
from .endpoints.inventory import ALL_DEVICES, BUS_LISTS, DEVICE_LIST, TYPE_ON_BUS
from .errors import GrowattError, GrowattNotFoundError, GrowattPermissionError
from .models.inventory import Device, Family, Row
from .requests.session import Listing, Questions
from .values import number, text

# What a list says of how a device does, and by what name V4 asks for its type.
_FACTS: Final = frozenset({"status", "lost", "last_update_time", "deviceType"})


@dataclass(slots=True)
class DeviceLists:
    """The lists of devices of one token."""

    questions: Questions
    unmapped: dict[str, Row] = field(default_factory=dict)
    """What is listed of devices whose type no one has described, by serial."""
    _on_buses: dict[tuple[Family, str], tuple[Device, ...]] = field(
        default_factory=dict
    )
    """What was last listed on the bus of a data logger, by kind and logger."""

    async def of_plant(self, plant_id: str) -> Listing[Device]:
        """Return the devices of a plant, and what hangs on its loggers' buses."""
        listing = await self.questions.rows(
            DEVICE_LIST, "devices", "device_sn", {"plant_id": plant_id}
        )
        typed = [(int(number(row.get("type")) or 0), row) for row in listing.items]
        devices: dict[str, Device] = {}
        for type_number, row in sorted(typed, key=_known_last):
            if type_number != TYPE_ON_BUS:
                device = Device.from_row(row, _family(type_number), plant_id)
                devices[device.serial] = self._noted(device, row)
        announced = _announced(row for number, row in typed if number == TYPE_ON_BUS)
        buses = await gather(*(self._on_bus(*one, plant_id) for one in announced))
        devices |= {device.serial: device for bus in buses for device in bus.items}
        return Listing(
            items=tuple(devices.values()),
            complete=listing.complete and all(map(attrgetter("complete"), buses)),
        )

    async def of_token(self) -> Listing[Device]:
        """Return the devices V4 lists, whatever plant they belong to."""
        listing = await self.questions.rows(
            ALL_DEVICES, "data", "deviceSn", max_age=MINUTES_5
        )
        return Listing(
            items=tuple(
                self._noted(
                    Device.from_v4_row(row, _family(text(row.get("deviceType")))), row
                )
                for row in listing.items
            ),
            complete=listing.complete,
        )

    def _noted(self, device: Device, row: Row) -> Device:
        """Return a device, after noting all that is known of it if its type is new."""
        if device.family is Family.UNMAPPED:
            facts = {name: row[name] for name in _FACTS & row.keys()}
            self.unmapped[device.serial] = {
                **self.unmapped.get(device.serial, {}),
                **facts,
            }
        return device

    async def _on_bus(
        self, family: Family, datalogger: str, plant_id: str
    ) -> Listing[Device]:
        """Return what hangs on the bus of a data logger, as far as it may be known.

        While a plant announces it, no refusal and no empty list takes it away.
        """
        bus = BUS_LISTS[family]
        known = tuple(
            replace(one, plant_id=plant_id, lost=None, wall=None)
            for one in self._on_buses.get((family, datalogger), ())
        )
        try:
            listing = await self.questions.rows(
                bus.endpoint, bus.name, "address", {"datalog_sn": datalogger}
            )
        except GrowattPermissionError, GrowattNotFoundError:
            return Listing(items=known, complete=True)
        except GrowattError:
            return Listing(items=known, complete=bool(known))
        found = tuple(
            Device.on_bus(row, family, plant_id, datalogger) for row in listing.items
        )
        if found:
            self._on_buses[family, datalogger] = found
        return Listing(items=found or known, complete=listing.complete)


def _family(type_name: int | str | None) -> Family:
    """Return the family of a number of V1 or a name of V4."""
    return FAMILY_BY_TYPE.get(type_name or 0, Family.UNMAPPED)


def _known_last(typed: tuple[int, Row]) -> tuple[bool, int]:
    """Return what puts the rows of a serial in order, the one that is right last.

    A MAX is listed as a classic inverter too; the higher number is right.
    """
    type_number, _ = typed
    return type_number in FAMILY_BY_TYPE, type_number


def _announced(rows: Iterable[Row]) -> list[tuple[Family, str]]:
    """Return what kinds of things rows of device/list announce behind which logger.

    The serial says the kind; where it does not, it may be any.
    """
    found: dict[tuple[Family, str], None] = {}
    for row in rows:
        serial = (text(row.get("device_sn")) or "").upper()
        kinds = [family for family, bus in BUS_LISTS.items() if bus.sign in serial]
        if datalogger := text(row.get("datalogger_sn")):
            found |= dict.fromkeys(
                (family, datalogger) for family in kinds or BUS_LISTS
            )
    return list(found)
