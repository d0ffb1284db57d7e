"""V1 endpoints about the end users of a merchant."""

from datetime import timedelta

from .model import Account
from .plant_calls import plant_row, success
from .routing import NO_PRIVILEGE, Call, Refused, Route
from .wire import Json, server_text

NOTHING_BETWEEN = timedelta()
"""The pause of endpoints of which the manual states none."""

NAME_TAKEN = 10003
WRONG_INSTALLER = 10014
TAKEN_TEXT = "error_Username already exists"


def _customers(call: Call) -> list[Account]:
    """Return the customers of the merchant who calls."""
    if call.customers is None:
        raise Refused(NO_PRIVILEGE)
    return call.customers


def _named(call: Call, name: str) -> Account | None:
    """Return the account with a user name."""
    return next((one for one in call.cloud.accounts if one.name == name), None)


def _check_installer(call: Call) -> None:
    """Refuse an installer's code that nobody has."""
    code = call.optional("agentCode", "agent_code", "agent code")
    if code and code != call.cloud.installer_code:
        raise Refused(WRONG_INSTALLER)


def register(call: Call) -> Json:
    """Register a customer; the password is not kept."""
    customers = _customers(call)
    name = call.required("user_name", 10002)
    call.required("user_password", 10002)
    email = call.required("user_email", 10004)
    call.required("user_type", 10006)
    if _named(call, name):
        raise Refused(NAME_TAKEN)
    _check_installer(call)
    account = call.cloud.add_customer(customers, name)
    account.email, account.phone = email, call.optional("user_tel")
    account.registered = server_text(call.cloud.now())
    return success({"c_user_id": account.user_id})


def modify(call: Call) -> Json:
    """Change the phone number of a customer."""
    _customers(call)
    account = call.user(empty=10002, missing=10003, foreign=10004)
    _check_installer(call)
    account.phone = call.optional("mobile")
    return success("")


def check_name(call: Call) -> Json:
    """Say whether a user name is free."""
    if _named(call, call.named()):
        raise Refused(NAME_TAKEN)
    return success("")


def user_list(call: Call) -> Json:
    """Return the customers, paged."""
    customers = _customers(call)
    rows = [
        {
            "c_user_id": one.user_id,
            "c_user_name": one.name,
            "c_user_email": one.email,
            "c_user_tel": one.phone,
            "c_user_regtime": one.registered,
        }
        for one in call.page(customers)
    ]
    return success({"count": len(customers), "c_user": rows})


def plants_of_user(call: Call) -> Json:
    """Return the plants of one user whom the token may see, paged."""
    account = _named(call, call.named())
    if account is None or account not in call.accounts:
        raise Refused(NO_PRIVILEGE)
    rows = [plant_row(call, plant) for plant in call.page(account.plants)]
    return success({"count": len(account.plants), "plants": rows})


ROUTES = (
    Route(
        verb="POST",
        path="user/user_register",
        answer=register,
        key="user_name",
        empty=10002,
        pause=NOTHING_BETWEEN,
        no_token=10008,
        texts={
            NAME_TAKEN: TAKEN_TEXT,
            10004: "error_User mailbox is empty",
            10006: "error_User type is empty",
            10008: "error_Token is empty",
            WRONG_INSTALLER: "error_Installer code is wrong",
        },
    ),
    Route(
        verb="POST",
        path="user/modify",
        answer=modify,
        key="c_user_id",
        empty=10002,
        pause=NOTHING_BETWEEN,
        texts={
            10003: "error_User does not exist",
            10004: "error_User ID does not match token",
            WRONG_INSTALLER: "error_Installer code is wrong",
        },
    ),
    Route(
        verb="POST",
        path="user/check_user",
        answer=check_name,
        key="user_name",
        empty=10002,
        pause=NOTHING_BETWEEN,
        texts={NAME_TAKEN: TAKEN_TEXT},
    ),
    Route(verb="GET", path="user/c_user_list", answer=user_list, per_day=10),
    Route(
        verb="POST",
        path="plant/user_plant_list",
        answer=plants_of_user,
        key="user_name",
        empty=NO_PRIVILEGE,
        per_day=10,
    ),
)
