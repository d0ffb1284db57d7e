"""Setting up an account, from nothing to devices that report."""

from datetime import date, datetime
import json
from typing import Any

import pytest

from custom_components.growatt_openapi.api import (
    COUNTRIES,
    Creation,
    GrowattClient,
    GrowattNotFoundError,
    GrowattUncertainError,
    NewPlant,
    NewUser,
    Place,
    PlantChange,
    PlantType,
    User,
    country_of,
)
from homeassistant.generated.countries import COUNTRIES as HOME_ASSISTANT_COUNTRIES
from simulator import SimulatedCloud, serve

from .conftest import Connect, Pass, saying
from .dealer import ANNA, PASSWORD, ROOF, Dealer


@pytest.fixture
def home() -> str:
    """Return the house of a dealer."""
    return "new"


async def test_from_nothing_to_devices(
    dealer: Dealer, client: GrowattClient, time_passes: Pass
) -> None:
    """Test the way of the manual: user, plant, data logger, devices."""
    management, serial, device = dealer.management, dealer.serial, dealer.device
    assert await management.is_free("anna")
    user = await management.register_user(ANNA)
    assert not await management.is_free("anna")
    plant = await management.add_plant(user, ROOF)
    await management.validate_datalogger(serial, dealer.check_code)
    await management.add_datalogger(user, plant, serial)
    assert (await client.devices(plant)).items == ()
    time_passes(600)
    (listed,) = (await client.plants()).items
    assert (listed.plant_id, listed.name, listed.owner_id) == (plant, ROOF.name, user)
    (logger,) = (await client.dataloggers(plant)).items
    assert logger.serial == serial
    (found,) = (await client.devices(plant)).items
    assert (found.serial, found.datalogger_serial) == (device, serial)
    latest = await client.readings(found.family, [device])
    energy = dealer.cloud.truth()[device]["energy_total"]
    assert latest.items[device].number("eacTotal") == energy
    assert await management.datalogger_of(device) == serial
    assert await client.plant_of(device) == plant


async def test_users(dealer: Dealer) -> None:
    """Test that users are listed with all that was entered."""
    user = NewUser(
        name="bert",
        password=PASSWORD,
        email="bert@example.org",
        country="Austria",
        installer_code="SIM01",
        phone="0100",
        zone="8",
    )
    user_id = await dealer.management.register_user(user)
    found = await dealer.management.users()
    assert found.complete
    assert found.items == (
        User(
            user_id=user_id,
            name="bert",
            email="bert@example.org",
            phone="0100",
            registered=datetime.fromisoformat("2026-06-15T18:30"),
        ),
    )
    sent = dealer.cloud.requests[0].params
    assert (sent["user_type"], sent["time"]) == ("1", "8")
    assert sent["user_country"] in COUNTRIES


async def test_more_users_than_a_page_holds(dealer: Dealer) -> None:
    """Test that all pages of users are read."""
    merchant = dealer.cloud.accounts[0]
    for number in range(101):
        dealer.cloud.add_customer(merchant.customers, f"customer{number}")
    found = await dealer.management.users()
    assert (len(found.items), found.complete) == (101, True)
    assert [one.params["page"] for one in dealer.cloud.requests] == ["1", "2"]


async def test_changed_user(dealer: Dealer) -> None:
    """Test that the phone number and the installer can be changed."""
    user = await dealer.anna()
    await dealer.management.change_user(user, "0111")
    await dealer.management.change_user(user, "0222", "SIM01")
    (found,) = (await dealer.management.users()).items
    assert found.phone == "0222"
    assert "agentCode" not in dealer.cloud.requests[1].params


async def test_all_of_a_plant(
    dealer: Dealer, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that what is entered of a plant is known of it, and what is changed too."""
    user = await dealer.anna()
    plant = await dealer.management.add_plant(
        user,
        NewPlant(
            name="Barn",
            peak_power=9.5,
            plant_type=PlantType.COMMERCIAL,
            country="Austria",
            place=Place(47.123456, -11.25),
            zone=2,
            currency="CHF",
            installer_code="SIM01",
            created=date(2020, 2, 29),
            price=0.3,
            city="Innsbruck",
            address="Alley 3",
        ),
    )
    details = await client.plant_details(plant)
    assert (details.name, details.peak_power, details.owner_id) == ("Barn", 9.5, user)
    assert (details.country, details.city) == ("Austria", "Innsbruck")
    assert details.address == ("Alley 3",)
    assert details.place == Place(47.123456, -11.25)
    assert (details.zone, details.currency) == ("GMT+2", "CHF")
    assert details.plant_type == PlantType.COMMERCIAL
    assert details.created == date(2020, 2, 29)

    change = PlantChange(name="Loft", zone=-3.5, plant_type=PlantType.RESIDENTIAL)
    await dealer.management.change_plant(user, plant, change)
    time_passes(301)
    details = await client.plant_details(plant)
    assert (details.name, details.peak_power, details.city) == (
        "Loft",
        9.5,
        "Innsbruck",
    )
    assert (details.zone, details.plant_type) == ("GMT-3.5", 0)


async def test_plants_of_a_user(dealer: Dealer) -> None:
    """Test that the plants of one user are those, and no others."""
    user, plant = await dealer.roof()
    await dealer.management.add_plant(str(dealer.cloud.accounts[0].user_id), ROOF)
    found = await dealer.management.plants_of("anna")
    assert found.complete
    assert [(one.plant_id, one.owner_id) for one in found.items] == [(plant, user)]


async def test_what_is_taken_away(
    dealer: Dealer, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that a logger can be taken out and added again, and the plant deleted."""
    user, plant = await dealer.roof()
    serial = dealer.serial
    await dealer.management.add_datalogger(user, plant, serial)
    time_passes(600)
    assert len((await client.devices(plant)).items) == 1
    await dealer.management.delete_datalogger(plant, serial)
    time_passes(301)
    assert (await client.devices(plant)).items == ()
    await dealer.management.add_datalogger(user, plant, serial)
    await dealer.management.delete_plant(plant)
    assert (await client.plants()).items == ()
    assert dealer.cloud.plants == []


async def test_devices_by_their_own_serials(
    dealer: Dealer, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that devices bring their loggers, and tell since when they are there."""
    user, plant = await dealer.roof()
    serials = [one.serial for one in dealer.cloud.unregistered.sets[1].devices]
    await dealer.management.add_devices(user, plant, serials)
    time_passes(600)
    found = (await client.devices(plant)).items
    assert [one.serial for one in found] == serials
    dates = await dealer.management.creation_dates([*serials, "NOBODY0001"])
    heard = datetime.fromisoformat("2026-06-15T11:35")
    assert {one.created for one in dates.values()} == {heard}
    updated = {serial: dates[serial].updated for serial in serials}
    assert updated == {one.serial: one.wall for one in found}
    assert dates[serials[1]] == Creation(
        serial=serials[1],
        created=heard,
        updated=updated[serials[1]],
        type_name="MIN",
        datalogger_serial=found[1].datalogger_serial,
    )


async def test_many_serials(connect: Connect) -> None:
    """Test that the dates of more than a hundred devices are read, page by page."""
    cloud = SimulatedCloud(home="fleet", count=120)
    serials = [device.serial for device in cloud.devices]
    async with serve(cloud) as server:
        management = connect(server, cloud.token).management
        dates = await management.creation_dates([*serials, "NOBODY0001"])
    assert dates.keys() == set(serials)
    pages = [one.params["pageNum"] for one in cloud.requests]
    assert pages == ["1", "2", "1"]


async def test_many_new_devices(dealer: Dealer) -> None:
    """Test that no more than a hundred devices are added in one request."""
    dealer.cloud.faults.add("code", path="device/sn/add", code=0)
    await dealer.management.add_devices("1", "2", [f"S{one}" for one in range(101)])
    sizes = [len(one.params["sn"].split(",")) for one in dealer.cloud.requests]
    assert sizes == [100, 1]


@pytest.mark.parametrize("data", ["", {"X": "odd"}, {"X": {"createTime": "soon"}}])
async def test_no_dates(connect: Connect, data: Any) -> None:
    """Test that what is no date of creation is none."""
    async with saying(json.dumps({"data": data, "error_code": 0})) as server:
        dates = await connect(server).management.creation_dates(["X"])
    assert {one.created for one in dates.values()} <= {None}


@pytest.mark.parametrize("data", [{}, {"datalogSN": ""}])
async def test_device_without_logger(connect: Connect, data: Any) -> None:
    """Test that a device whose logger nobody names has none."""
    async with saying(json.dumps({"data": data, "error_code": 0})) as server:
        with pytest.raises(GrowattNotFoundError):
            await connect(server).management.datalogger_of("X")


@pytest.mark.parametrize("data", ["", {}, {"c_user_id": ""}, None])
async def test_created_without_an_id(connect: Connect, data: Any) -> None:
    """Test that a success that does not say what was created is not taken for one."""
    async with saying(json.dumps({"data": data, "error_code": 0})) as server:
        with pytest.raises(GrowattUncertainError):
            await connect(server).management.register_user(ANNA)


async def test_user_of_whom_little_is_known(connect: Connect) -> None:
    """Test that a user without a name is called by the id."""
    row = {"c_user_id": "7", "c_user_tel": "", "c_user_regtime": ""}
    body = {"data": {"count": 1, "c_user": [row]}, "error_code": 0}
    async with saying(json.dumps(body)) as server:
        (user,) = (await connect(server).management.users()).items
    assert user == User(user_id="7", name="7", email=None, phone=None, registered=None)


def test_countries() -> None:
    """Test that countries are spelled as by Growatt, and found by their codes."""
    assert {"Germany", "HongKong(China)", "Columbia", "Other"} < set(COUNTRIES)
    codes = [code for code in COUNTRIES.values() if code]
    assert len(codes) == len(set(codes)) == len(COUNTRIES) - 1
    assert set(codes) < HOME_ASSISTANT_COUNTRIES
    assert [country_of(code) for code in ("DE", "CO", "MF", None)] == [
        *("Germany", "Columbia", None, None)
    ]
