"""V1 endpoints about the end users of a merchant."""

from ..accounts import Account
from ..routing import NO_PAUSE, NO_PRIVILEGE, Call, Refused, Route
from ..wire import Json, server_text, v1_success
from .plants import plant_row

NAME_TAKEN = 10003
WRONG_INSTALLER = 10014
TAKEN_TEXT = "error_Username already exists"


def _customers(call: Call) -> list[Account]:
    """Return the customers of the calling merchant."""
    if call.customers is None:
        raise Refused(NO_PRIVILEGE)
    return call.customers


def _named(call: Call, name: str) -> Account | None:
    """Return the account with a user name."""
    accounts = call.cloud.accounts
    return next((account for account in accounts if account.name == name), None)


def _check_installer(call: Call) -> None:
    """Refuse an unknown installer's code."""
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
    return v1_success({"c_user_id": account.user_id})


def modify(call: Call) -> Json:
    """Change the phone number of a customer."""
    _customers(call)
    account = call.user(empty=10002, missing=10003, foreign=10004)
    _check_installer(call)
    account.phone = call.optional("mobile")
    return v1_success("")


def check_name(call: Call) -> Json:
    """Refuse a user name that is taken."""
    if _named(call, call.named()):
        raise Refused(NAME_TAKEN)
    return v1_success("")


def user_list(call: Call) -> Json:
    """Return the customers, paged."""
    customers = _customers(call)
    rows = [
        {
            "c_user_id": account.user_id,
            "c_user_name": account.name,
            "c_user_email": account.email,
            "c_user_tel": account.phone,
            "c_user_regtime": account.registered,
        }
        for account in call.page(customers)
    ]
    return v1_success({"count": len(customers), "c_user": rows})


def plants_of_user(call: Call) -> Json:
    """Return the plants of a user that the token may see, paged."""
    account = _named(call, call.named())
    if account is None or account not in call.accounts:
        raise Refused(NO_PRIVILEGE)
    rows = [plant_row(call, plant) for plant in call.page(account.plants)]
    return v1_success({"count": len(account.plants), "plants": rows})


ROUTES = (
    Route(
        verb="POST",
        path="user/user_register",
        answer=register,
        key="user_name",
        empty=10002,
        pause=NO_PAUSE,
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
        pause=NO_PAUSE,
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
        pause=NO_PAUSE,
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
