"""From a token that sees nothing to devices, through the dialog alone."""

from collections.abc import Callable
from datetime import timedelta
import json
from typing import Any

import pytest

from custom_components.growatt_openapi.api import SERVERS, Region
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from simulator import SimulatedCloud, serve

from ..conftest import Pass, StateOf, asked
from .dialogs import add_account, choose, end_text, page_text, submit, suggested
from .newcomer import (
    ANNA,
    PASSWORD,
    ROOF,
    begin,
    fill,
    label,
    registered,
    to_the_last_page,
)

TOO_OFTEN = {100, 102, 10012}
CHANGES = ("user/user_register", "plant/add", "device/datalogger/add")


@pytest.fixture
def home() -> str:
    """Return the house of a dealer with nothing registered."""
    return "new"


async def test_from_nothing_to_devices(
    hass: HomeAssistant, cloud: SimulatedCloud, time_passes: Pass, state_of: StateOf
) -> None:
    """Test the whole way, and that nothing is registered before the last page."""
    serial = label(cloud)["serial_number"]
    device = cloud.unregistered.sets[0].devices[0].serial
    dialog = await to_the_last_page(hass, cloud)
    assert not {*asked(cloud)} & {*CHANGES}
    text = await page_text(hass, dialog)
    assert ROOF["name"] in text
    assert serial in text

    dialog = await submit(hass, dialog, password=PASSWORD)
    assert dialog["step_id"] == "registered"
    assert registered(cloud) == (["anna"], [ROOF["name"]], [serial])
    dialog = await choose(hass, dialog, "look")
    assert dialog["step_id"] == "waiting"
    assert "five to ten minutes" in await page_text(hass, dialog)

    await time_passes(timedelta(minutes=6))
    dialog = await choose(hass, dialog, "look")
    assert dialog["step_id"] == "finish"
    assert device in await page_text(hass, dialog)
    dialog = await submit(hass, dialog)
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert dialog["result"].state is ConfigEntryState.LOADED
    # It has come online just now, and uploads for the first time.
    await time_passes(timedelta(minutes=5, seconds=1))
    power = state_of(device, "ac_power")
    assert power is not None
    assert float(power.state) == pytest.approx(cloud.truth()[device]["ac_power"])
    assert TOO_OFTEN.isdisjoint(request.code for request in cloud.requests)


async def test_devices_come_by_themselves(
    hass: HomeAssistant, cloud: SimulatedCloud, time_passes: Pass, state_of: StateOf
) -> None:
    """Test that nobody has to wait for the devices in the dialog."""
    device = cloud.unregistered.sets[0].devices[0].serial
    dialog = await to_the_last_page(hass, cloud)
    dialog = await submit(hass, dialog, password=PASSWORD)
    dialog = await choose(hass, dialog, "finish")
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert dialog["result"].state is ConfigEntryState.LOADED
    assert state_of(device, "ac_power") is None
    for _ in range(3):
        await time_passes(timedelta(minutes=5, seconds=1))
    assert state_of(device, "ac_power") is not None


async def test_what_home_assistant_knows_is_suggested(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that name, country, time zone and place need not be typed."""
    await hass.config.async_update(
        location_name="Home", country="CO", latitude=4.5, longitude=-74.0
    )
    await hass.config.async_set_time_zone("America/New_York")
    dialog = await begin(hass, cloud)
    assert suggested(dialog) == {"country": "Columbia"}
    dialog = await submit(hass, dialog, **ANNA)
    assert suggested(dialog) == {
        "name": "Home",
        "country": "Columbia",
        # In June New York has summer time, which is UTC-4.
        "time_zone": -5,
        "location": {"latitude": 4.5, "longitude": -74.0},
    }


async def test_everything_that_was_entered_is_sent(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test what Growatt is told of user and plant."""
    anna = {**ANNA, "phone": "0100", "installer_code": "SIM01"}
    dialog = await fill(hass, await begin(hass, cloud), anna, ROOF, label(cloud))
    await submit(hass, dialog, password=PASSWORD)
    sent: dict[str, Any] = {one.path: one.params for one in cloud.requests}
    user = sent["user/user_register"]
    assert user["user_email"] == anna["email"]
    assert (user["user_tel"], user["agentCode"]) == ("0100", "SIM01")
    assert user["user_country"] == "Germany"
    plant = sent["plant/add"]
    assert (plant["name"], plant["peak_power"]) == (ROOF["name"], "6.8")
    assert (plant["latitude_f"], plant["timezone_id"]) == ("Germany", "1.0")
    assert (plant["latitude"], plant["longitude"]) == ("48.5", "11.25")
    assert plant["plant_type"] == "0"


@pytest.mark.parametrize(
    ("step", "answer", "field", "words"),
    [
        ("new_user", {**ANNA, "username": "taken"}, "username", "already taken"),
        ("new_user", {**ANNA, "username": " "}, "username", "rejected this username"),
        ("plant", {**ROOF, "name": " "}, "name", "needs a name"),
        ("plant", {**ROOF, "peak_power": 0}, "peak_power", "all panels together"),
        ("datalogger", {"check_code": "nope"}, "check_code", "doesn't match this"),
        ("datalogger", {"serial_number": "X"}, "serial_number", "ten letters"),
        ("datalogger", {"serial_number": "theirs"}, "serial_number", "already reg"),
    ],
)
async def test_wrong_answer(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    step: str,
    answer: dict[str, Any],
    field: str,
    words: str,
) -> None:
    """Test that what is wrong is said at its field, and the rest is kept."""
    cloud.add_customer([], "taken")
    theirs = cloud.add_home("villa").plants[0].loggers[0]
    forms = {"new_user": ANNA, "plant": ROOF, "datalogger": label(cloud)}
    before = list(forms)[: list(forms).index(step)]
    dialog = await fill(hass, await begin(hass, cloud), *map(forms.get, before))
    if step == "datalogger":
        answer = {**forms[step], **answer}
    if answer.get("serial_number") == "theirs":
        answer = {"serial_number": theirs.serial, "check_code": theirs.check_code}
    dialog = await submit(hass, dialog, **answer)
    assert (dialog["step_id"], [*dialog["errors"]]) == (step, [field])
    assert words in await page_text(hass, dialog)
    assert answer.items() <= suggested(dialog).items()
    dialog = await submit(hass, dialog, **forms[step])
    assert dialog["errors"] == {}
    assert not {*asked(cloud)} & {*CHANGES}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    ("fault", "options"), [("http", {"status": 502}), ("lost", {})]
)
async def test_nothing_is_registered_twice(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    time_passes: Pass,
    change: str,
    fault: str,
    options: dict[str, Any],
) -> None:
    """Test that a step that fails, or may have been done, can be tried again."""
    serial = label(cloud)["serial_number"]
    dialog = await to_the_last_page(hass, cloud)
    cloud.faults.add(fault, path=change, times=1, **options)
    dialog = await submit(hass, dialog, password=PASSWORD)
    if dialog["step_id"] != "registered":
        assert [*dialog["errors"]] == ["base"]
        text = await page_text(hass, dialog)
        assert "may have been made" in text or "try again then" in text
        assert PASSWORD not in repr(dialog)
        await time_passes(timedelta(minutes=5, seconds=1))
        fields = dialog["data_schema"].schema
        dialog = await submit(hass, dialog, **dict.fromkeys(map(str, fields), PASSWORD))
    assert dialog["step_id"] == "registered"
    assert registered(cloud) == (["anna"], [ROOF["name"]], [serial])


@pytest.mark.parametrize("change", CHANGES)
async def test_goes_on_in_another_window(
    hass: HomeAssistant, cloud: SimulatedCloud, time_passes: Pass, change: str
) -> None:
    """Test that a dialog that was closed half-way is begun again without doubles."""
    printed = label(cloud)
    dialog = await to_the_last_page(hass, cloud)
    cloud.faults.add("code", code=10001, path=change, times=1)
    dialog = await submit(hass, dialog, password=PASSWORD)
    hass.config_entries.flow.async_abort(dialog["flow_id"])
    await time_passes(timedelta(minutes=5, seconds=1))

    dialog = await add_account(hass, token=cloud.token, region="global")
    if change == CHANGES[0]:
        dialog = await choose(hass, dialog, "set_up")
        dialog = await fill(hass, dialog, ANNA, ROOF, printed, {"password": PASSWORD})
    elif change == CHANGES[1]:
        dialog = await choose(hass, dialog, "set_up")
        assert dialog["step_id"] == "end_user"
        user = {"user": str(cloud.accounts[1].user_id)}
        dialog = await fill(hass, dialog, user, ROOF, printed, {})
    else:
        assert dialog["step_id"] == "empty_plant"
        assert ROOF["name"] in await page_text(hass, dialog)
        dialog = await choose(hass, dialog, "end_user")
        dialog = await fill(hass, dialog, printed, {})
    assert dialog["step_id"] == "registered"
    assert registered(cloud) == (
        ["anna"],
        [ROOF["name"]],
        [printed["serial_number"]],
    )


async def test_everything_is_there_already(
    hass: HomeAssistant, cloud: SimulatedCloud, time_passes: Pass
) -> None:
    """Test that a data logger that is in the plant by now is no mistake."""
    printed = label(cloud)
    dialog = await to_the_last_page(hass, cloud)
    cloud.faults.add("code", code=10001, path=CHANGES[2], times=1)
    await submit(hass, dialog, password=PASSWORD)
    await time_passes(timedelta(minutes=5, seconds=1))
    hass.config_entries.flow.async_abort(dialog["flow_id"])
    dialog = await add_account(hass, token=cloud.token, region="global")
    dialog = await choose(hass, dialog, "end_user")
    account = cloud.accounts[1]
    box = cloud.unregistered.sets[0]
    cloud.unregistered.register(box, account.plants[0], cloud.clock.now())
    dialog = await submit(hass, dialog, **printed)
    assert dialog["step_id"] == "registered"


async def test_empty_plant_may_stay_empty(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that nobody has to add a data logger."""
    account = cloud.add_customer(cloud.accounts[0].customers, "bob")
    account.plants.append(account.builder.new_plant("Bob's Roof", 5, 1))
    dialog = await add_account(hass, token=cloud.token, region="global")
    dialog = await choose(hass, dialog, "go_on")
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
    assert dialog["result"].state is ConfigEntryState.LOADED
    assert {request.code for request in cloud.requests} == {0}


@pytest.mark.parametrize("known", [True, False])
async def test_one_of_the_users(
    hass: HomeAssistant, cloud: SimulatedCloud, *, known: bool
) -> None:
    """Test that a user of the token is offered, and found by name."""
    user_id = cloud.add_customer(cloud.accounts[0].customers, "anna").user_id
    dialog = await begin(hass, cloud)
    assert dialog["step_id"] == "end_user"
    if known:
        dialog = await submit(hass, dialog, user=str(user_id))
    else:
        dialog = await submit(hass, dialog, user="new")
        assert dialog["step_id"] == "new_user"
        dialog = await submit(hass, dialog, **ANNA)
    dialog = await fill(hass, dialog, ROOF, label(cloud))
    assert dialog["data_schema"]({}) == {}
    dialog = await submit(hass, dialog)
    assert dialog["step_id"] == "registered"
    assert registered(cloud)[:2] == (["anna"], [ROOF["name"]])
    assert cloud.plants[0] in cloud.accounts[1].plants


@pytest.mark.parametrize("home", ["empty"])
async def test_end_users_cannot_register_anybody(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that the owner of a plain token is told what else to do."""
    dialog = await begin(hass, cloud)
    assert dialog["type"] is FlowResultType.ABORT
    assert "ShinePhone" in await end_text(hass, dialog)


async def test_growatt_is_late(
    hass: HomeAssistant, cloud: SimulatedCloud, time_passes: Pass
) -> None:
    """Test that every question of the dialog can be asked again."""
    cloud.faults.add("http", status=502, path="user/c_user_list", times=1)
    dialog = await begin(hass, cloud)
    assert dialog["errors"] == {"base": "odd_answer"}
    assert "usually temporary" in await page_text(hass, dialog)
    dialog = await submit(hass, dialog)
    assert dialog["step_id"] == "new_user"

    cloud.faults.add("code", code=10012, path="user/check_user", times=1)
    dialog = await submit(hass, dialog, **ANNA)
    assert dialog["errors"] == {"base": "ask_later"}
    assert "allows this request again" in await page_text(hass, dialog)
    await time_passes(timedelta(minutes=5, seconds=1))

    dialog = await fill(hass, dialog, ANNA, ROOF, label(cloud), {"password": PASSWORD})
    cloud.faults.add("http", status=502, path="device/list", times=1)
    cloud.faults.add("http", status=502, path="plant/list", times=1)
    for option in ("look", "finish"):
        dialog = await choose(hass, dialog, option)
        assert dialog["step_id"] == "waiting"
        assert "usually temporary" in await page_text(hass, dialog)
    dialog = await choose(hass, dialog, "finish")
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


async def test_plant_is_not_listed_yet(
    hass: HomeAssistant, cloud: SimulatedCloud, time_passes: Pass
) -> None:
    """Test that the entry waits for a plant that Growatt has, but does not show."""
    dialog = await to_the_last_page(hass, cloud)
    dialog = await submit(hass, dialog, password=PASSWORD)
    await time_passes(timedelta(minutes=6))
    cloud.faults.add("empty_list", path="plant/list", times=1)
    dialog = await choose(hass, dialog, "finish")
    assert "doesn't list the new plant" in await page_text(hass, dialog)
    await time_passes(timedelta(minutes=6))
    dialog = await choose(hass, dialog, "finish")
    assert dialog["type"] is FlowResultType.CREATE_ENTRY


async def test_refused_at_the_end(hass: HomeAssistant, cloud: SimulatedCloud) -> None:
    """Test that a refusal of the last page leads back to the form it is about."""
    cloud.faults.add("code", code=10014, path=CHANGES[0], times=1)
    dialog = await to_the_last_page(hass, cloud)
    dialog = await submit(hass, dialog, password=PASSWORD)
    assert dialog["step_id"] == "new_user"
    assert dialog["errors"] == {"installer_code": "installer_code_wrong"}
    assert suggested(dialog).items() >= ANNA.items()
    assert PASSWORD not in repr(dialog)
    dialog = await fill(hass, dialog, ANNA, ROOF, label(cloud), {"password": PASSWORD})
    assert dialog["step_id"] == "registered"


async def test_password_is_kept_nowhere(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    hass_storage: dict[str, Any],
    time_passes: Pass,
    our_log: Callable[[], str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Test that the password is in no entry, flow, file or log."""
    dialog = await to_the_last_page(hass, cloud)
    flow = hass.config_entries.flow._progress[dialog["flow_id"]]  # noqa: SLF001
    cloud.faults.add("code", code=10001, path=CHANGES[1], times=1)
    dialog = await submit(hass, dialog, password=PASSWORD)
    assert PASSWORD not in repr(vars(flow)) + repr(flow.cur_step)
    assert PASSWORD not in json.dumps(flow._typed)  # noqa: SLF001
    await time_passes(timedelta(minutes=5, seconds=1))
    dialog = await submit(hass, dialog)
    dialog = await choose(hass, dialog, "finish")
    entry = dialog["result"]
    assert await hass.config_entries.async_unload(entry.entry_id)
    kept = repr(entry.as_dict()) + repr(hass_storage) + our_log() + caplog.text
    assert "anna" not in repr(entry.as_dict())
    assert PASSWORD not in kept


@pytest.mark.parametrize(
    ("change", "code", "step", "field"),
    [
        ("user/user_register", 10003, "new_user", "username"),
        ("plant/add", 10006, "plant", "name"),
        ("device/datalogger/add", 10003, "datalogger", "serial_number"),
    ],
)
async def test_somebody_was_faster(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    time_passes: Pass,
    change: str,
    code: int,
    step: str,
    field: str,
) -> None:
    """Test that what is taken, and not by us, is said at its field."""
    account = cloud.add_customer(cloud.accounts[0].customers, "anna")
    dialog = await begin(hass, cloud)
    account.plants.append(account.builder.new_plant("Barn", 5, 1))
    choice = "new" if step == "new_user" else str(account.user_id)
    dialog = await submit(hass, dialog, user=choice)
    if step == "new_user":
        dialog = await submit(hass, dialog, **ANNA | {"username": "bob"})
    dialog = await fill(hass, dialog, ROOF, label(cloud))
    await time_passes(timedelta(minutes=5, seconds=1))
    cloud.faults.add("code", code=code, path=change, times=1)
    password = {"password": PASSWORD} if step == "new_user" else {}
    dialog = await submit(hass, dialog, **password)
    assert (dialog["step_id"], [*dialog["errors"]]) == (step, [field])
    assert "already" in await page_text(hass, dialog)


async def test_several_servers_know_the_token(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Test that the owner says where the plant will be, where that is not clear."""
    china = SimulatedCloud("new", region="china", clock=cloud.clock)
    async with serve(china, region="china") as address:
        monkeypatch.setitem(SERVERS, Region.CHINA, address)
        dialog = await add_account(hass, token=cloud.token, region="auto")
        dialog = await choose(hass, dialog, "set_up")
        assert dialog["step_id"] == "set_up"
        (field,) = dialog["data_schema"].schema.values()
        assert field.config["options"] == ["global", "china"]
        dialog = await submit(hass, dialog, region="china")
        dialog = await fill(
            hass, dialog, ANNA, ROOF, label(china), {"password": PASSWORD}
        )
        assert dialog["step_id"] == "registered"
        assert registered(china)[0] == ["anna"]
        assert registered(cloud) == ([], [], [])
        dialog = await choose(hass, dialog, "finish")
        assert dialog["result"].data["region"] == "china"
        assert await hass.config_entries.async_unload(dialog["result"].entry_id)


async def test_one_server_knows_the_token(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that nobody is asked where the plant will be, where only one can be."""
    dialog = await add_account(hass, token=cloud.token, region="auto")
    dialog = await choose(hass, dialog, "set_up")
    assert dialog["step_id"] == "new_user"


async def test_whether_a_plant_is_empty_is_not_told(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that trouble with a list does not keep a plant out."""
    account = cloud.add_customer(cloud.accounts[0].customers, "bob")
    account.plants.append(account.builder.new_plant("Bob's Roof", 5, 1))
    cloud.faults.add("code", code=10001, path="device/datalogger/list")
    dialog = await add_account(hass, token=cloud.token, region="global")
    assert dialog["type"] is FlowResultType.CREATE_ENTRY
