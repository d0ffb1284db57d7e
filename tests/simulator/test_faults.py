"""The cloud misbehaves in each way it can, and recovers."""

import asyncio
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
import json
import math
import os
import signal
import sys
from typing import Any

from aiohttp import ClientError, ClientTimeout
import pytest

from simulator import SimulatedCloud, serve
from simulator.devices.base import Device
from simulator.houses.recipes import add_inverter

from .conftest import Asker, sample

VILLA_MIN = "SIM7100001"
VILLA_LOGGER = "SIML100002"
VILLA = 9910101
WANTED = {"plant_id": VILLA}


async def raw(ask: Asker, path: str = "plant/list", **options: Any) -> Any:
    """Return status, headers and body of an answer that may be anything."""
    async with ask.session.get(
        f"{ask.url}/v1/{path}", headers={"token": ask.cloud.token}, **options
    ) as response:
        return response.status, response.headers, await response.text()


@pytest.mark.parametrize(
    ("kind", "options", "status", "text"),
    [
        ("http", {}, 500, "500"),
        ("http", {"status": 502}, 502, "502"),
        ("http", {"status": 403}, 403, "blacklist"),
        ("html", {}, 200, "have not login"),
        ("code", {"code": 10001}, 200, '"error_code": 10001'),
        ("code", {"code": -1}, 200, "new domain"),
        ("no_data", {}, 200, '"data": ""'),
        ("count_mismatch", {}, 200, '{"count": 1, "plants": []}'),
        ("empty_list", {}, 200, '{"count": 0, "plants": []}'),
    ],
)
async def test_fault_and_recovery(
    ask: Asker, kind: str, options: dict[str, int], status: int, text: str
) -> None:
    """Test that a fault comes as often as asked for, and then no more."""
    ask.cloud.limits_enabled = False
    ask.cloud.faults.add(kind, path="plant/", times=2, **options)
    for _ in range(2):
        answer = await raw(ask)
        assert answer[0] == status
        assert text in answer[2]
    assert (await ask("GET", "plant/list"))["data"]["plants"]


@pytest.mark.parametrize(
    ("kind", "options", "expectation"),
    [
        ("close", {}, pytest.raises(ClientError)),
        ("truncated", {}, pytest.raises(ClientError)),
        ("truncated", {"chunked": True}, pytest.raises(ClientError)),
        ("silence", {}, pytest.raises(TimeoutError)),
        ("silence", {"seconds": 0.01}, nullcontext()),
    ],
)
async def test_broken_connection(
    ask: Asker,
    kind: str,
    options: dict[str, Any],
    expectation: AbstractContextManager[Any],
) -> None:
    """Test connections that break or stay silent, and the retry right after."""
    ask.cloud.faults.add(kind, **options)
    with expectation:
        await raw(ask, timeout=ClientTimeout(total=0.3))
    ask.cloud.faults.clear()
    ask.cloud.limits_enabled = False
    assert (await ask("GET", "plant/list"))["error_code"] == 0


async def test_oversized_body(ask: Asker) -> None:
    """Test that a body can be as large as asked for, and is good JSON all the same."""
    ask.cloud.faults.add("oversized", size=2_000_000)
    _, _, text = await raw(ask)
    assert len(text) > 1_900_000
    assert json.loads(text)["error_code"] == 0


async def test_redirect(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test redirects to the same address and to another host."""
    cloud.faults.add("redirect", times=1)
    assert '"count": 1' in (await raw(ask))[2]
    async with serve(cloud, region="china") as other:
        cloud.faults.add("redirect", to=other, status=307, times=1)
        assert '"error_code": 10011' in (await raw(ask))[2]
    assert [received.region for received in cloud.requests[-2:]] == ["global", "china"]


async def test_faults_come_one_after_the_other(ask: Asker) -> None:
    """Test that faults of one call each queue up."""
    ask.cloud.faults.add("http", status=500, times=1)
    ask.cloud.faults.add("http", status=502, times=1)
    assert [(await raw(ask))[0] for _ in range(3)] == [500, 502, 200]


async def test_fault_for_a_path_and_serial(ask: Asker) -> None:
    """Test that a fault meets only the path and the serial or plant it is for."""
    ask.cloud.faults.add("code", path="device/tlx", serial=VILLA_MIN, code=10011)
    ask.cloud.faults.add("code", serial=str(VILLA + 1), code=10001)
    live = await ask("POST", "device/tlx/tlx_last_data", {"tlx_sn": VILLA_MIN})
    assert live["error_code"] == 10011
    assert (await ask("GET", "plant/data", WANTED))["error_code"] == 0
    ask.cloud.faults.clear()
    live = await ask("POST", "device/tlx/tlx_last_data", {"tlx_sn": VILLA_MIN})
    assert live["error_code"] == 0


async def test_code_in_v4(ask: Asker) -> None:
    """Test that codes come in the envelope of the endpoint."""
    ask.cloud.faults.add("code", code=102)
    answer = await ask("POST", "new-api/queryDeviceList", {"page": 1})
    assert answer == sample("v4-error-102-rate-limited")


async def test_missing_serial(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that one serial can be left out of batches and lists."""
    ask.token = cloud.accounts[1].token
    plant = cloud.plants[2]
    serials = [device.serial for device in plant.devices]
    cloud.faults.add("missing", serial=serials[1])
    rest = [serials[0], serials[2]]
    wanted = {"tlxs": ",".join(serials), "pageNum": 1}
    answer = await ask("POST", "device/tlx/tlxs_data", wanted)
    assert list(answer["data"]) == rest
    wanted = {"deviceSn": ",".join(serials), "deviceType": "min"}
    answer = await ask("POST", "new-api/queryLastData", wanted)
    assert [row["serialNum"] for row in answer["data"]["min"]] == rest
    answer = await ask("GET", "device/list", {"plant_id": plant.plant_id})
    assert [row["device_sn"] for row in answer["data"]["devices"]] == rest


async def test_nan(ask: Asker) -> None:
    """Test that numbers can be NaN, which JSON does not know."""
    ask.cloud.faults.add("nan")
    answer = await ask("POST", "device/tlx/tlx_last_data", {"tlx_sn": VILLA_MIN})
    assert math.isnan(answer["data"]["vpv1"])
    assert answer["data"]["serialNum"] == VILLA_MIN


async def test_secrets(ask: Asker) -> None:
    """Test that a secret is in every free text, and the answer still works."""
    ask.cloud.faults.plant_secrets("s3cret")
    plant = (await ask("GET", "plant/list"))["data"]["plants"][0]
    assert (plant["name"], plant["city"]) == ("s3cret", "s3cret")
    assert plant["plant_id"] == VILLA
    assert float(plant["latitude"]) > 50
    live = await ask("POST", "device/tlx/tlx_last_data", {"tlx_sn": VILLA_MIN})
    assert live["data"]["alias"] == "s3cret"
    assert live["data"]["serialNum"] == VILLA_MIN
    assert live["data"]["time"].startswith("2026-06-14")
    refused = await ask("GET", "plant/list")
    assert refused["error_msg"] == "s3cret"


async def test_brotli_for_who_offers_it(ask: Asker) -> None:
    """Test that plant/list is packed with brotli only if that was offered."""
    ask.cloud.limits_enabled = False
    plain = await raw(ask)
    assert "Content-Encoding" not in plain[1]
    url, headers = f"{ask.url}/v1/plant/list", {"token": ask.cloud.token}
    headers["Accept-Encoding"] = "br"
    async with ask.session.get(url, headers=headers, auto_decompress=False) as response:
        assert response.headers["Content-Encoding"] == "br"
        body = await response.read()
    # A stored block: four bytes of header, the text as it is, the end mark.
    assert json.loads(body[4:-1]) == json.loads(plain[2])
    assert (
        len(plain[2].encode()) - 1 == int.from_bytes(body[:4], "little") >> 4 & 0xFFFFFF
    )
    assert [received.accept_encoding for received in ask.cloud.requests][-1] == "br"


def test_unknown_fault(cloud: SimulatedCloud) -> None:
    """Test that a fault nobody knows is not added."""
    with pytest.raises(ValueError, match="earthquake"):
        cloud.faults.add("earthquake")


def test_logger_goes_offline(cloud: SimulatedCloud) -> None:
    """Test that a frozen logger keeps its last record and is lost until it is back."""
    device = cloud.devices[0]
    before = device.truth()
    cloud.freeze(device.serial)
    cloud.clock.shift(timedelta(hours=1))
    assert device.truth() == before
    assert device.lost
    cloud.thaw(device.logger.serial)
    assert device.truth() != before
    assert not device.lost


async def test_devices_come_and_go(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that devices can be added, moved and removed."""
    cloud.limits_enabled = False
    plant, shed = cloud.plants[0], cloud.plants[1]
    ask.token = cloud.installer_token(*cloud.accounts)

    async def listed() -> list[str]:
        answer = await ask("GET", "device/list", {"plant_id": plant.plant_id})
        return [row["device_sn"] for row in answer["data"]["devices"]]

    added: Device = cloud.add_min(plant)
    assert await listed() == [VILLA_MIN, added.serial]
    cloud.move(added.serial, shed)
    assert await listed() == [VILLA_MIN]
    assert added in shed.devices
    plant.remove(VILLA_MIN)
    assert await listed() == []
    live = await ask("POST", "device/tlx/tlx_last_data", {"tlx_sn": VILLA_MIN})
    assert live["error_code"] == 10002


async def test_fault_of_a_device(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that a device with a fault says so in all places."""
    cloud.devices[0].fault_code = 203
    live = await ask("POST", "device/tlx/tlx_last_data", {"tlx_sn": VILLA_MIN})
    assert (live["data"]["status"], live["data"]["faultType"]) == (2, 203)
    listed = await ask("GET", "device/list", WANTED)
    assert listed["data"]["devices"][0]["status"] == 3
    assert cloud.truth()[VILLA_MIN]["status"] == "fault"


async def test_never_reported(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test a plant before its first report."""
    cloud.clock.shift(timedelta(days=-1000))
    live = await ask("POST", "device/tlx/tlx_last_data", {"tlx_sn": VILLA_MIN})
    assert (live["error_code"], live["data"]) == (0, "")
    totals = await ask("GET", "plant/data", WANTED)
    assert totals["data"]["last_update_time"] == ""
    assert totals["data"]["total_energy"] == "0"
    assert cloud.truth()[VILLA_MIN] == {}


@pytest.mark.parametrize(
    ("command", "seen"),
    [
        ({"kind": "http", "status": 502}, '"http"'),
        ({"kind": "frozen", "serial": VILLA_MIN}, "offline"),
        ({"kind": "fault_code", "serial": VILLA_MIN, "code": 203}, "fault 203"),
        ({"kind": "added", "plant": VILLA}, "2 devices"),
        ({"kind": "moved", "serial": VILLA_MIN, "plant": VILLA + 100}, "0 devices"),
        ({"kind": "removed", "serial": VILLA_MIN}, "0 devices"),
        ({"kind": "logger_replaced", "serial": VILLA_LOGGER}, "on a new logger"),
    ],
)
async def test_control(
    ask: Asker, cloud: SimulatedCloud, command: dict[str, Any], seen: str
) -> None:
    """Test that faults and events can be ordered over HTTP."""
    device = cloud.devices[0]
    logger = device.logger
    async with ask.session.post(
        f"{ask.url}/_simulator/faults", json=command
    ) as response:
        assert response.status == 200
    state = " ".join(
        [
            *(f'"{rule.kind}"' for rule in cloud.faults.rules),
            "offline" if device.logger.offline_since else "online",
            f"fault {device.fault_code}",
            f"{len(cloud.plants[0].devices)} devices",
            f"on {'the same' if device.logger is logger else 'a new'} logger",
        ]
    )
    assert seen in state
    async with ask.session.delete(f"{ask.url}/_simulator/faults") as response:
        assert (response.status, cloud.faults.rules) == (200, [])


@pytest.mark.parametrize(
    "command", [{"kind": "earthquake"}, {"kind": "frozen", "serial": "X"}, {}]
)
async def test_bad_order(ask: Asker, command: dict[str, Any]) -> None:
    """Test that an order that makes no sense is refused."""
    async with ask.session.post(
        f"{ask.url}/_simulator/faults", json=command
    ) as response:
        assert response.status == 400


async def test_thaw_over_http(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that a frozen logger can be thawed over HTTP."""
    cloud.freeze(VILLA_MIN)
    command = {"kind": "thawed", "serial": VILLA_MIN}
    async with ask.session.post(
        f"{ask.url}/_simulator/faults", json=command
    ) as response:
        assert response.status == 200
    assert cloud.devices[0].logger.offline_since is None


async def test_clock_over_http(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that the clock can be set, shifted and sped up over HTTP."""
    command = {"set": "2026-01-02T03:04:05+00:00", "shift": 60, "speed": 0.0}
    async with ask.session.post(
        f"{ask.url}/_simulator/clock", json=command
    ) as response:
        assert (await response.json())["now"] == "2026-01-02T03:05:05+00:00"
    assert cloud.now().isoformat() == "2026-01-02T03:05:05+00:00"


async def test_looking_in_over_http(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that truth and requests can be seen over HTTP, without the token."""
    await ask("GET", "plant/data", WANTED)
    async with ask.session.get(f"{ask.url}/_simulator/truth") as response:
        assert (await response.json())[VILLA_MIN]["battery_soc"] > 0
    async with ask.session.get(f"{ask.url}/_simulator/requests") as response:
        text = await response.text()
    received = json.loads(text)[-1]
    assert (received["path"], received["code"]) == ("plant/data", 0)
    assert cloud.token not in text


async def test_program(ask: Asker) -> None:
    """Test that the program says where it listens, shows sun, and ends when told."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", "--home", "duo", "--morning"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    said = json.loads(await process.stdout.readline())
    ask.url, ask.token = said["url"], said["token"]
    plants = (await ask("GET", "plant/list"))["data"]["plants"]
    assert len(plants) == 2
    assert all(float(plant["current_power"]) > 0 for plant in plants)
    os.kill(process.pid, signal.SIGTERM)
    assert await process.wait() == 0


@pytest.mark.parametrize("kind", ["count_mismatch", "empty_list", "missing", "secrets"])
async def test_faults_leave_errors_alone(ask: Asker, kind: str) -> None:
    """Test that faults of lists do not change an answer that has none."""
    ask.cloud.faults.add(kind, serial="SIM0", text="")
    answer = await ask("GET", "device/list", {"plant_id": 1})
    assert (answer["data"], answer["error_code"]) == ("", 10003)


async def test_stale_day(ask: Asker, cloud: SimulatedCloud) -> None:
    """Test that a new day does not begin, and is a bit off what the old one was."""
    cloud.faults.add("stale_day", off=0.2)
    question = ("POST", "new-api/queryLastData")
    params = {"deviceSn": VILLA_MIN, "deviceType": "min"}
    await ask.later(11 * 3600)
    (evening,) = (await ask(*question, params))["data"]["min"]
    await ask.later(3900)
    (night,) = (await ask(*question, params))["data"]["min"]
    cloud.faults.clear()
    await ask.later(3600)
    (later,) = (await ask(*question, params))["data"]["min"]
    assert night["eacToday"] == pytest.approx(evening["eacToday"] + 0.2)
    assert later["eacToday"] < evening["eacToday"]


async def test_empty_list_in_v4(ask: Asker) -> None:
    """Test that lists of V4 can be emptied too."""
    ask.cloud.faults.add("empty_list")
    listed = await ask("POST", "new-api/queryDeviceList", {"page": 1})
    assert (listed["data"]["count"], listed["data"]["data"]) == (0, [])
    live = await ask(
        "POST",
        "new-api/queryLastData",
        {"deviceSn": VILLA_MIN, "deviceType": "min"},
    )
    assert live["data"] == {"min": []}


def test_device_nobody_has(cloud: SimulatedCloud) -> None:
    """Test that what does not exist cannot be moved or frozen."""
    with pytest.raises(KeyError):
        cloud.move("X", cloud.plants[0])
    with pytest.raises(KeyError):
        cloud.freeze("X")
    with pytest.raises(KeyError):
        cloud.replace_logger("X")


def test_moved_with_its_logger(cloud: SimulatedCloud) -> None:
    """Test that a device brings its logger along to another plant, once."""
    villa, barn, terrace = cloud.plants
    first, second = terrace.devices[:2]
    for device in (first, second):
        cloud.move(device.serial, villa)
    assert villa.loggers.count(first.logger) == 1
    assert first.plant is villa
    extra = add_inverter(cloud.builder_of(barn), barn, logger=barn.loggers[0])
    assert extra.truth()["energy_total"] > 0


async def test_requests_one_after_the_other(ask: Asker) -> None:
    """Test that requests tell how many others they had to wait for."""
    ask.cloud.faults.add("silence", seconds=0.05)
    await asyncio.gather(*(ask("GET", "plant/data", {"plant_id": n}) for n in range(3)))
    await ask("GET", "plant/list")
    assert [request.turn for request in ask.cloud.requests] == [1, 1, 1, 2]


async def test_limits_over_http(ask: Asker) -> None:
    """Test that the limits can be switched off and on over HTTP."""
    codes = []
    for kept in (False, True):
        command = {"kind": "limits", "kept": kept}
        async with ask.session.post(
            f"{ask.url}/_simulator/faults", json=command
        ) as response:
            assert response.status == 200
        codes += [(await ask("GET", "plant/data", WANTED))["error_code"] for _ in "12"]
    assert codes == [0, 0, 0, 10012]
