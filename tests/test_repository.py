"""Repository checks: manifest, HACS, brand images, and pages."""

import json
from pathlib import Path
import re
from typing import Any
from urllib.parse import unquote

from awesomeversion import AwesomeVersion
from PIL import Image
import pytest
import yaml

from custom_components.growatt_openapi.catalog import PROFILES
import homeassistant
from scripts.tools.docs import pages

ROOT = Path(__file__).parents[1]
INTEGRATION = ROOT / "custom_components/growatt_openapi"
REPOSITORY = "https://github.com/growatt-openapi/ha-growatt-openapi"
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
CORE = Path(homeassistant.__file__).parent / "components"

LINK = re.compile(r'(?:\]\(|src(?:set)?=")(?!https?://|#)([^)"#]+)')
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PLACEHOLDER = re.compile(r"\{\w+\}")

TEXT_FILES = {".json", ".md", ".py", ".svg", ".toml", ".txt", ".yaml", ".yml", ""}
HIDDEN_BUT_OURS = {".ci", ".devcontainer", ".github", ".pre-commit-config.yaml"}
ONE_MACHINE = re.compile(
    r"(?<![\w.:/$}~*-])/(?:home|mnt|opt|root|srv|Users|work)/"
    r"|index-url|find-links|INDEX_URL"
)


def read_json(name: str) -> Any:
    """Return what a JSON file of the repository holds."""
    return json.loads((ROOT / name).read_text("utf-8"))


def rules_of(integration: Path) -> dict[str, Any]:
    """Return the rules of the quality scale, as an integration keeps them."""
    text = (integration / "quality_scale.yaml").read_text("utf-8")
    rules: dict[str, Any] = yaml.safe_load(text)["rules"]
    return rules


def own_files() -> list[Path]:
    """Return the text files of the repository, without what tools leave in it."""
    tops = [
        top
        for top in ROOT.iterdir()
        if not top.name.startswith(".") or top.name in HIDDEN_BUT_OURS
    ]
    found = [top for top in tops if top.is_file()]
    found += [path for top in tops for path in top.rglob("*") if path.is_file()]
    return [
        path
        for path in found
        if path.suffix in TEXT_FILES and path != Path(__file__).resolve()
    ]


def test_manifest() -> None:
    """Test that the manifest says what a custom integration has to say, in order."""
    manifest = read_json("custom_components/growatt_openapi/manifest.json")
    first = ["domain", "name"]
    assert list(manifest) == first + sorted(manifest.keys() - first)
    assert manifest["domain"] == INTEGRATION.name
    assert manifest["config_flow"] is True
    assert manifest["documentation"] == REPOSITORY
    assert manifest["integration_type"] == "hub"
    assert manifest["iot_class"] == "cloud_polling"
    assert manifest["issue_tracker"] == f"{REPOSITORY}/issues"
    assert manifest["requirements"] == []
    assert all(owner.startswith("@") for owner in manifest["codeowners"])
    assert AwesomeVersion(manifest["version"]).valid


def test_hacs() -> None:
    """Test that HACS finds the zip, and asks for a Home Assistant that works."""
    assert read_json("hacs.json") == {
        "name": read_json("custom_components/growatt_openapi/manifest.json")["name"],
        "filename": "growatt_openapi.zip",
        "hide_default_branch": True,
        "homeassistant": "2026.10.0",
        "zip_release": True,
    }
    release = (ROOT / ".github/workflows/release.yml").read_text("utf-8")
    assert "growatt_openapi.zip" in release


def test_license() -> None:
    """Test that the licence is the one GitHub knows as MIT."""
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.startswith("MIT License\n")
    assert "WITHOUT WARRANTY OF ANY KIND" in text


def test_quality_scale_is_complete() -> None:
    """Test that every rule is there, and every one not done says why."""
    rules = rules_of(INTEGRATION)
    assert rules.keys() == rules_of(CORE / "growatt_server").keys()
    assert len(rules) == 54
    unclear = [
        name
        for name, rule in rules.items()
        if rule != "done"
        and not (rule["status"] in {"done", "todo", "exempt"} and rule["comment"])
    ]
    assert not unclear


@pytest.mark.parametrize("variant", ["", "dark_"])
@pytest.mark.parametrize(("suffix", "scale"), [("", 1), ("@2x", 2)])
def test_brand(variant: str, suffix: str, scale: int) -> None:
    """Test that the images have the sizes of the brands repository and no margin."""
    brand = INTEGRATION / "brand"
    icon = Image.open(brand / f"{variant}icon{suffix}.png")
    logo = Image.open(brand / f"{variant}logo{suffix}.png")
    assert icon.size == (256 * scale, 256 * scale)
    assert 128 * scale <= min(logo.size) <= 256 * scale
    for image in (icon, logo):
        assert image.format == "PNG"
        assert image.mode == "RGBA"
        assert image.getbbox() == (0, 0, *image.size)


def test_readme_is_short() -> None:
    """Test that the first page stays one that is read."""
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) < 200


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Test that every link and picture of a page is in the repository."""
    targets = LINK.findall(path.read_text("utf-8"))
    lost = [one for one in targets if not (path.parent / unquote(one)).exists()]
    assert not lost


def test_every_blueprint_can_be_imported() -> None:
    """Test that a blueprint knows where it is from, and has a button in the docs."""
    buttons = (ROOT / "docs/use-cases.md").read_text("utf-8")
    for path in (ROOT / "docs/blueprints").glob("*.yaml"):
        source = f"{REPOSITORY}/blob/main/docs/blueprints/{path.name}"
        assert f"source_url: {source}\n" in path.read_text("utf-8")
        assert (
            f"blueprint_url={source.replace(':', '%3A').replace('/', '%2F')}" in buttons
        )


@pytest.mark.parametrize("name", ["README.md", "docs/devices.md", "docs/entities.md"])
def test_page_is_current(name: str) -> None:
    """Test that scripts/docs was run after the last change of the catalog."""
    assert (ROOT / name).read_text("utf-8") == pages()[name]


def test_tables_of_families_name_all() -> None:
    """Test that both tables are where the writer of the pages finds them."""
    for name in ("README.md", "docs/devices.md"):
        text = (ROOT / name).read_text("utf-8")
        assert text.count("<!-- families: written by scripts/docs -->") == 1
        assert text.count("<!-- /families -->") == 1
        assert {profile.name for profile in PROFILES.values()} - {""} <= {
            row.split(" | ")[0].removeprefix("| ") for row in text.splitlines()
        }


def test_troubleshooting_has_every_error() -> None:
    """Test that each error is explained under the words the owner reads."""
    texts = read_json("custom_components/growatt_openapi/translations/en.json")
    errors = [
        *texts["config"]["error"].values(),
        *texts["options"]["error"].values(),
        *texts["options"]["abort"].values(),
        texts["config"]["abort"]["already_served"],
        texts["config"]["abort"]["not_allowed"],
        texts["config"]["abort"]["wrong_account"],
        *(one["message"] for one in texts["exceptions"].values()),
    ]
    explained = HEADING.findall((ROOT / "docs/troubleshooting.md").read_text("utf-8"))
    headings = {PLACEHOLDER.sub("…", error) for error in errors}
    assert not headings - set(explained)


def test_nothing_belongs_to_one_machine() -> None:
    """Test that no file names a folder or a package index of whoever wrote it."""
    found = [
        path for path in own_files() if ONE_MACHINE.search(path.read_text("utf-8"))
    ]
    assert not found
