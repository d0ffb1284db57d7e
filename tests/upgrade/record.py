"""Recorder: the files that this version leaves on disk, for tests of later versions.

`.venv/bin/python -m tests.upgrade.record VERSION+COMMIT` writes `storage/…` from a
night and a morning of a real Home Assistant on an accelerated clock: with a midnight,
counters that are wrong, and an owner who has changed names, areas and what is enabled.
"""

from argparse import ArgumentParser
from asyncio import sleep
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from homeassistant.const import __version__
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.helpers.aiohttp_client import DATA_RESOLVER
from scripts.tools.soak.core import DOMAIN, add_account, start
from scripts.tools.soak.timelapse import TimelapseLoop, frozen_clock, run_until_complete
from simulator import SimulatedClock, SimulatedCloud, serve

from .recording import STORAGE, URL, Asked, Fault, LocalResolver, Recording, pack

ZONE: Final = "Europe/Berlin"
BEGIN: Final = datetime(2026, 6, 15, 17, 30, tzinfo=UTC)
"""Before sunset at GMT+1, the zone of the plants."""
END: Final = datetime(2026, 6, 16, 8, 40, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
JUST_ASKED: Final = timedelta(seconds=15)
QUIET: Final = timedelta(seconds=40)
"""How long nothing would have been due after the end."""
FILES: Final = (
    *("core.area_registry", "core.config_entries", "core.device_registry"),
    *("core.entity_registry", "core.restore_state", "repairs.issue_registry"),
    f"{DOMAIN}.*",
)


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A fault that begins at some time, and may end before the recording does."""

    kind: str
    begins: datetime
    ends: datetime | None = None
    of: str = ""
    """Kind of the device it concerns; empty for all."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A house, what goes wrong there, and what its owner leaves out."""

    home: str
    customized: str
    """Name of the plant whose first device the owner has changed."""
    excluded: tuple[str, ...] = ()
    """Names of the plants that the owner leaves out in the end."""


SCENARIOS: Final = (
    Scenario(home="all", customized="Villa Sunshine"),
    Scenario(home="duo", customized="Terrace", excluded=("Barn",)),
)
TROUBLES: Final = (
    # From the beginning, so that it is not known what there was before: hidden.
    Trouble(kind="zeros", begins=BEGIN, of="storage"),
    # The day of before around midnight, as Growatt shows it.
    Trouble(
        kind="stale_day",
        begins=datetime(2026, 6, 15, 22, 50, tzinfo=UTC),
        ends=datetime(2026, 6, 15, 23, 25, tzinfo=UTC),
    ),
    # For so long that it is believed: an offset.
    Trouble(kind="dip", begins=datetime(2026, 6, 16, 4, 30, tzinfo=UTC), of="sph"),
    # Shortly before the end: in doubt.
    Trouble(kind="spike", begins=END - 11 * MINUTE, of="min"),
)


type Step = tuple[datetime, Callable[[], Any]]


class Life:
    """A Home Assistant from the set-up of the account to the end of a recording."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        """Initialize with an empty folder for the files of Home Assistant."""
        self._scenario = scenario
        self._cloud = SimulatedCloud(scenario.home, clock=SimulatedClock(_now))
        self._folder = folder
        self._faults: list[Fault] = []

    async def run(self, loop: TimelapseLoop) -> Recording:
        """Return what was recorded; the files are in the folder then."""
        self._begin_at_once()
        async with serve(self._cloud) as url:
            with loop.waiting():
                hass = await start(self._folder, ZONE, lambda *_: None)
                hass.data[str(DATA_RESOLVER)] = LocalResolver(url)
            await add_account(hass, URL, self._cloud.token)
            await self._live(hass)
            recording = self._recorded(hass)
            with loop.waiting():
                await hass.async_stop()
        return recording

    def _begin_at_once(self) -> None:
        """Switch on what is wrong before the account is set up."""
        for at, step in self._troubles():
            if at == BEGIN:
                step()

    async def _live(self, hass: HomeAssistant) -> None:
        """Wait for the end, and let happen what goes wrong and what the owner does."""
        owner = Owner(hass, self._scenario, self._cloud)
        steps: list[Step] = [
            (BEGIN + 30 * MINUTE, owner.customize),
            (END - 95 * MINUTE, owner.exclude_plants),
            (END - 30 * MINUTE, owner.ignore_repairs),
            *(planned for planned in self._troubles() if planned[0] > BEGIN),
        ]
        for at, step in sorted(steps, key=itemgetter(0)):
            await sleep((at - _now()).total_seconds())
            if (doing := step()) is not None:
                await doing
        await sleep((END - _now()).total_seconds())
        while self._is_something_due():  # noqa: ASYNC110 - the clock skips idle time
            await sleep(1)

    def _troubles(self) -> Iterator[Step]:
        """Yield the beginnings and ends of the faults that concern the house."""
        kinds = {device.kind: device.serial for device in reversed(self._cloud.devices)}
        for trouble in TROUBLES:
            if trouble.of not in {"", *kinds}:
                continue
            serial = kinds.get(trouble.of, "")
            fault = Fault(kind=trouble.kind, serial=serial)
            yield trouble.begins, partial(self._begin, fault)
            if trouble.ends is not None:
                yield trouble.ends, partial(self._end, fault)

    def _begin(self, fault: Fault) -> None:
        """Switch a fault on."""
        fault.begin(self._cloud)
        self._faults.append(fault)

    def _end(self, fault: Fault) -> None:
        """Switch a fault off."""
        self._faults.remove(fault)
        rules = self._cloud.faults.rules
        rules[:] = [rule for rule in rules if rule.kind != fault.kind]

    def _is_something_due(self) -> bool:
        """Return whether Growatt may be asked for something again before long."""
        return any(
            -JUST_ASKED < asked.moment + self._pause(asked) - _now() < QUIET
            for asked in self._last_requests()
        )

    def _pause(self, asked: Asked) -> timedelta:
        """Return how long Growatt refuses to answer the same request again."""
        route = self._cloud.route(asked.path)
        if route is None:
            raise LookupError(asked.path)
        return route.pauses.get(asked.params.get("deviceType", ""), route.pause)

    def _last_requests(self) -> list[Asked]:
        """Return the last request of each kind, oldest first."""
        last = {
            (request.path, *sorted(request.params.items())): Asked(
                at=request.at.isoformat(), path=request.path, params=request.params
            )
            for request in self._cloud.requests
        }
        return sorted(last.values(), key=lambda asked: asked.at)

    def _recorded(self, hass: HomeAssistant) -> Recording:
        """Return what there is at the end."""
        return Recording(
            home_assistant=__version__,
            home=self._scenario.home,
            zone=ZONE,
            began=BEGIN.isoformat(),
            ended=_now().isoformat(),
            faults=self._faults,
            requests=self._last_requests(),
            states={state.entity_id: state.state for state in hass.states.async_all()},
        )


class Owner:
    """An owner who changes what can be changed in Home Assistant."""

    def __init__(
        self, hass: HomeAssistant, scenario: Scenario, cloud: SimulatedCloud
    ) -> None:
        """Initialize the owner of a house."""
        self._hass = hass
        self._scenario = scenario
        self._plants = {plant.name: plant for plant in cloud.plants}

    @property
    def _entry_id(self) -> str:
        """Return the id of the config entry."""
        return self._hass.config_entries.async_entries(DOMAIN)[0].entry_id

    def customize(self) -> None:
        """Change a device and its entities."""
        serial = self._plants[self._scenario.customized].devices[0].serial
        areas = ar.async_get(self._hass)
        cellar, roof = areas.async_create("Cellar"), areas.async_create("Roof")
        entities = er.async_get(self._hass)
        changes: dict[str, dict[str, Any]] = {
            "energy_total": {"name": "Harvest", "area_id": roof.id},
            "pv_power": {"new_entity_id": "sensor.my_roof", "icon": "mdi:flower"},
            "energy_today": {"hidden_by": er.RegistryEntryHider.USER},
            "ac_power": {"disabled_by": er.RegistryEntryDisabler.USER},
            "pv1_voltage": {"disabled_by": None},
        }
        for key, change in changes.items():
            entity_id = self._entity_id(serial, key)
            entities.async_update_entity(entity_id, **change)
        entities.async_update_entity_options(
            self._entity_id(serial, "energy_total"),
            "sensor",
            {"unit_of_measurement": "MWh"},
        )
        devices = dr.async_get(self._hass)
        device = devices.async_get_device_by_identifier(
            (DOMAIN, serial), self._entry_id
        )
        if device is None:
            raise LookupError(serial)
        devices.async_update_device(
            device.id, name_by_user="Good old box", area_id=cellar.id
        )

    def _entity_id(self, serial: str, key: str) -> str:
        """Return the entity id of a sensor."""
        entities = er.async_get(self._hass)
        found = entities.async_get_entity_id("sensor", DOMAIN, f"{serial}_{key}")
        if found is None:
            raise LookupError(key)
        return found

    async def exclude_plants(self) -> None:
        """Leave out plants in the options."""
        options = self._hass.config_entries.options
        shown = await options.async_init(self._entry_id)
        await options.async_configure(shown["flow_id"], {"next_step_id": "plants"})
        chosen = [
            str(plant.plant_id)
            for name, plant in self._plants.items()
            if name not in self._scenario.excluded
        ]
        await options.async_configure(shown["flow_id"], {"plants": chosen})

    def ignore_repairs(self) -> None:
        """Ignore all messages on the page of repairs."""
        for domain, issue_id in list(ir.async_get(self._hass).issues):
            ir.async_ignore_issue(self._hass, domain, issue_id, ignore=True)


def record(scenario: Scenario, target: Path) -> None:
    """Write the recording of a scenario into a new folder."""
    target.mkdir(parents=True)
    with TemporaryDirectory() as folder, frozen_clock(BEGIN) as clock:
        recording = run_until_complete(clock, Life(scenario, Path(folder)).run)
        recording.write(target)
        storage = Path(folder) / ".storage"
        for pattern in FILES:
            for file in storage.glob(pattern):
                pack(file, target)


def _now() -> datetime:
    """Return the moment it is on the accelerated clock."""
    return datetime.now(UTC)


def main() -> None:
    """Record all scenarios below the name that the user gives the version."""
    parser = ArgumentParser(prog="python -m tests.upgrade.record", description=__doc__)
    parser.add_argument("version", help="version and commit, such as 0.1.0+276e0ae")
    version = parser.parse_args().version
    for scenario in SCENARIOS:
        record(scenario, STORAGE / version / scenario.home)


if __name__ == "__main__":
    main()
