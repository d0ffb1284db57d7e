"""The direction of knowledge: who may import whom."""

import ast
from pathlib import Path
import subprocess
import sys

import pytest

ROOT = Path(__file__).parents[1]
INTEGRATION = ROOT / "custom_components/growatt_openapi"

# Each layer may import from its own and from the ones before it.
LAYERS = (
    ("api", "const", "counters", "counts", "rhythm"),
    ("catalog",),
    (
        "absences",
        "account",
        "explained",
        "listings",
        "night",
        "owners",
        "places",
        "served",
        "turns",
    ),
    ("coordinator", "memory"),
    ("parts", "reports"),
    ("inventory",),
    ("details", "readings"),
    ("plant_readings",),
    ("device_readings",),
    ("dataloggers", "pace"),
    ("runtime",),
    ("devices", "entity", "flow_forms", "registration", "setup_forms"),
    ("changes", "flow_steps", "follow", "sensor_entities", "service_forms"),
    ("options_flow", "services", "setup_flow"),
    ("binary_sensor", "config_flow", "diagnostics", "sensor", "system_health"),
    ("__init__",),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}

WITHOUT_HOME_ASSISTANT = """
import sys
sys.modules["homeassistant"] = None
sys.path.insert(0, sys.argv[1])
import api
print(api.GrowattClient.__name__)
"""


def imports(path: Path) -> list[tuple[int, str]]:
    """Return level and module of each import that runs when a file is loaded."""
    tree = ast.parse(path.read_text("utf-8"))
    found = []
    for node in tree.body:
        match node:
            case ast.Import():
                found += [(0, alias.name) for alias in node.names]
            case ast.ImportFrom():
                names = [alias.name for alias in node.names]
                modules = [node.module] if node.module else names
                found += [(node.level, module) for module in modules]
    return found


def files_of(folder: str) -> list[Path]:
    """Return the Python files below a folder of the repository."""
    return sorted((ROOT / folder).rglob("*.py"))


def part_of(path: Path) -> str:
    """Return the folder or module of the integration a file belongs to."""
    return path.relative_to(INTEGRATION).parts[0].removesuffix(".py")


def test_api_needs_no_home_assistant() -> None:
    """Test that the client can be imported where Home Assistant is not."""
    done = subprocess.run(  # noqa: S603 - this interpreter, with fixed arguments
        [sys.executable, "-c", WITHOUT_HOME_ASSISTANT, str(INTEGRATION)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("GrowattClient\n", "")


def test_every_module_has_a_layer() -> None:
    """Test that a new module is given its place in the order."""
    modules = {part_of(path) for path in files_of("custom_components/growatt_openapi")}
    assert modules == set(RANK)


@pytest.mark.parametrize(
    "path", files_of("custom_components/growatt_openapi"), ids=lambda path: path.stem
)
def test_nothing_points_back(path: Path) -> None:
    """Test that a module imports only from its own layer and from those before it."""
    depth = len(path.relative_to(INTEGRATION).parts)
    used = {module.split(".")[0] for level, module in imports(path) if level == depth}
    own = RANK[part_of(path)]
    assert {module for module in used if RANK[module] > own} == set()


@pytest.mark.parametrize(
    ("folder", "strangers"),
    [
        (
            "custom_components/growatt_openapi/api",
            {"homeassistant", "voluptuous", "custom_components", "simulator"},
        ),
        (
            "custom_components/growatt_openapi",
            {"custom_components", "simulator", "scripts", "tests"},
        ),
    ],
)
def test_strangers_stay_outside(folder: str, strangers: set[str]) -> None:
    """Test that the client and the integration stand alone."""
    used = {
        module.split(".")[0]
        for path in files_of(folder)
        for level, module in imports(path)
        if level == 0
    }
    assert used & strangers == set()
