"""The blueprints of the documentation, run in Home Assistant."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
import shutil
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    async_mock_service,
)

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.components.automation import DOMAIN as AUTOMATION
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component

BLUEPRINTS = Path(__file__).parents[1] / "docs/blueprints"
NOTIFY = [{"action": "test.notify", "data": {"text": "{{ message }}"}}]

type Automate = Callable[[str, dict[str, Any]], Awaitable[None]]


@pytest.fixture
async def automate(hass: HomeAssistant, tmp_path: Path) -> AsyncIterator[Automate]:
    """Return a function that makes an automation of a blueprint, off after the test."""
    hass.config.config_dir = str(tmp_path)
    shutil.copytree(BLUEPRINTS, tmp_path / "blueprints/automation/growatt_openapi")

    async def make(name: str, inputs: dict[str, Any]) -> None:
        chosen = {"path": f"growatt_openapi/{name}.yaml", "input": inputs}
        automation = {"alias": name, "use_blueprint": chosen}
        assert await async_setup_component(hass, AUTOMATION, {AUTOMATION: automation})
        assert hass.states.get(f"automation.{name}").state == "on"

    yield make
    everything = {"entity_id": "all"}
    await hass.services.async_call(AUTOMATION, "turn_off", everything, blocking=True)


@pytest.fixture
def inverter(hass: HomeAssistant) -> str:
    """Return the id of a sensor that belongs to a device called Roof."""
    entry = MockConfigEntry(domain=DOMAIN)
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(DOMAIN, "1")}, name="Roof"
    )
    return (
        er.async_get(hass)
        .async_get_or_create("binary_sensor", DOMAIN, "1_x", device_id=device.id)
        .entity_id
    )


async def test_problem(hass: HomeAssistant, automate: Automate, inverter: str) -> None:
    """Test that a problem is told, with the name of the inverter."""
    told = async_mock_service(hass, "test", "notify")
    hass.states.async_set(inverter, "off")
    await automate("attention", {"problems": [inverter], "notify": NOTIFY})
    hass.states.async_set(inverter, "on")
    await hass.async_block_till_done()
    assert [call.data["text"] for call in told] == ["Roof: problem reported."]


@pytest.mark.parametrize(("elevation", "calls"), [(30, 1), (-5, 0)])
async def test_silent(
    hass: HomeAssistant,
    automate: Automate,
    inverter: str,
    freezer: FrozenDateTimeFactory,
    elevation: float,
    calls: int,
) -> None:
    """Test that silence is told by day only."""
    told = async_mock_service(hass, "test", "notify")
    hass.states.async_set(inverter, "on")
    hass.states.async_set("sun.sun", "above_horizon", {"elevation": elevation})
    inputs = {"problems": [], "online": [inverter], "notify": NOTIFY}
    await automate("attention", inputs)
    hass.states.async_set(inverter, "off")
    await hass.async_block_till_done()
    assert not told
    freezer.tick(timedelta(minutes=61))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    assert len(told) == calls


@pytest.mark.parametrize(("state", "calls"), [("off", 1), ("on", 0)])
async def test_not_woken(
    hass: HomeAssistant, automate: Automate, inverter: str, state: str, calls: int
) -> None:
    """Test that an inverter that sleeps on is told once the sun is up."""
    told = async_mock_service(hass, "test", "notify")
    hass.states.async_set(inverter, state)
    hass.states.async_set("sun.sun", "above_horizon", {"elevation": 9})
    inputs = {"problems": [], "online": [inverter], "notify": NOTIFY}
    await automate("attention", inputs)
    hass.states.async_set("sun.sun", "above_horizon", {"elevation": 11})
    await hass.async_block_till_done()
    assert len(told) == calls


async def test_surplus(
    hass: HomeAssistant, automate: Automate, freezer: FrozenDateTimeFactory
) -> None:
    """Test that a load follows the power, and goes off when nothing is known."""
    told: list[str] = []
    for name in ("turn_on", "turn_off"):
        hass.services.async_register(
            "homeassistant", name, lambda call: told.append(call.service)
        )
    hass.states.async_set("sensor.power", "1000")
    load = {"entity_id": "switch.boiler"}
    await automate("use_surplus", {"power": "sensor.power", "load": load})
    for power in ("2500", "1000", "100", "2500", "unknown"):
        hass.states.async_set("sensor.power", power)
        await hass.async_block_till_done()
        freezer.tick(timedelta(minutes=11))
        async_fire_time_changed(hass)
        await hass.async_block_till_done()
    assert told == ["turn_on", "turn_off", "turn_on", "turn_off"]


async def test_daily_yield(
    hass: HomeAssistant, automate: Automate, freezer: FrozenDateTimeFactory
) -> None:
    """Test that the energy of the day is told in the evening."""
    await hass.config.async_set_time_zone("UTC")
    freezer.move_to("2026-06-15 21:00:00+00:00")
    told = async_mock_service(hass, "test", "notify")
    hass.states.async_set("sensor.today", "12.5", {"unit_of_measurement": "kWh"})
    await automate("daily_yield", {"energy": "sensor.today", "notify": NOTIFY})
    freezer.move_to("2026-06-15 21:30:01+00:00")
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    assert [call.data["text"] for call in told] == ["Today: 12.5 kWh"]
