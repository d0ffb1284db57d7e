"""An installation of an earlier version, started with this one on the same cloud."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.growatt_openapi.const import DOMAIN
from homeassistant.bootstrap import async_load_base_functionality
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import DATA_RESOLVER
from homeassistant.setup import async_setup_component
from simulator import SimulatedClock, SimulatedCloud

from .recording import LocalResolver, Recording, recordings, unpack

AWAY = timedelta(seconds=20)
"""How long Home Assistant was off for the upgrade."""

type Stored = Callable[[str], Any]


@pytest.fixture(params=recordings(), ids=lambda folder: "/".join(folder.parts[-2:]))
def folder(request: pytest.FixtureRequest) -> Path:
    """Return the folder of a recording."""
    path: Path = request.param
    return path


@pytest.fixture
def recording(folder: Path) -> Recording:
    """Return what is known of the moment when Home Assistant stopped."""
    return Recording.read(folder)


@pytest.fixture
def cloud(recording: Recording, freezer: FrozenDateTimeFactory) -> SimulatedCloud:
    """Return the recorded cloud, which remembers what it was asked."""
    freezer.move_to(datetime.fromisoformat(recording.began))
    clock = SimulatedClock(lambda: datetime.now(UTC))
    cloud = SimulatedCloud(home=recording.home, clock=clock)
    for asked in recording.requests:
        freezer.move_to(asked.moment)
        route = cloud.route(asked.path)
        assert route
        cloud.answer(route, asked.params, cloud.token, cloud.region)
    for fault in recording.faults:
        fault.begin(cloud)
    freezer.move_to(recording.end + AWAY)
    return cloud


@pytest.fixture
def load_registries() -> bool:
    """Leave the registries to the start of Home Assistant, which reads the files."""
    return False


@pytest.fixture
def hass_storage() -> None:
    """Leave the storage on disk, where the recorded files are."""


@pytest.fixture
def hass_config_dir(tmp_path: Path, folder: Path) -> str:
    """Return a configuration with the recorded files."""
    unpack(folder, tmp_path / ".storage")
    return str(tmp_path)


@pytest.fixture
def before(folder: Path, hass_config_dir: str) -> Stored:
    """Return a function that returns the data of a recorded file."""
    files = {
        file.name: json.loads(file.read_bytes())["data"]
        for file in (Path(hass_config_dir) / ".storage").iterdir()
    }
    return files.__getitem__


@pytest.fixture
def stored(hass: HomeAssistant) -> Stored:
    """Return a function that returns the data of a file, as Home Assistant left it."""

    def data(name: str) -> Any:
        path = Path(hass.config.path(".storage", name))
        return json.loads(path.read_bytes())["data"]

    return data


@pytest.fixture
async def upgraded(
    hass: HomeAssistant, before: Stored, recording: Recording, url: str
) -> ConfigEntry:
    """Return the config entry after Home Assistant has started with its files."""
    hass.data[str(DATA_RESOLVER)] = LocalResolver(url)
    await hass.config.async_set_time_zone(recording.zone)
    assert await async_load_base_functionality(hass)
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done(wait_background_tasks=True)
    return hass.config_entries.async_entries(DOMAIN)[0]


async def write_all(hass: HomeAssistant) -> None:
    """Let Home Assistant write its files, as it does at its end."""
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done(wait_background_tasks=True)
