"""Requests that change something: sent once, counted, with outdated lists dropped."""

import asyncio
from dataclasses import replace
import json
from typing import Any

import pytest

from custom_components.growatt_openapi.api import (
    GrowattAnswerError,
    GrowattClient,
    GrowattError,
    GrowattInputError,
    GrowattRateLimitError,
    GrowattTakenError,
    GrowattUncertainError,
    GrowattUnreachableError,
    NewPlant,
    Place,
    PlantChange,
)
from tests.conftest import asked

from .conftest import Connect, Pass
from .dealer import ANNA, PASSWORD, ROOF, Dealer
from .test_errors import chain


@pytest.fixture
def home() -> str:
    """Return the house of a dealer."""
    return "new"


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("http", {"status": 502}),
        ("html", {}),
        ("truncated", {}),
        ("close", {}),
        ("lost", {}),
        ("code", {"code": 10001}),
        ("code", {"code": 10099}),
    ],
)
async def test_no_clear_answer(
    dealer: Dealer, kind: str, options: dict[str, Any]
) -> None:
    """Test that what may have been done is said to be uncertain, and not repeated."""
    dealer.cloud.faults.add(kind, **options)
    with pytest.raises(GrowattUncertainError):
        await dealer.anna()
    assert asked(dealer.cloud) == ["user/user_register"]


async def test_no_answer_in_time(dealer: Dealer, connect: Connect, url: str) -> None:
    """Test that what took too long may have been done, and is not sent again."""
    dealer.cloud.faults.add("silence", path="plant/add")
    management = connect(url, dealer.cloud.token, seconds=0.1).management
    with pytest.raises(GrowattUncertainError):
        await management.add_plant("1", ROOF)
    with pytest.raises(GrowattRateLimitError):
        await management.add_plant("1", ROOF)


async def test_done_without_an_answer(dealer: Dealer, client: GrowattClient) -> None:
    """Test that a look at the list tells whether it was done after all."""
    user = await dealer.anna()
    dealer.cloud.faults.add("lost", path="plant/add")
    assert (await client.plants()).items == ()
    dealer.cloud.limits_enabled = False
    with pytest.raises(GrowattUncertainError):
        await dealer.management.add_plant(user, ROOF)
    (found,) = (await dealer.management.plants_of(ANNA.name)).items
    assert found.name == ROOF.name


async def test_uncertain_counts(dealer: Dealer, time_passes: Pass) -> None:
    """Test that a change without an answer is not sent again before it may be."""
    user = await dealer.anna()
    dealer.cloud.faults.add("html", times=1)
    with pytest.raises(GrowattUncertainError):
        await dealer.management.add_plant(user, ROOF)
    time_passes(100)
    with pytest.raises(GrowattRateLimitError) as early:
        await dealer.management.add_plant(user, ROOF)
    assert early.value.retry_after == pytest.approx(200)
    time_passes(201)
    assert await dealer.management.add_plant(user, ROOF)
    assert asked(dealer.cloud) == ["user/user_register", "plant/add", "plant/add"]


async def test_not_reached(
    dealer: Dealer, connect: Connect, unused_tcp_port: int
) -> None:
    """Test that what never reached Growatt can be sent again at once."""
    management = connect(f"http://127.0.0.1:{unused_tcp_port}").management
    for _ in range(2):
        with pytest.raises(GrowattUnreachableError):
            await management.add_plant("1", ROOF)


async def test_never_from_memory(dealer: Dealer, client: GrowattClient) -> None:
    """Test that no answer to a change is remembered, and the same is done again."""
    user = await dealer.anna()
    for phone in ("1", "2", "1"):
        await dealer.management.change_user(user, phone)
    assert asked(dealer.cloud)[1:] == ["user/modify"] * 3
    assert not [row for kind, row in client.throttle.rows() if kind == "answers"]


async def test_refused_as_too_frequent(dealer: Dealer, time_passes: Pass) -> None:
    """Test that a refusal is waited out, also where the manual states no limit."""
    dealer.cloud.faults.add("code", path="user/modify", code=10012, times=1)
    for code, wait in ((10012, 300), (None, 300)):
        with pytest.raises(GrowattRateLimitError) as refused:
            await dealer.management.change_user("1", "2")
        assert refused.value.code == code
        assert refused.value.retry_after == pytest.approx(wait)
    time_passes(301)
    with pytest.raises(GrowattError) as failed:
        await dealer.management.change_user("1", "2")
    assert failed.value.code == 10003


async def test_ten_changes_a_day(dealer: Dealer, time_passes: Pass) -> None:
    """Test that a plant can be changed ten times a day, to whatever."""
    user, plant = await dealer.roof()
    for number in range(10):
        change = PlantChange(name=f"Roof {number}")
        await dealer.management.change_plant(user, plant, change)
    with pytest.raises(GrowattRateLimitError) as refused:
        await dealer.management.change_plant(user, plant, PlantChange(name="Last"))
    assert refused.value.retry_after == 86_400
    time_passes(86_400)
    await dealer.management.change_plant(user, plant, PlantChange(name="Last"))
    assert {one.code for one in dealer.cloud.requests} == {0}


async def test_one_after_another(dealer: Dealer) -> None:
    """Test that of many changes at once each waits for the one before."""
    user = await dealer.anna()
    dealer.cloud.faults.add("silence", seconds=0.02)
    names = [f"Roof {number}" for number in range(5)]
    await asyncio.gather(
        *(
            dealer.management.add_plant(user, NewPlant(name=name, peak_power=1))
            for name in names
        )
    )
    assert [one.params.get("name") for one in dealer.cloud.requests[1:]] == names
    assert [one.turn for one in dealer.cloud.requests] == [*range(1, 7)]


async def test_changes_do_not_wait_for_questions(
    dealer: Dealer, client: GrowattClient
) -> None:
    """Test that a change has a lane of its own beside many questions."""
    user = await dealer.anna()
    dealer.cloud.faults.add("silence", path="device/check/sn", seconds=0.1)
    questions = [
        asyncio.create_task(client.check_serial(f"NOBODY{number}"))
        for number in range(20)
    ]
    await asyncio.sleep(0.02)
    await dealer.management.add_plant(user, ROOF)
    assert not all(question.done() for question in questions)
    await asyncio.gather(*questions, return_exceptions=True)


async def test_one_who_goes_away(dealer: Dealer) -> None:
    """Test that a change goes on if nobody waits for it any more."""
    user = await dealer.anna()
    dealer.cloud.faults.add("silence", seconds=0.1, times=1)
    change = asyncio.create_task(dealer.management.add_plant(user, ROOF))
    await asyncio.sleep(0.02)
    change.cancel()
    with pytest.raises(asyncio.CancelledError):
        await change
    await asyncio.sleep(0.2)
    assert [plant.name for plant in dealer.cloud.plants] == [ROOF.name]
    with pytest.raises(GrowattRateLimitError):
        await dealer.management.add_plant(user, ROOF)


async def test_fails_after_all_went_away(
    dealer: Dealer, caplog: pytest.LogCaptureFixture
) -> None:
    """Test that nobody is bothered with the failure of what nobody waits for."""
    dealer.cloud.faults.add("silence", seconds=0.1, times=1)
    dealer.cloud.faults.add("html", times=1)
    change = asyncio.create_task(dealer.management.delete_plant("1"))
    await asyncio.sleep(0.02)
    change.cancel()
    await asyncio.gather(change, return_exceptions=True)
    await asyncio.sleep(0.2)
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []


async def test_lists_are_forgotten(
    dealer: Dealer, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that a list is asked anew after a change, or tells how long that takes."""
    user, plant = await dealer.roof()
    serial = dealer.serial
    assert (await client.dataloggers(plant)).items == ()
    time_passes(100)
    await dealer.management.add_datalogger(user, plant, serial)
    with pytest.raises(GrowattRateLimitError) as early:
        await client.dataloggers(plant)
    assert early.value.retry_after == pytest.approx(200)
    time_passes(201)
    (logger,) = (await client.dataloggers(plant)).items
    assert logger.serial == serial
    assert {one.code for one in dealer.cloud.requests} == {0}


async def test_lists_know_what_was_changed(
    dealer: Dealer, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that users and plants are listed as changed before they may be asked."""
    management = dealer.management
    assert (await management.users()).items == (await client.plants()).items == ()
    user = await dealer.anna()
    place = Place(latitude=48.5, longitude=11.25)
    plant = await management.add_plant(
        user, NewPlant(name="Roof", peak_power=6.8, place=place)
    )
    listed = ((await management.users()).items, (await client.plants()).items)
    time_passes(301)
    (anna,), (roof,) = (await management.users()).items, (await client.plants()).items
    assert listed == ((replace(anna, registered=None),), (roof,))
    assert (roof.name, roof.place, roof.owner_id) == ("Roof", place, user)

    other = await management.add_plant(user, NewPlant(name="Barn", peak_power=1))
    await management.change_plant(user, plant, PlantChange(name="Attic"))
    assert [one.name for one in (await client.plants()).items] == ["Attic", "Barn"]
    await management.delete_plant(plant)
    assert [one.plant_id for one in (await client.plants()).items] == [other]
    assert asked(dealer.cloud).count("plant/list") == 2
    time_passes(301)
    assert [one.plant_id for one in (await client.plants()).items] == [other]


async def test_lists_of_many_pages_are_forgotten(
    dealer: Dealer, client: GrowattClient
) -> None:
    """Test that a list that is not known as a whole is asked anew."""
    user = await dealer.anna()
    account = dealer.cloud.accounts[1]
    for _ in range(101):
        account.plants.append(account.builder.new_plant("Row", 1, 1))
    assert len((await client.plants()).items) == 101
    await dealer.management.add_plant(user, ROOF)
    with pytest.raises(GrowattRateLimitError):
        await client.plants()


async def test_other_plants_are_not_forgotten(
    dealer: Dealer, client: GrowattClient
) -> None:
    """Test that only the lists of the plant that changed are asked anew."""
    user, first = await dealer.roof()
    second = await dealer.management.add_plant(
        user, NewPlant(name="Barn", peak_power=1)
    )
    for plant in (first, second):
        await client.dataloggers(plant)
    await dealer.management.add_datalogger(user, first, dealer.serial)
    assert (await client.dataloggers(second)).items == ()
    with pytest.raises(GrowattRateLimitError):
        await client.dataloggers(first)


async def test_answer_that_comes_too_late(
    dealer: Dealer, client: GrowattClient
) -> None:
    """Test that what was asked before a change and answered after it is not kept."""
    user, plant = await dealer.roof()
    dealer.cloud.faults.add("silence", path="device/datalogger/list", seconds=0.1)
    question = asyncio.create_task(client.dataloggers(plant))
    await asyncio.sleep(0.02)
    await dealer.management.add_datalogger(user, plant, dealer.serial)
    await question
    with pytest.raises(GrowattRateLimitError):
        await client.dataloggers(plant)


async def test_refusal_forgets_too(dealer: Dealer, client: GrowattClient) -> None:
    """Test that "already there" is reason enough to look again."""
    user, plant = await dealer.roof()
    assert len((await client.plants()).items) == 1
    other = NewPlant(name=ROOF.name, peak_power=2)
    with pytest.raises(GrowattTakenError):
        await dealer.management.add_plant(user, other)
    with pytest.raises(GrowattRateLimitError):
        await client.plants()
    assert plant


async def test_survives_a_restart(
    dealer: Dealer, client: GrowattClient, connect: Connect, url: str
) -> None:
    """Test that a change counts over a restart, and what is forgotten stays so."""
    user, plant = await dealer.roof()
    serial = dealer.serial
    await client.dataloggers(plant)
    await dealer.management.add_datalogger(user, plant, serial)
    restarted = connect(url, dealer.cloud.token)
    restarted.take_up(client.memory())
    with pytest.raises(GrowattRateLimitError):
        await restarted.management.add_datalogger(user, plant, serial)
    with pytest.raises(GrowattRateLimitError):
        await restarted.dataloggers(plant)


@pytest.mark.parametrize("fault", ["nothing", "code", "html", "truncated", "close"])
async def test_password_is_kept_nowhere(
    dealer: Dealer,
    client: GrowattClient,
    caplog: pytest.LogCaptureFixture,
    fault: str,
) -> None:
    """Test that a password is sent once, and is in no memory, text, log or error."""
    caplog.set_level("DEBUG")
    rules = {"nothing": {}, "code": {"code": 10002}}
    dealer.cloud.faults.add("html", path="none")
    if fault != "nothing":
        dealer.cloud.faults.add(fault, **rules.get(fault, {}))
    told = ""
    try:
        await dealer.management.register_user(ANNA)
    except GrowattError as err:
        told = " ".join(f"{one} {one!r}" for one in chain(err))
    (request,) = dealer.cloud.requests
    assert request.params["user_password"] == PASSWORD
    kept = [told, *client.memory(), caplog.text, repr(ANNA), repr(client)]
    kept += [repr(vars(client.throttle)), repr(vars(client.throttle.limits))]
    assert PASSWORD not in json.dumps(kept)


async def test_check_code_is_kept_nowhere(
    dealer: Dealer, client: GrowattClient
) -> None:
    """Test that the check code of a data logger is not kept, be it right or wrong."""
    code = dealer.check_code
    await dealer.management.validate_datalogger(dealer.serial, code)
    with pytest.raises(GrowattInputError):
        await dealer.management.validate_datalogger(dealer.serial, "wrong-code")
    await dealer.management.validate_datalogger(dealer.serial, code)
    kept = "".join(client.memory())
    assert code not in kept
    assert "wrong-code" not in kept


async def test_success_without_a_code(dealer: Dealer, connect: Connect) -> None:
    """Test that an answer that says nothing is not taken for a success."""
    dealer.cloud.faults.add("redirect", to="/v1/device/check/sn", status=307)
    with pytest.raises(GrowattUncertainError):
        await dealer.management.delete_plant("1")
    with pytest.raises(GrowattAnswerError):
        await dealer.management.is_free("anna")
