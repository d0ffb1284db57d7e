"""Answers that nobody expects while an account is set up."""

import pytest

from homeassistant.core import HomeAssistant
from simulator import SimulatedCloud
from simulator.endpoints import plants

from ..conftest import asked
from .dialogs import add_account, choose, page_text, submit, suggested
from .newcomer import ANNA, PASSWORD, ROOF, begin, fill, label, to_the_last_page


@pytest.fixture
def home() -> str:
    """Return the house of a dealer with nothing registered."""
    return "new"


async def test_holder_of_a_data_logger_is_not_told(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that somebody else's data logger is not taken for an own one."""
    dialog = await fill(hass, await begin(hass, cloud), ANNA, ROOF)
    cloud.faults.add("code", code=10003, path="device/datalogger/validate")
    dialog = await submit(hass, dialog, **label(cloud))
    assert dialog["errors"] == {"serial_number": "serial_taken"}
    assert "already registered" in await page_text(hass, dialog)


@pytest.mark.parametrize("password", ["", "  "])
async def test_blank_password(
    hass: HomeAssistant, cloud: SimulatedCloud, password: str
) -> None:
    """Test that nobody is registered without a password, nor has to start anew."""
    dialog = await to_the_last_page(hass, cloud)
    dialog = await submit(hass, dialog, password=password)
    assert (dialog["step_id"], dialog["errors"]) == (
        "confirm",
        {"password": "user_name_refused"},
    )
    assert "user/user_register" not in asked(cloud)
    dialog = await submit(hass, dialog, password=PASSWORD)
    assert dialog["step_id"] == "registered"


async def test_blank_address(hass: HomeAssistant, cloud: SimulatedCloud) -> None:
    """Test that a missing email address is told on the page that asks for it."""
    dialog = await submit(hass, await begin(hass, cloud), **{**ANNA, "email": " "})
    assert (dialog["step_id"], dialog["errors"]) == (
        "new_user",
        {"email": "email_refused"},
    )
    assert "rejected this email address" in await page_text(hass, dialog)


async def test_place_that_was_taken_out(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that a place that somebody wants to keep to themselves is not put back."""
    hidden = {key: value for key, value in ROOF.items() if key != "location"}
    dialog = await submit(hass, await begin(hass, cloud), **ANNA)
    assert "location" in suggested(dialog)
    dialog = await submit(hass, dialog, **{**hidden, "name": " "})
    assert dialog["errors"] == {"name": "plant_name_refused"}
    assert "location" not in suggested(dialog)


@pytest.mark.parametrize("power", ["nan", "inf"])
async def test_power_that_is_none(
    hass: HomeAssistant, cloud: SimulatedCloud, power: str
) -> None:
    """Test that what is no number of kWp is refused."""
    dialog = await submit(hass, await begin(hass, cloud), **ANNA)
    dialog = await submit(hass, dialog, **{**ROOF, "peak_power": power})
    assert dialog["errors"] == {"peak_power": "peak_power_refused"}


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("Europe/Dublin", 0),
        ("Australia/Lord_Howe", 10.5),
        ("America/St_Johns", -3.5),
        ("Pacific/Kiritimati", 14),
        ("Asia/Kathmandu", 5.75),
        ("Africa/Casablanca", 1),
    ],
)
async def test_clock_in_winter(
    hass: HomeAssistant, cloud: SimulatedCloud, zone: str, hours: float
) -> None:
    """Test that the clock is that of winter wherever the house is."""
    await hass.config.async_set_time_zone(zone)
    dialog = await submit(hass, await begin(hass, cloud), **ANNA)
    assert suggested(dialog)["time_zone"] == hours


async def test_label_with_blanks(hass: HomeAssistant, cloud: SimulatedCloud) -> None:
    """Test that a serial number may be typed as it is printed, in groups."""
    printed = label(cloud)
    serial = printed["serial_number"].lower()
    typed = {**printed, "serial_number": f" {serial[:4]} {serial[4:]} "}
    dialog = await fill(hass, await begin(hass, cloud), ANNA, ROOF, typed)
    assert dialog["step_id"] == "confirm"


async def test_long_and_foreign_words(
    hass: HomeAssistant, cloud: SimulatedCloud
) -> None:
    """Test that names in any script and of any length get to Growatt as they are."""
    anna = {**ANNA, "username": "Añña_安娜_" + "x" * 500}
    roof = {**ROOF, "name": "Dach 🌞 {name} %s"}
    dialog = await fill(hass, await begin(hass, cloud), anna, roof, label(cloud))
    assert roof["name"] in await page_text(hass, dialog)
    dialog = await submit(hass, dialog, password=PASSWORD + " ä€")
    assert dialog["step_id"] == "registered"
    assert cloud.accounts[1].name == anna["username"]
    assert cloud.plants[0].name == roof["name"]


@pytest.mark.parametrize("is_told", [True, False])
async def test_owner_of_an_empty_plant(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_told: bool,
) -> None:
    """Test that the owner of a plant is found, or else asked for among the users."""
    bob = cloud.add_customer(cloud.accounts[0].customers, "bob")
    bob.plants.append(bob.builder.new_plant("Bob's Roof", 5, 1))
    user_id = bob.user_id
    row = plants.plant_row
    monkeypatch.setattr(
        plants, "plant_row", lambda *one: {**row(*one), "user_id": None}
    )
    if not is_told:
        cloud.faults.add("code", code=10011, path="plant/details")
    dialog = await add_account(hass, token=cloud.token, region="global")
    dialog = await choose(hass, dialog, "end_user")
    if not is_told:
        assert dialog["step_id"] == "end_user"
        dialog = await submit(hass, dialog, user=str(user_id))
    assert dialog["step_id"] == "datalogger"
    dialog = await fill(hass, dialog, label(cloud), {})
    assert dialog["step_id"] == "registered"
    assert bob.plants[0].loggers


async def test_nobody_can_own_an_empty_plant(
    hass: HomeAssistant, cloud: SimulatedCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Test that no new user is asked for where the plant is somebody else's."""
    bob = cloud.add_customer(cloud.accounts[0].customers, "bob")
    bob.plants.append(bob.builder.new_plant("Bob's Roof", 5, 1))
    row = plants.plant_row
    monkeypatch.setattr(
        plants, "plant_row", lambda *one: {**row(*one), "user_id": None}
    )
    cloud.faults.add("code", code=10011, path="plant/details")
    cloud.faults.add("empty_list", path="user/c_user_list")
    dialog = await add_account(hass, token=cloud.token, region="global")
    dialog = await choose(hass, dialog, "end_user")
    assert dialog["reason"] == "not_allowed"
