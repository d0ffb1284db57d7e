"""The simulated cloud, Home Assistant with an account in it, and time that can pass."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
import logging
import math
from typing import Protocol

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    CLIENT_ID,
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.growatt_openapi.account import clients
from custom_components.growatt_openapi.api.requests import pacing
from custom_components.growatt_openapi.const import CONF_EXCLUDED_PLANTS, DOMAIN
from custom_components.growatt_openapi.coordinator import upload_schedule
from homeassistant.auth.models import User
from homeassistant.const import CONF_REGION, CONF_TOKEN, CONF_URL
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from simulator import SimulatedClock, SimulatedCloud, serve

NOON = datetime(2026, 6, 15, 10, 30, tzinfo=UTC)
SECRET = "Gisela Geheim, Hinterhof 7"

# The test kit shows every statement that a recorder sends to its database.
logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)

type Pass = Callable[[timedelta], Awaitable[None]]
type DeleteDevice = Callable[[dr.AnyDeviceEntry], Awaitable[bool]]


class StateOf(Protocol):
    """Find a state by plant id or serial, and key."""

    def __call__(
        self, thing: object, key: str, platform: str = "sensor"
    ) -> State | None:
        """Return the state, None where there is no entity."""


@pytest.fixture(autouse=True)
def _custom_integrations(enable_custom_integrations: None) -> None:
    """Let Home Assistant find the integration."""


@pytest.fixture(autouse=True)
def enable_event_loop_debug() -> None:
    """Leave asyncio's debug mode to PYTHONASYNCIODEBUG=1: it doubles the time.

    In the place of a fixture of the same name; all that debug mode adds here is where a
    task was made, and complaints about steps that a moved clock makes long.
    """


@pytest.fixture(autouse=True)
def _at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask as soon as Growatt allows, and however much at once.

    So each round of a test is as long as the one before; tests with the mark `pace`
    leave the pace as it is.
    """
    if not request.node.get_closest_marker("pace"):
        monkeypatch.setattr(upload_schedule, "WORTH", math.inf)
        monkeypatch.setattr(pacing, "APART", 0)


@pytest.fixture
def home() -> str:
    """Return the house that is simulated; tests choose another by parametrizing."""
    return "villa"


@pytest.fixture
def count() -> int:
    """Return how many devices a fleet has; tests choose another by parametrizing."""
    return 3


@pytest.fixture
def cloud(home: str, count: int, freezer: FrozenDateTimeFactory) -> SimulatedCloud:
    """Return the simulated cloud, on a clock that stands at noon."""
    freezer.move_to(NOON)
    clock = SimulatedClock(lambda: datetime.now(UTC))
    return SimulatedCloud(home=home, count=count, clock=clock)


@pytest.fixture
async def url(cloud: SimulatedCloud, socket_enabled: None) -> AsyncIterator[str]:
    """Serve the cloud, and return its address."""
    async with serve(cloud) as address:
        yield address


@pytest.fixture
def entry(hass: HomeAssistant, cloud: SimulatedCloud, url: str) -> MockConfigEntry:
    """Return an entry for the first account of the cloud, not loaded yet."""
    account = cloud.accounts[0]
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id="simulated",
        title="Growatt",
        unique_id=f"127.0.0.1_{account.user_id}",
        data={CONF_TOKEN: account.token, CONF_REGION: "other", CONF_URL: url},
        options={CONF_EXCLUDED_PLANTS: []},
    )
    entry.add_to_hass(hass)
    return entry


@pytest.fixture
async def loaded(hass: HomeAssistant, entry: MockConfigEntry) -> MockConfigEntry:
    """Return the entry after set-up."""
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry


@pytest.fixture
def everything_enabled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enable the entities that are off by default."""
    monkeypatch.setattr(
        "homeassistant.helpers.entity.Entity.entity_registry_enabled_default",
        property(lambda _: True),
    )


@pytest.fixture
def time_passes(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Pass:
    """Return a function that lets time pass, and what is due then happen."""

    async def passes(duration: timedelta) -> None:
        freezer.tick(duration)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return passes


@pytest.fixture
def delete_device(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: User,
    loaded: MockConfigEntry,
) -> DeleteDevice:
    """Return a function that presses "delete" on the page of a device."""

    async def delete(device: dr.AnyDeviceEntry) -> bool:
        await async_setup_component(hass, "config", {})
        login = await hass.auth.async_create_refresh_token(hass_admin_user, CLIENT_ID)
        client = await hass_ws_client(hass, hass.auth.async_create_access_token(login))
        answer = await client.remove_device(device.id)
        await client.close()
        await hass.async_block_till_done()
        return bool(answer["success"])

    return delete


@pytest.fixture
def our_log(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Return a function that returns all that we logged, down to the details."""
    caplog.set_level("DEBUG")
    return lambda: "\n".join(
        caplog.handler.format(record)
        for record in caplog.records
        if record.name.startswith("custom_components.")
    )


@pytest.fixture
def state_of(hass: HomeAssistant, entity_registry: er.EntityRegistry) -> StateOf:
    """Return a function that finds a state by plant id or serial, and key."""

    def found(thing: object, key: str, platform: str = "sensor") -> State | None:
        entity_id = entity_registry.async_get_entity_id(
            platform, DOMAIN, f"{thing}_{key}"
        )
        return hass.states.get(entity_id) if entity_id else None

    return found


def forget_clients(hass: HomeAssistant) -> None:
    """Forget what lives as long as Home Assistant runs, as a restart does."""
    hass.data.pop(clients._CLIENTS)  # noqa: SLF001 - nothing else may end them


def secrets_of(cloud: SimulatedCloud) -> set[str]:
    """Return every text that says who or where."""
    return {
        SECRET,
        *(account.token for account in cloud.accounts),
        *(str(account.user_id) for account in cloud.accounts),
        *(str(plant.plant_id) for plant in cloud.plants),
        *(plant.name for plant in cloud.plants),
        *(device.serial for device in cloud.devices),
        *(logger.serial for logger in cloud.loggers),
    }


def asked(cloud: SimulatedCloud) -> list[str]:
    """Return the paths that were asked, oldest first."""
    return [request.path for request in cloud.requests]


def device_of(
    registry: dr.DeviceRegistry, entry: MockConfigEntry, thing: object
) -> dr.DeviceEntry | None:
    """Return the device of a plant id or serial."""
    return registry.async_get_device_by_identifier((DOMAIN, str(thing)), entry.entry_id)
