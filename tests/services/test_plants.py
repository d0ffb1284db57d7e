"""Plants: created, changed, deleted, and what they did in the past."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.growatt_openapi.const import CONF_EXCLUDED_PLANTS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from simulator import SimulatedCloud
from simulator.accounts import Account
from simulator.endpoints import plants
from simulator.model import Plant
from tests.conftest import Pass, StateOf, device_of

from .conftest import Act, Refuse

ENTRY = {"config_entry_id": "simulated"}
BARN = {"name": "Barn", "peak_power": 9.5}
EVERYTHING = {
    "plant_type": "commercial",
    "country": "Austria",
    "location": {"latitude": 47.123456, "longitude": -11.25, "radius": 100},
    "time_zone": 2.75,
    "currency": "CHF",
    "installer_code": "SIM01",
}
MORE = {
    "city": "Innsbruck",
    "address": "Alley 3",
    "energy_price": 0.3,
    "installation_date": "2020-02-29",
}
ROUND = timedelta(minutes=5, seconds=6)

type DeviceId = Callable[[object], str]


@pytest.fixture
def home() -> str:
    """Return the house of a dealer."""
    return "new"


def sent(cloud: SimulatedCloud, path: str) -> dict[str, str]:
    """Return what was last sent to a path."""
    return next(one.params for one in reversed(cloud.requests) if one.path == path)


async def test_created_plant(
    cloud: SimulatedCloud,
    anna: Account,
    loaded: MockConfigEntry,
    act: Act,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that a plant is created as entered, and its device appears."""
    user = str(anna.user_id)
    response = await act("create_plant", **ENTRY, **BARN, **EVERYTHING, **MORE)
    barn = anna.plants[1]
    assert response == {"plant_id": str(barn.plant_id), "user_id": user}
    assert (barn.name, barn.peak_kw, barn.plant_type) == ("Barn", 9.5, 1)
    assert (barn.zone, barn.currency) == (2.75, "CHF")
    assert barn.position == ("47.123456", "-11.25")
    assert barn.entered_date == date(2020, 2, 29)
    assert barn.address.country == "Austria"
    assert (barn.address.city, barn.address.street) == ("Innsbruck", "Alley 3")
    told = sent(cloud, "plant/add")
    assert (told["formulaMoney"], told["latitude_d"]) == ("0.3", "SIM01")
    for _ in range(2):
        device = device_of(device_registry, loaded, barn.plant_id)
        assert device.name == "Barn"
        await time_passes(ROUND)


@pytest.mark.parametrize(
    ("zone", "offset"), [("Europe/Berlin", "1.0"), ("Asia/Kathmandu", "5.75")]
)
async def test_what_is_left_out(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    anna: Account,
    loaded: MockConfigEntry,
    act: Act,
    zone: str,
    offset: str,
) -> None:
    """Test that only the clock is made up, because Growatt would take China's."""
    await hass.config.async_set_time_zone(zone)
    blank = {"city": " ", "currency": ""}
    await act("create_plant", **ENTRY, **BARN, **blank, user_id=f" {anna.user_id} ")
    assert sent(cloud, "plant/add") == {
        "c_user_id": str(anna.user_id),
        "name": "Barn",
        "peak_power": "9.5",
        "timezone_id": offset,
    }


async def test_whose_plant(
    cloud: SimulatedCloud,
    anna: Account,
    loaded: MockConfigEntry,
    act: Act,
    refuse: Refuse,
    time_passes: Pass,
) -> None:
    """Test that the user has to be named once there is more than one owner."""
    bert = cloud.add_customer(cloud.accounts[0].customers, "bert")
    await act("create_plant", **ENTRY, **BARN, user_id=str(bert.user_id))
    assert [plant.name for plant in bert.plants] == ["Barn"]
    await time_passes(ROUND)
    for other in ({}, {"user_id": " "}):
        failure = await refuse("create_plant", **ENTRY, **BARN, **other)
        assert failure.translation_key == "owner_unclear"
    assert len(anna.plants) == 1


async def test_changed_plant(
    cloud: SimulatedCloud,
    roof: Plant,
    loaded: MockConfigEntry,
    act: Act,
    device_id: DeviceId,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that a plant changes as entered, and its device gets the new name."""
    device = device_id(roof.plant_id)
    await act("update_plant", device_id=device, **EVERYTHING, peak_power=7)
    assert (roof.name, roof.peak_kw, roof.plant_type) == ("Anna's Roof", 7, 1)
    assert (roof.zone, roof.currency) == (2.75, "CHF")
    assert roof.address.country == "Austria"
    response = await act("update_plant", device_id=device, name=" Barn ")
    user = str(cloud.accounts[0].customers[0].user_id)
    assert response == {"plant_id": str(roof.plant_id), "user_id": user}
    assert set(sent(cloud, "plant/modify")) == {"c_user_id", "plant_id", "name"}
    assert roof.name == "Barn"
    for _ in range(2):
        assert device_registry.async_get(device).name == "Barn"
        await time_passes(ROUND)


async def test_owner_that_no_list_tells(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    cloud: SimulatedCloud,
    anna: Account,
    entry: MockConfigEntry,
    act: Act,
    refuse: Refuse,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that the owner is asked for, and a plant without one is left alone."""
    row = plants.plant_row
    monkeypatch.setattr(
        plants, "plant_row", lambda *one: {**row(*one), "user_id": None}
    )
    ownerless = cloud.add_customer(cloud.accounts[0].customers, "nobody")
    ownerless.user_id = ""  # a number otherwise
    ownerless.plants.append(ownerless.builder.new_plant("Attic", 1))
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    failure = await refuse("create_plant", **ENTRY, **BARN)
    assert failure.translation_key == "owner_unclear"
    roof, attic = (
        device_of(device_registry, entry, one.plants[0].plant_id).id
        for one in (anna, ownerless)
    )
    for code, reason in ((10002, "plant_not_found"), (10004, "user_not_found")):
        cloud.faults.add("code", path="plant/details", code=code, times=1)
        failure = await refuse("update_plant", device_id=roof, name="Barn")
        assert failure.translation_key == reason
        await time_passes(ROUND)
    response = await act("update_plant", device_id=roof, name="Barn")
    assert response["user_id"] == str(anna.user_id)
    failure = await refuse("update_plant", device_id=attic, name="Shed")
    assert failure.translation_key == "owner_unknown"
    assert (anna.plants[0].name, ownerless.plants[0].name) == ("Barn", "Attic")


async def test_deleted_plant(
    hass: HomeAssistant,
    cloud: SimulatedCloud,
    anna: Account,
    loaded: MockConfigEntry,
    act: Act,
    refuse: Refuse,
    device_id: DeviceId,
    device_registry: dr.DeviceRegistry,
    time_passes: Pass,
) -> None:
    """Test that a plant is deleted only by its exact name, and its device goes."""
    roof = anna.plants[0]
    device = device_id(roof.plant_id)
    for name in ("", "anna's roof", "Anna's"):
        failure = await refuse("delete_plant", device_id=device, confirm_name=name)
        assert failure.translation_key == "name_not_confirmed"
    assert "plant/delete" not in [one.path for one in cloud.requests]

    response = await act("delete_plant", device_id=device, confirm_name="Anna's Roof")
    assert response == {"plant_id": str(roof.plant_id)}
    assert anna.plants == []
    for _ in range(2):
        assert device_registry.async_get(device) is None
        assert loaded.runtime_data.inventory.data.plants == {}
        await time_passes(timedelta(hours=1))
    # The account is still there to create another plant.
    user = str(anna.user_id)
    await act("create_plant", **ENTRY, **BARN, user_id=user)
    await time_passes(ROUND)
    assert device_of(device_registry, loaded, anna.plants[0].plant_id)


@pytest.mark.parametrize("home", ["duo"])
async def test_deleted_plant_with_devices(
    cloud: SimulatedCloud,
    loaded: MockConfigEntry,
    act: Act,
    device_id: DeviceId,
    device_registry: dr.DeviceRegistry,
    state_of: StateOf,
    time_passes: Pass,
) -> None:
    """Test that all that belongs to a plant goes with it, and the rest goes on."""
    gone, kept = cloud.plants
    serials = [one.serial for one in (*gone.devices, *gone.loggers)]
    await act(
        "delete_plant", device_id=device_id(gone.plant_id), confirm_name=gone.name
    )
    for _ in range(4):
        for thing in (gone.plant_id, *serials):
            assert device_of(device_registry, loaded, thing) is None
            assert state_of(thing, "last_update") is None
        assert state_of(kept.plant_id, "power").state != "unavailable"
        await time_passes(timedelta(hours=1))
    # What was deleted is no choice of the user.
    assert loaded.options == {CONF_EXCLUDED_PLANTS: []}


@pytest.mark.parametrize(
    ("action", "wrong", "reason"),
    [
        ("create_plant", {"name": " "}, "plant_name_refused"),
        ("create_plant", {"peak_power": 0}, "peak_power_refused"),
        ("create_plant", {"peak_power": "inf"}, "peak_power_refused"),
        ("create_plant", {"country": "Atlantis"}, "country_unknown"),
        ("update_plant", {"name": " "}, "plant_name_refused"),
        ("update_plant", {"peak_power": -1}, "peak_power_refused"),
        ("update_plant", {}, "nothing_to_change"),
    ],
)
async def test_what_is_not_even_sent(
    cloud: SimulatedCloud,
    roof: Plant,
    loaded: MockConfigEntry,
    device_id: DeviceId,
    refuse: Refuse,
    action: str,
    wrong: dict[str, Any],
    reason: str,
) -> None:
    """Test that what cannot be right is refused before Growatt is asked."""
    about = {
        "create_plant": {**ENTRY, **BARN},
        "update_plant": {"device_id": device_id(roof.plant_id)},
    }
    cloud.requests.clear()
    failure = await refuse(action, **about[action] | wrong)
    assert failure.translation_key == reason
    assert cloud.requests == []
