"""Texts of fault and warning codes."""

from collections.abc import Callable
from datetime import timedelta
import json
from pathlib import Path

import pytest

from custom_components.growatt_openapi.catalog.groups.fault_codes import (
    FAULTS,
    WARNINGS,
)
from homeassistant.const import STATE_ON
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.translation import async_get_translations
from simulator import SimulatedCloud

from ..conftest import Pass, StateOf

ROUND = timedelta(minutes=5, seconds=6)
TEXTS = json.loads(
    (
        Path(__file__).parents[2]
        / "custom_components/growatt_openapi/translations/en.json"
    ).read_text()
)["entity"]["sensor"]


@pytest.fixture
async def text_of(hass: HomeAssistant) -> Callable[[str, str], str]:
    """Return a function that finds what the frontend shows for a state."""
    texts = await async_get_translations(hass, "en", "entity", ["growatt_openapi"])

    def found(key: str, state: str) -> str:
        return texts[f"component.growatt_openapi.entity.sensor.{key}.state.{state}"]

    return found


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "home", ["villa", "duo", "hall", "hybrid", "retrofit", "wit", "sph_s"]
)
async def test_fault_in_words(
    cloud: SimulatedCloud,
    state_of: StateOf,
    time_passes: Pass,
    text_of: Callable[[str, str], str],
) -> None:
    """Test a known fault, one that is in no list, and the end of it."""
    shown = []
    for code in (0, 302, 403, 0):
        for device in cloud.devices:
            device.fault_code = code
        await time_passes(ROUND)
        shown.append(
            {
                text_of("fault", state_of(device.serial, "fault").state)
                for device in cloud.devices
            }
        )
    assert shown == [
        {"No fault"},
        {"No AC connection"},
        {"Other fault, see its code"},
        {"No fault"},
    ]


@pytest.mark.usefixtures("everything_enabled", "loaded")
@pytest.mark.parametrize("home", ["villa", "hybrid"])
async def test_warning_in_words(
    cloud: SimulatedCloud,
    state_of: StateOf,
    time_passes: Pass,
    text_of: Callable[[str, str], str],
) -> None:
    """Test that a warning has texts of its own, and that it is no problem."""
    device = cloud.devices[0]
    shown = []
    # 220 is what healthy devices report day by day.
    for code in (302, 501, 220, 0):
        device.warning_code = code
        await time_passes(ROUND)
        shown.append(text_of("warning", state_of(device.serial, "warning").state))
        assert state_of(device.serial, "warning_code").state == str(code)
        assert state_of(device.serial, "problem", "binary_sensor").state != STATE_ON
    assert shown == [
        "AC frequency out of range",
        "Battery not connected",
        "Other warning, see its code",
        "No warning",
    ]


@pytest.mark.usefixtures("loaded")
async def test_only_the_fault_is_on(
    cloud: SimulatedCloud, entity_registry: er.EntityRegistry
) -> None:
    """Test that codes and warnings are there for those who want them."""
    serial = cloud.devices[0].serial
    off = {
        key: entity_registry.async_get(
            entity_registry.async_get_entity_id(
                "sensor", "growatt_openapi", f"{serial}_{key}"
            )
        ).disabled
        for key in ("fault", "fault_code", "warning", "warning_code")
    }
    assert off == {
        "fault": False,
        "fault_code": True,
        "warning": True,
        "warning_code": True,
    }


def test_what_is_in_both_lists_has_one_text() -> None:
    """Test that the same words are used for the same thing."""
    both = {*FAULTS.values()} & {*WARNINGS.values()} - {"none"}
    assert {state: TEXTS["fault"]["state"][state] for state in both} == {
        state: TEXTS["warning"]["state"][state] for state in both
    }


@pytest.mark.parametrize("key", ["fault", "warning"])
def test_texts_differ(key: str) -> None:
    """Test that no two states look the same."""
    texts = list(TEXTS[key]["state"].values())
    assert len(texts) == len(set(texts))
