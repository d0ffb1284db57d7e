"""Routing: an endpoint as data, a call of it, and its refusals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from .accounts import Account
from .devices.base import Device
from .model import Plant
from .state import CloudState
from .wire import Json, v1_error, v4_error

PAGE_SIZE = 20
LARGEST_PAGE_SIZE = 100
LAST_PAGE = 250

SHORT = timedelta(seconds=10)
"""Shortest time between two identical requests where it is not five minutes."""

NO_PAUSE = timedelta()
"""Pause of endpoints without a pause in the manual."""

SYSTEM_ERROR = 10001
NO_PRIVILEGE = 10011
TOO_OFTEN = 10012
PAGE_TOO_LARGE = 10013
TOO_MANY_PAGES = 10014
OLD_HOST = -1

NO_PLANT = "error_Plant does not exist"

V1_TEXTS = {
    SYSTEM_ERROR: "error_System error",
    NO_PRIVILEGE: "error_permission_denied",
    TOO_OFTEN: "error_frequently_access",
    PAGE_TOO_LARGE: "error_The number per page cannot be greater than 100",
    TOO_MANY_PAGES: "error_The number of pages cannot be greater than 250",
    OLD_HOST: "Please use the new domain name to access",
}


class Refused(Exception):  # noqa: N818 - the cloud refuses; nothing is wrong here
    """A call that ends with an error code."""

    def __init__(self, code: int) -> None:
        """Initialize with the code of the endpoint's envelope."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Route:
    """An endpoint: verb, path below the prefix, limits, and the texts of its codes."""

    verb: str
    path: str
    answer: Callable[[Call], Json]
    key: str = ""
    """Parameter that names the plant, device or devices."""

    empty: int = SYSTEM_ERROR
    """Code when that parameter is empty."""

    missing: int = NO_PRIVILEGE
    """Code when the named plant or device does not exist."""

    missing_text: str = "error_Device does not exist"
    pause: timedelta = timedelta(minutes=5)
    """Shortest time between two identical requests."""

    pauses: Mapping[str, timedelta] = field(default_factory=dict)
    """The same for types of devices for which it differs."""

    per_day: int | None = None
    """Calls in 24 hours of one token."""

    too_often: int = TOO_OFTEN
    no_token: int = NO_PRIVILEGE
    """Code when there is no token at all."""

    texts: Mapping[int, str] = field(default_factory=dict)
    """Texts of codes that mean something else than in other endpoints."""

    body_on_get: bool = False
    """Whether a form body counts although the verb is GET."""

    brotli: bool = False
    """Whether the answer is packed with brotli for clients that accept it."""

    @property
    def is_v4(self) -> bool:
        """Return whether the endpoint speaks the V4 envelope."""
        return self.path.startswith("new-api/")

    def refusal(self, code: int) -> Json:
        """Return the envelope of an error."""
        if self.is_v4:
            return v4_error(code)
        special = {
            self.empty: "error_Parameter is empty",
            self.missing: self.missing_text,
        }
        return v1_error(
            code, (special | V1_TEXTS | dict(self.texts)).get(code, f"error_{code}")
        )


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request that came through token and limits."""

    cloud: CloudState
    route: Route
    params: dict[str, str]
    accounts: tuple[Account, ...]
    """Accounts that the token may see."""

    customers: list[Account] | None
    """Those of them that a merchant registered; None if the token is no merchant's."""

    @property
    def plants(self) -> list[Plant]:
        """Return the plants that the token may see."""
        return [plant for account in self.accounts for plant in account.plants]

    @property
    def devices(self) -> dict[str, Device]:
        """Return the devices that the token may see, by serial."""
        return {
            device.serial: device for plant in self.plants for device in plant.devices
        }

    def named(self) -> str:
        """Return the value of the key parameter."""
        return self.required(self.route.key, self.route.empty)

    def required(self, name: str, empty: int) -> str:
        """Return a parameter, or refuse the call with a code."""
        if not (value := self.params.get(name, "").strip()):
            raise Refused(empty)
        return value

    def optional(self, *names: str) -> str:
        """Return a parameter that may be left out, by any of its names."""
        found = (self.params.get(name, "").strip() for name in names)
        return next(filter(None, found), "")

    def plant(self) -> Plant:
        """Return the named plant."""
        return self.plant_by_id(self.named(), self.route.missing)

    def plant_by_id(self, plant_id: str, missing: int) -> Plant:
        """Return a plant that the token may see."""
        known = [
            plant for plant in self.cloud.plants if str(plant.plant_id) == plant_id
        ]
        if not known:
            raise Refused(missing)
        if known[0] not in self.plants:
            raise Refused(NO_PRIVILEGE)
        return known[0]

    def owner(self, plant: Plant) -> Account:
        """Return the account that a visible plant belongs to."""
        return next(account for account in self.accounts if plant in account.plants)

    def user(self, *, empty: int, missing: int, foreign: int = NO_PRIVILEGE) -> Account:
        """Return the user whose id is in c_user_id."""
        user_id = self.required("c_user_id", empty)
        known = {str(account.user_id) for account in self.cloud.accounts}
        if user_id not in known:
            raise Refused(missing)
        for account in self.accounts:
            if str(account.user_id) == user_id:
                return account
        raise Refused(foreign)

    def any_device(self) -> Device:
        """Return the named device, of any family."""
        serial = self.named()
        if self.cloud.find(serial) is None:
            raise Refused(self.route.missing)
        if (device := self.devices.get(serial)) is None:
            raise Refused(NO_PRIVILEGE)
        return device

    def device[FamilyT: Device](self, family: type[FamilyT]) -> FamilyT:
        """Return the named device, if it is of a family."""
        device = self.any_device()
        if not isinstance(device, family):
            raise Refused(NO_PRIVILEGE)
        return device

    def _number(self, name: str, default: int) -> int:
        """Return a parameter as a number; empty means the default."""
        text = self.params.get(name, "").strip()
        if not text:
            return default
        if not text.isdecimal():
            raise Refused(SYSTEM_ERROR)
        return int(text)

    def page[RowT](self, rows: list[RowT]) -> list[RowT]:
        """Return the rows of the requested page."""
        page, size = self._number("page", 1), self._number("perpage", PAGE_SIZE)
        if size > LARGEST_PAGE_SIZE:
            raise Refused(PAGE_TOO_LARGE)
        if page > LAST_PAGE:
            raise Refused(TOO_MANY_PAGES)
        start = (max(page, 1) - 1) * size
        return rows[start : start + size]
