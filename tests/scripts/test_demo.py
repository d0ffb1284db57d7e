"""Demo: the Energy dashboard has each energy once."""

from dataclasses import dataclass
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from scripts.tools.demo.__main__ import main
from scripts.tools.harness.energy import set_up_dashboard
from scripts.tools.harness.readings import readings_of
from simulator.houses import HOUSES


@pytest.fixture(autouse=True)
def _custom_integrations(
    recorder_mock: Recorder, enable_custom_integrations: None
) -> None:
    """Let Home Assistant find the integration, after the recorder has started."""


@dataclass
class Asked:
    """A Home Assistant that is asked as the demo does."""

    client: MockHAClientWebSocket

    async def ask(self, question: str, **more: Any) -> Any:
        """Return the answer to a question."""
        await self.client.send_json_auto_id({"type": question, **more})
        answer = await self.client.receive_json()
        assert answer["success"], answer
        return answer.get("result")


BOTH_WAYS = {
    "grid": ("grid_import_power", "grid_export_power"),
    "battery": ("battery_discharge_power", "battery_charge_power"),
}


@pytest.mark.parametrize(
    ("home", "found"),
    [
        ("villa", ["solar", "grid", "battery"]),
        # The meter of the house measures what the inverter measures too.
        ("hybrid", ["solar", "grid", "battery"]),
        # Its storage measures the panels of the inverter beside it.
        ("retrofit", ["solar", "grid", "battery"]),
        # What a GroBoost counts is no energy of the sun.
        ("weather", ["solar", "grid"]),
    ],
)
async def test_each_energy_once(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    found: list[str],
) -> None:
    """Test that the demo fills the dashboard with energies and powers, each once."""
    for component in ("energy", "config"):
        assert await async_setup_component(hass, component, {})
    home = Asked(await hass_ws_client(hass))
    readings = await readings_of(home)
    await set_up_dashboard(home, readings)
    sources = (await home.ask("energy/get_prefs"))["energy_sources"]
    assert sorted(source["type"] for source in sources) == sorted(found)
    keys = {one.entity_id: one.key for one in readings}
    for source in sources:
        if expected := BOTH_WAYS.get(source["type"]):
            powers = source["power_config"]
            ends = (powers["stat_rate_from"], powers["stat_rate_to"])
            assert tuple(keys[end] for end in ends) == expected
        else:
            assert keys[source["stat_rate"]] == "pv_power"


def test_unknown_house(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Test that whoever asks for a house that there is none of is told which are."""
    monkeypatch.setattr("sys.argv", ["scripts/demo", "--home", "castle"])
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr().err
    assert "castle" in told
    assert all(house in told for house in HOUSES)
