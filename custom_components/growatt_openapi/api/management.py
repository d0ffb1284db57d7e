"""Managing an account: its users, plants, data loggers and devices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched
from operator import attrgetter
from typing import Any, Final

from .endpoints.base import Endpoint
from .endpoints.inventory import PLANT_LIST
from .endpoints.management import (
    CREATION_DATES,
    DATALOGGER_ADD,
    DATALOGGER_DELETE,
    DATALOGGER_OF_DEVICE,
    DATALOGGER_VALIDATE,
    DEVICES_ADD,
    PLANT_ADD,
    PLANT_DELETE,
    PLANT_ENERGY,
    PLANT_MODIFY,
    PLANT_POWER,
    PLANTS_OF_USER,
    USER_CHECK,
    USER_LIST,
    USER_MODIFY,
    USER_REGISTER,
)
from .errors import (
    GrowattAnswerError,
    GrowattConnectionError,
    GrowattNotFoundError,
    GrowattPeriodError,
    GrowattTakenError,
    GrowattUncertainError,
    GrowattUnreachableError,
)
from .models.inventory import Plant
from .models.management import (
    Creation,
    Energy,
    NewPlant,
    NewUser,
    PlantChange,
    Power,
    Unit,
    User,
    without_blanks,
)
from .requests.envelope import object_in, objects_in
from .requests.session import Listing, Questions
from .values import text

MOST_DAYS: Final = 7
MOST_YEARS: Final = 20
MOST_SERIALS: Final = 100
_PAGES: Final = ("1", "2")


@dataclass(frozen=True, slots=True)
class Management:
    """What a token may set up; every method raises a GrowattError.

    What changes something is sent once. It raises GrowattUncertainError where it may
    have been done although no answer says so; look before you try again.
    """

    _questions: Questions

    async def users(self) -> Listing[User]:
        """Return the end users of the token."""
        listing = await self._questions.rows(USER_LIST, "c_user", "c_user_id")
        return Listing(
            items=tuple(map(User.from_row, listing.items)), complete=listing.complete
        )

    async def is_free(self, user_name: str) -> bool:
        """Return whether nobody has a user name yet."""
        try:
            await self._questions.tell(USER_CHECK, {"user_name": user_name})
        except GrowattTakenError:
            return False
        return True

    async def register_user(self, user: NewUser) -> str:
        """Register an end user, and return their id."""
        amend = self._questions.amending(USER_LIST, "c_user")
        answer = await self._change(USER_REGISTER, user.params())
        user_id = _new_id(USER_REGISTER, answer, "c_user_id")
        amend(lambda rows: [*rows, user.row(user_id)])
        return user_id

    async def change_user(
        self, user_id: str, phone: str, installer_code: str | None = None
    ) -> None:
        """Change the phone number of an end user, and their installer."""
        params = {
            "c_user_id": user_id,
            "mobile": phone,
            "agentCode": installer_code,
        }
        await self._change(USER_MODIFY, without_blanks(params))

    async def plants_of(self, user_name: str) -> Listing[Plant]:
        """Return the plants of an end user."""
        listing = await self._questions.rows(
            PLANTS_OF_USER, "plants", "plant_id", {"user_name": user_name}
        )
        return Listing(
            items=tuple(map(Plant.from_row, listing.items)), complete=listing.complete
        )

    async def add_plant(self, user_id: str, plant: NewPlant) -> str:
        """Create a plant of a user, and return its id."""
        amend = self._questions.amending(PLANT_LIST, "plants")
        params = {"c_user_id": user_id, **plant.params()}
        answer = await self._change(PLANT_ADD, params)
        plant_id = _new_id(PLANT_ADD, answer, "plant_id")
        row = {"user_id": user_id, "plant_id": plant_id, **plant.row()}
        amend(lambda rows: [*rows, row])
        return plant_id

    async def change_plant(
        self, user_id: str, plant_id: str, change: PlantChange
    ) -> None:
        """Change what is known of a plant."""
        amend = self._questions.amending(PLANT_LIST, "plants")
        params = {"c_user_id": user_id, "plant_id": plant_id, **change.params()}
        await self._change(PLANT_MODIFY, params)
        row = change.row()
        amend(
            lambda rows: [
                {**one, **row} if text(one.get("plant_id")) == plant_id else one
                for one in rows
            ]
        )

    async def delete_plant(self, plant_id: str) -> None:
        """Delete a plant for good."""
        amend = self._questions.amending(PLANT_LIST, "plants")
        await self._change(PLANT_DELETE, {"plant_id": plant_id})
        amend(
            lambda rows: [one for one in rows if text(one.get("plant_id")) != plant_id]
        )

    async def energy(
        self, plant_id: str, unit: Unit, first: date, last: date
    ) -> tuple[Energy, ...]:
        """Return the energies from the day, month or year of one date to another's.

        Raises GrowattPeriodError where these are more than Growatt tells at once: seven
        days, the months of two calendar years, or twenty years.
        """
        if not _is_allowed(unit, first, last):
            raise GrowattPeriodError(PLANT_ENERGY.path)
        params = {
            "plant_id": plant_id,
            "start_date": first.isoformat(),
            "end_date": last.isoformat(),
            "time_unit": unit.value,
        }
        listing = await self._questions.rows(PLANT_ENERGY, "energys", "date", params)
        found = [one for one in map(Energy.from_row, listing.items) if one]
        return tuple(sorted(found, key=attrgetter("begins")))

    async def power(self, plant_id: str, day: date) -> tuple[Power, ...]:
        """Return the powers that were reported on a day, every five minutes."""
        params = {"plant_id": plant_id, "date": day.isoformat()}
        data = await self._questions.data(PLANT_POWER, params)
        rows = objects_in(PLANT_POWER, object_in(PLANT_POWER, data).get("powers"))
        found = [one for one in map(Power.from_row, rows) if one]
        return tuple(sorted(found, key=attrgetter("wall")))

    async def validate_datalogger(self, serial: str, check_code: str) -> None:
        """Make sure that a data logger can be added.

        Raises GrowattCheckCodeError where the code is not its own, GrowattInputError
        where the serial is none, and GrowattTakenError where it is registered already.
        """
        params = {"datalogSn": serial, "valiCode": check_code}
        await self._questions.tell(DATALOGGER_VALIDATE, params)

    async def add_datalogger(self, user_id: str, plant_id: str, serial: str) -> None:
        """Add a data logger, with the devices behind it, to a plant of a user."""
        params = {"plant_id": plant_id, "sn": serial, "c_user_id": user_id}
        await self._change(DATALOGGER_ADD, params)

    async def delete_datalogger(self, plant_id: str, serial: str) -> None:
        """Take a data logger, with the devices behind it, out of a plant."""
        await self._change(DATALOGGER_DELETE, {"plant_id": plant_id, "sn": serial})

    async def datalogger_of(self, serial: str) -> str:
        """Return the serial of the data logger of a device."""
        data = await self._questions.data(DATALOGGER_OF_DEVICE, {"device_sn": serial})
        found = text(object_in(DATALOGGER_OF_DEVICE, data).get("datalogSN"))
        if found is None:
            raise GrowattNotFoundError(DATALOGGER_OF_DEVICE.path)
        return found

    async def add_devices(
        self, user_id: str, plant_id: str, serials: Iterable[str]
    ) -> None:
        """Add devices, by their own serials, to a plant of a user.

        They appear once they come online. Growatt takes a hundred at once.
        """
        for batch in batched(serials, MOST_SERIALS, strict=False):
            params = {"plant_id": plant_id, "sn": ",".join(batch)}
            await self._change(DEVICES_ADD, {**params, "c_user_id": user_id})

    async def creation_dates(self, serials: Iterable[str]) -> dict[str, Creation]:
        """Return since when devices are in the cloud, as far as it knows."""
        found: dict[str, Creation] = {}
        for batch in batched(sorted(set(serials)), MOST_SERIALS, strict=False):
            for page in _PAGES:
                params = {"devices": ",".join(batch), "pageNum": page}
                data = await self._questions.data(CREATION_DATES, params)
                new = {
                    serial: Creation.from_row(serial, row)
                    for serial, row in object_in(CREATION_DATES, data or {}).items()
                    if isinstance(row, dict)
                }
                found |= new
                if not new or found.keys() >= set(batch):
                    break
        return found

    async def _change(
        self, endpoint: Endpoint, params: Mapping[str, str]
    ) -> Mapping[str, Any]:
        """Have something changed, and return the answer that says it was."""
        try:
            return await self._questions.tell(endpoint, params)
        except GrowattUnreachableError:
            raise
        except (GrowattConnectionError, GrowattAnswerError) as err:
            raise GrowattUncertainError(endpoint.path, err.code, err) from None


def _new_id(endpoint: Endpoint, answer: Mapping[str, Any], name: str) -> str:
    """Return the id of what was created."""
    data = answer.get("data")
    found = text(data.get(name)) if isinstance(data, dict) else None
    if found is None:
        raise GrowattUncertainError(endpoint.path)
    return found


def _is_allowed(unit: Unit, first: date, last: date) -> bool:
    """Return whether Growatt tells all energies between two dates at once."""
    years = last.year - first.year
    fits = {
        Unit.DAY: last - first < timedelta(days=MOST_DAYS),
        Unit.MONTH: years <= 1,
        Unit.YEAR: years < MOST_YEARS,
    }
    return fits[unit] and first <= last
