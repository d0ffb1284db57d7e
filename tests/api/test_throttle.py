"""The pace: what is asked again, what is remembered, how a refusal is waited out."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from aiohttp import web
import pytest

from custom_components.growatt_openapi.api import (
    Family,
    GrowattAnswerError,
    GrowattClient,
    GrowattConnectionError,
    GrowattRateLimitError,
)
from simulator import SimulatedCloud
from tests.conftest import asked

from .conftest import Connect, Pass, answering
from .ways import DAY, HOUR, A, B

type Question = Callable[[GrowattClient, str], Coroutine[Any, Any, Any]]

EACH_QUESTION: list[Question] = [
    lambda client, plant: client.plant_details(plant),
    lambda client, plant: client.plant_reading(plant),
    lambda client, plant: client.devices(plant),
    lambda client, plant: client.dataloggers(plant),
    lambda client, _: client.check_serial("SIM7100001"),
    lambda client, _: client.readings(Family.MIN, ["SIM7100001"]),
    lambda client, _: client.details(Family.MIN, ["SIM7100001"]),
]


@pytest.fixture
def plant(cloud: SimulatedCloud) -> str:
    """Return the id of the first plant."""
    return str(cloud.plants[0].plant_id)


@pytest.mark.parametrize("question", EACH_QUESTION)
async def test_asked_once_in_five_minutes(
    cloud: SimulatedCloud,
    client: GrowattClient,
    time_passes: Pass,
    plant: str,
    question: Question,
) -> None:
    """Test that the same question within five minutes is answered from memory."""
    first = await question(client, plant)
    time_passes(299)
    assert await question(client, plant) == first
    assert len(cloud.requests) == 1

    time_passes(2)
    await question(client, plant)
    assert [request.code for request in cloud.requests] == [0, 0]


async def test_other_questions_are_asked(
    cloud: SimulatedCloud, client: GrowattClient, plant: str
) -> None:
    """Test that another plant or endpoint is another question."""
    cloud.add_home("duo")
    await client.devices(plant)
    await client.dataloggers(plant)
    await client.plant_reading(plant)
    assert len(cloud.requests) == 3


async def test_failure_is_not_remembered(
    cloud: SimulatedCloud, client: GrowattClient, plant: str
) -> None:
    """Test that after a failure the question may be asked again at once."""
    # A GET whose connection breaks is repeated by the HTTP library, once.
    cloud.faults.add("close", times=2)
    cloud.faults.add("http", times=1)
    with pytest.raises(GrowattConnectionError):
        await client.devices(plant)
    with pytest.raises(GrowattAnswerError):
        await client.devices(plant)
    assert (await client.devices(plant)).complete


async def test_answer_without_data_is_remembered(
    cloud: SimulatedCloud, client: GrowattClient, plant: str, time_passes: Pass
) -> None:
    """Test that Growatt, who counts an empty answer too, is not asked again at once."""
    cloud.faults.add("no_data", times=1)
    for _ in range(2):
        with pytest.raises(GrowattAnswerError):
            await client.devices(plant)
    assert len(cloud.requests) == 1
    time_passes(301)
    assert (await client.devices(plant)).complete


async def test_same_question_side_by_side(
    cloud: SimulatedCloud, client: GrowattClient, plant: str
) -> None:
    """Test that many who ask the same at once share one request."""
    cloud.faults.add("silence", seconds=0.02)
    answers = await asyncio.gather(*(client.devices(plant) for _ in range(10)))
    assert len(cloud.requests) == 1
    assert all(answer == answers[0] for answer in answers)


async def test_failure_side_by_side(
    cloud: SimulatedCloud, client: GrowattClient, plant: str
) -> None:
    """Test that the failure of one does not fail the next who waits."""
    cloud.faults.add("html", times=1)
    first, second, third = await asyncio.gather(
        *(client.devices(plant) for _ in range(3)), return_exceptions=True
    )
    assert isinstance(first, GrowattAnswerError)
    assert second == third
    assert asked(cloud) == ["device/list"] * 2


async def test_one_who_gives_up(
    cloud: SimulatedCloud, client: GrowattClient, plant: str
) -> None:
    """Test that the answer to a question that was given up serves the next."""
    cloud.faults.add("silence", times=1, seconds=0.5)
    impatient = asyncio.create_task(client.devices(plant))
    patient = asyncio.create_task(client.devices(plant))
    await asyncio.sleep(0.02)
    impatient.cancel()
    assert (await patient).complete
    assert impatient.cancelled()
    assert len(cloud.requests) == 1


async def test_all_who_wait_give_up(
    cloud: SimulatedCloud, client: GrowattClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Test that what nobody waits for any more is not asked, nor complained about."""
    cloud.faults.add("silence", seconds=1)
    cloud.faults.add("close")
    questions = [asyncio.create_task(client.devices(str(plant))) for plant in range(20)]
    await asyncio.sleep(0.05)
    for question in questions:
        question.cancel()
    await asyncio.gather(*questions, return_exceptions=True)
    await asyncio.sleep(1.5)
    assert len(cloud.requests) <= 8
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []


async def test_server_in_trouble_does_not_use_up_the_day(
    cloud: SimulatedCloud, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that only what Growatt answered counts for the ten lists of a day."""
    cloud.faults.add("http", times=20)
    for _ in range(20):
        with pytest.raises(GrowattAnswerError):
            await client.plants()
        time_passes(60)
    assert (await client.plants()).items


async def test_few_side_by_side(connect: Connect) -> None:
    """Test that at most four questions are on their way at the same time."""
    on_their_way: set[str] = set()
    most = 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal most
        plant = request.query["plant_id"]
        on_their_way.add(plant)
        most = max(most, len(on_their_way))
        await asyncio.sleep(0.02)
        on_their_way.remove(plant)
        return web.json_response({"error_code": 0, "data": {}})

    async with answering(handler) as server:
        client = connect(server)
        await asyncio.gather(*(client.plant_reading(str(one)) for one in range(10)))
    assert most == 4


async def test_ten_a_day(
    cloud: SimulatedCloud, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that the plants are listed ten times in 24 hours, and the wait is told."""
    for _ in range(10):
        await client.plants()
        time_passes(HOUR)
    with pytest.raises(GrowattRateLimitError) as failed:
        await client.plants()
    assert failed.value.retry_after == pytest.approx(14 * HOUR)
    assert len(cloud.requests) == 10

    time_passes(14 * HOUR)
    await client.plants()
    time_passes(301)
    with pytest.raises(GrowattRateLimitError):
        await client.plants()
    assert {request.code for request in cloud.requests} == {0}


async def test_refusal_is_waited_out(
    cloud: SimulatedCloud, client: GrowattClient, plant: str, time_passes: Pass
) -> None:
    """Test that after a refusal nothing is asked until the wait is over."""
    cloud.faults.add("code", code=10012, times=1)
    with pytest.raises(GrowattRateLimitError) as refused:
        await client.devices(plant)
    assert (refused.value.code, refused.value.retry_after) == (10012, 300)

    time_passes(100)
    with pytest.raises(GrowattRateLimitError) as held:
        await client.devices(plant)
    assert held.value.code is None
    assert held.value.retry_after == pytest.approx(200)
    assert len(cloud.requests) == 1

    assert (await client.dataloggers(plant)).complete
    time_passes(201)
    assert (await client.devices(plant)).complete


async def test_wait_grows(
    cloud: SimulatedCloud, client: GrowattClient, plant: str, time_passes: Pass
) -> None:
    """Test that the wait doubles up to an hour, and starts small after a success."""
    waits = []
    cloud.faults.add("code", code=10012, times=6)
    for _ in range(6):
        with pytest.raises(GrowattRateLimitError) as refused:
            await client.devices(plant)
        assert refused.value.code == 10012
        waits.append(refused.value.retry_after)
        time_passes(refused.value.retry_after + 1)
    assert waits == [300, 600, 1200, 2400, 3600, 3600]

    assert (await client.devices(plant)).complete
    time_passes(301)
    cloud.faults.add("code", code=10012, times=1)
    with pytest.raises(GrowattRateLimitError) as refused:
        await client.devices(plant)
    assert refused.value.retry_after == 300


async def test_another_program_with_the_same_token(
    cloud: SimulatedCloud,
    client: GrowattClient,
    url: str,
    connect: Connect,
    plant: str,
    time_passes: Pass,
) -> None:
    """Test that a refusal caused by somebody else passes by itself."""
    await connect(url, cloud.token).devices(plant)
    with pytest.raises(GrowattRateLimitError):
        await client.devices(plant)
    time_passes(301)
    assert (await client.devices(plant)).complete


@pytest.mark.parametrize("back", [-60, -HOUR, -4000 * DAY])
async def test_clock_put_back(
    cloud: SimulatedCloud,
    client: GrowattClient,
    plant: str,
    time_passes: Pass,
    back: float,
) -> None:
    """Test that a clock that was put back keeps no answer and no refusal alive."""
    cloud.limits_enabled = False
    await client.devices(plant)
    cloud.faults.add("code", path="plant/data", code=10012, times=1)
    with pytest.raises(GrowattRateLimitError):
        await client.plant_reading(plant)

    time_passes(back)
    cloud.requests.clear()
    await client.devices(plant)
    await client.plant_reading(plant)
    assert [request.code for request in cloud.requests] == [0, 0]


async def test_clock_put_back_by_years(
    cloud: SimulatedCloud, client: GrowattClient, time_passes: Pass
) -> None:
    """Test that ten lists made in the future do not stop the lists of today."""
    cloud.limits_enabled = False
    for _ in range(10):
        await client.plants()
        time_passes(301)
    time_passes(-4000 * DAY)
    assert (await client.plants()).items


@pytest.mark.parametrize("home", ["duo"])
async def test_order_of_the_serials(
    cloud: SimulatedCloud, client: GrowattClient
) -> None:
    """Test that the same devices in another order are the same question."""
    await client.readings(Family.MIN, [A, B])
    latest = await client.readings(Family.MIN, [B, A, B])
    assert latest.items.keys() == {A, B}
    assert len(cloud.requests) == 1


async def test_program_that_ends(
    cloud: SimulatedCloud, client: GrowattClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Test that a request that is cut off when a program ends makes no noise."""
    cloud.faults.add("silence")
    before = asyncio.all_tasks()
    asking = asyncio.create_task(client.plants())
    await asyncio.sleep(0.05)
    for task in asyncio.all_tasks() - before:
        task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await asyncio.sleep(0)
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []
