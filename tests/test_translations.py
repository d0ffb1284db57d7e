"""The texts and icons: all that the code names are there, and no others."""

import ast
from collections.abc import Iterator
import inspect
import json
from pathlib import Path
import re
from types import ModuleType
from typing import Any

import pytest
import voluptuous as vol
import yaml

from custom_components.growatt_openapi import (
    config_flow,
    messages as explained,
    services,
    system_health,
)
from custom_components.growatt_openapi.account import entered
from custom_components.growatt_openapi.api import COUNTRIES, Family, Region, Unit
from custom_components.growatt_openapi.catalog import PROFILES
from custom_components.growatt_openapi.catalog.families.account import WaitReason
from custom_components.growatt_openapi.coordinator import base
from custom_components.growatt_openapi.flows import (
    finding,
    onboarding,
    options,
    steps as flow_steps,
)
from custom_components.growatt_openapi.flows.forms import (
    ACCOUNT_FORM,
    HELP,
    RECONFIGURE_FORM,
    SERVER_FORM,
    TOKEN_FORM,
    plants_form,
)
from custom_components.growatt_openapi.flows.onboarding_forms import (
    DATALOGGER_FORM,
    NEW_USER_FORM,
    NOTHING_FORM,
    PASSWORD_FORM,
    PLANT_FORM,
    WAITING_FORM,
    datalogger_form,
    end_user_form,
    home_form,
    removal_form,
)
from custom_components.growatt_openapi.services.schemas import PLANT_TYPES

INTEGRATION = Path(__file__).parents[1] / "custom_components/growatt_openapi"
TEXTS: dict[str, Any] = json.loads((INTEGRATION / "translations/en.json").read_text())
ALL_ICONS: dict[str, Any] = json.loads((INTEGRATION / "icons.json").read_text())
ICONS: dict[str, Any] = ALL_ICONS["entity"]
ACTIONS: dict[str, Any] = {
    name: action
    for name, action in yaml.safe_load(
        (INTEGRATION / "services.yaml").read_text("utf-8")
    ).items()
    if not name.startswith(".")
}

FORMS = {
    "config": {
        "user": ACCOUNT_FORM,
        "reconfigure": RECONFIGURE_FORM,
        "reauth_confirm": TOKEN_FORM,
        "server": SERVER_FORM,
        "plants": plants_form([], []),
        "set_up": home_form([]),
        "end_user": end_user_form([]),
        "new_user": NEW_USER_FORM,
        "plant": PLANT_FORM,
        "datalogger": DATALOGGER_FORM,
        "confirm": PASSWORD_FORM,
        "finish": NOTHING_FORM,
        "waiting": WAITING_FORM,
    },
    "options": {
        "plants": plants_form([], []),
        "end_user": end_user_form([]),
        "plant": PLANT_FORM,
        "datalogger": datalogger_form([]),
        "remove_datalogger": removal_form([], {}),
    },
}
GIVEN = {
    "confirm": {"plant", "serial"},
    "finish": {"devices"},
    "empty_plant": {"plant"},
}
"""What a page names beside the addresses."""
# They lead to a page of another step.
WITHOUT_PAGE = {"reauth", "again", "go_on", "look"}
# Home Assistant ends a dialog with these by itself.
ENDINGS = {
    "already_configured",
    "already_in_progress",
    "reauth_successful",
    "reconfigure_successful",
}
PLACEHOLDER = re.compile(r"\{(\w+)\}")
YAML_BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)

DESCRIPTIONS = [
    ("sensor", one)
    for profile in PROFILES.values()
    for one in (*profile.sensors, *([profile.unnamed] if profile.unnamed else []))
] + [
    ("binary_sensor", one)
    for profile in PROFILES.values()
    for one in profile.binary_sensors
]


def parsed(source: ModuleType | type) -> ast.Module:
    """Return the syntax tree of a module or a class."""
    return ast.parse(inspect.getsource(source))


ACTION_SOURCES = tuple(
    map(parsed, (services.account, services.common, services.history, services.schemas))
)


def calls(name: str, *sources: ast.AST) -> list[ast.Call]:
    """Return the calls of a function or method by its name."""
    return [
        node
        for source in sources
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name
    ]


def words(call: ast.Call) -> set[str]:
    """Return the names of what a call is given."""
    return {word.arg for word in call.keywords if word.arg}


def constants(*nodes: ast.AST) -> set[str]:
    """Return every text that is written out below some nodes."""
    return {
        found.value
        for node in nodes
        for found in ast.walk(node)
        if isinstance(found, ast.Constant) and isinstance(found.value, str)
    }


def steps(source: ast.AST) -> set[str]:
    """Return the steps of a dialog."""
    return {
        node.name.removeprefix("async_step_")
        for node in ast.walk(source)
        if isinstance(node, ast.AsyncFunctionDef)
        and node.name.startswith("async_step_")
    }


def all_texts(texts: Any) -> Iterator[str]:
    """Yield every text, however deep."""
    if isinstance(texts, str):
        yield texts
    else:
        for one in texts.values():
            yield from all_texts(one)


def placeholders(text: str) -> set[str]:
    """Return the names of the placeholders in a text."""
    return set(PLACEHOLDER.findall(text))


def test_texts() -> None:
    """Test that no text has an address, HTML, or a placeholder in quotes."""
    refused = re.compile(r"\w+://|www\.|</?[a-z]|'\{\w+\}'|^\s|\s$|^$", re.IGNORECASE)
    assert [text for text in all_texts(TEXTS) if refused.search(text)] == []


def test_entities_have_names() -> None:
    """Test that each entity has a name of its own or one from its device class."""
    keys: dict[str, set[str]] = {"sensor": set(), "binary_sensor": set()}
    for platform, one in DESCRIPTIONS:
        keys[platform].add(one.translation_key or "")
        assert one.translation_key or one.device_class
    assert {platform: names - {""} for platform, names in keys.items()} == {
        platform: set(texts) for platform, texts in TEXTS["entity"].items()
    }


def test_names_get_their_numbers() -> None:
    """Test that a name with a placeholder gets what it needs."""
    assert [
        one.key
        for platform, one in DESCRIPTIONS
        if one.translation_key
        and placeholders(TEXTS["entity"][platform][one.translation_key]["name"])
        != set(one.translation_placeholders or {})
    ] == []


def test_states() -> None:
    """Test that each state of an enumeration has a text, and no text is left."""
    states: dict[tuple[str, str], set[str]] = {}
    for platform, one in DESCRIPTIONS:
        key = (platform, one.translation_key or "")
        states.setdefault(key, set()).update(getattr(one, "options", None) or ())
    for (platform, key), words_of_key in states.items():
        texts = TEXTS["entity"][platform].get(key, {}).get("state", {})
        assert set(texts) == words_of_key


def test_icons() -> None:
    """Test that a sensor without a device class has an icon, and no icon is left."""
    without = {
        one.translation_key
        for platform, one in DESCRIPTIONS
        if platform == "sensor" and one.device_class is None
    }
    assert without <= set(ICONS["sensor"])
    for platform, icons in ICONS.items():
        assert set(icons) <= set(TEXTS["entity"][platform])
        assert all(icon["default"].startswith("mdi:") for icon in icons.values())


ADDING = (
    parsed(config_flow.GrowattConfigFlow),
    parsed(onboarding.SetUpSteps),
)
CHOOSING = (parsed(options.GrowattOptionsFlow),)


@pytest.mark.parametrize(
    ("dialog", "sources"), [("config", ADDING), ("options", CHOOSING)]
)
def test_steps(dialog: str, sources: tuple[ast.AST, ...]) -> None:
    """Test that each step of the dialogs has its page, and each menu leads to steps."""
    offered = set().union(*map(steps, sources))
    pages = TEXTS[dialog]["step"]
    assert offered - WITHOUT_PAGE == set(pages)
    assert offered >= {
        *FORMS[dialog],
        *(option for page in pages.values() for option in page.get("menu_options", ())),
    }
    menus = {
        step: set(page["menu_options"])
        for step, page in pages.items()
        if "menu_options" in page
    }
    assert menus == {
        ast.literal_eval(words["step_id"]): set(ast.literal_eval(words["menu_options"]))
        for call in calls("async_show_menu", *sources)
        for words in [{word.arg: word.value for word in call.keywords}]
    }


@pytest.mark.parametrize(
    ("dialog", "step"),
    [(dialog, step) for dialog in FORMS for step in TEXTS[dialog]["step"]],
)
def test_fields(dialog: str, step: str) -> None:
    """Test that each field has a name and an explanation."""
    page = TEXTS[dialog]["step"][step]
    form = FORMS[dialog].get(step, vol.Schema({}))
    fields = {str(field) for field in form.schema}
    assert set(page.get("data", {})) == set(page.get("data_description", {})) == fields
    assert set(page.get("menu_option_descriptions", ())) <= {
        *page.get("menu_options", ())
    }
    assert {name for text in all_texts(page) for name in placeholders(text)} <= {
        *HELP,
        *GIVEN.get(step, ()),
    }


def messages_of(dialog: str) -> set[str]:
    """Return the keys of the client's errors, and of the causes a dialog finds."""
    modules = {"config": (onboarding, entered), "options": (options, entered)}[dialog]
    found = calls("Explanation", *map(parsed, modules))
    keys = constants(*(word.value for call in found for word in call.keywords))
    table = explained._KEYS  # noqa: SLF001 - the table itself
    # Only the actions request energies.
    return keys | {*table.values()} - {"period_refused"}


def test_errors_of_the_dialogs() -> None:
    """Test that each error has a text, and the text gets what it needs."""
    adding = (config_flow, finding, flow_steps, onboarding)
    given: dict[str, dict[str, set[str]]] = {}
    for dialog, modules in {"config": adding, "options": (options, flow_steps)}.items():
        given[dialog] = {}
        for call in calls("FlowError", *map(parsed, modules)):
            named = words(call) - {"region", "field"}
            for key in constants(call.args[0]):
                given[dialog].setdefault(key, set()).update(named)
        given[dialog] |= {
            key: placeholders(TEXTS["exceptions"][key]["message"])
            for key in messages_of(dialog)
        }
    assert given == {
        dialog: {
            key: placeholders(text) - set(HELP)
            for key, text in TEXTS[dialog]["error"].items()
        }
        for dialog in given
    }


@pytest.mark.parametrize(
    ("dialog", "sources", "others"),
    [("config", ADDING, ENDINGS), ("options", CHOOSING, set())],
)
def test_endings_of_the_dialogs(
    dialog: str, sources: tuple[ast.AST, ...], others: set[str]
) -> None:
    """Test that each way a dialog can end without success has a text."""
    endings = calls("async_abort", *sources)
    reasons = constants(*(word.value for call in endings for word in call.keywords))
    reasons |= constants(*(call.args[0] for call in calls("AbortFlow", *sources)))
    assert reasons | others == set(TEXTS[dialog]["abort"])


def test_exceptions() -> None:
    """Test that each failure Home Assistant shows has a text."""
    keys = {
        key
        for node in ast.walk(parsed(base))
        if isinstance(node, ast.keyword) and node.arg == "translation_key"
        for key in constants(node.value)
    }
    causes = set(WaitReason) - {WaitReason.MORNING, WaitReason.UPLOAD}
    explanations = set(explained._KEYS.values())  # noqa: SLF001 - the table itself
    texts = {key: one["message"] for key, one in TEXTS["exceptions"].items()}
    refused = calls("refused", *ACTION_SOURCES) + calls("filled", *ACTION_SOURCES)
    # Of what is filled in with blanks only, the last word is the reason.
    refusals = constants(*(call.args[-1] for call in refused))
    dialogs = calls("Explanation", *map(parsed, (onboarding, options)))
    refusals |= constants(*(word.value for call in dialogs for word in call.keywords))
    assert keys | causes | explanations | refusals == set(texts)
    assert not any(placeholders(texts[key]) for key in refusals - explanations)
    assert all(placeholders(texts[key]) <= {"error"} for key in causes)
    assert placeholders(texts["ask_later"]) == {"time"}
    assert all(
        placeholders(texts[key]) <= {"error"} for key in explanations - {"ask_later"}
    )
    assert not any(placeholders(texts[key]) for key in keys)


def fields_of(action: str) -> dict[str, bool]:
    """Return the fields that an action takes, and whether each is needed."""
    form = services.ACTIONS[action].schema
    whole = form.validators[-1] if isinstance(form, vol.All) else form
    return {str(field): isinstance(field, vol.Required) for field in whole.schema}


def test_actions_have_names_and_icons() -> None:
    """Test that code, page, texts and icons know the same actions."""
    offered = set(services.ACTIONS)
    assert set(ACTIONS) == set(TEXTS["services"]) == offered
    assert set(ALL_ICONS["services"]) == offered


@pytest.mark.parametrize("action", ACTIONS)
def test_fields_of_actions(action: str) -> None:
    """Test that code, page and texts know the same fields, and each has an example.

    Accounts and devices are chosen, and nobody needs an example of a password.
    """
    shown = ACTIONS[action]["fields"]
    assert fields_of(action) == {
        name: field.get("required", False) for name, field in shown.items()
    }
    texts = TEXTS["services"][action]
    assert texts["name"]
    assert texts["description"]
    assert set(texts["fields"]) == set(shown)
    assert all(set(one) == {"name", "description"} for one in texts["fields"].values())
    assert {name for name, field in shown.items() if "example" not in field} <= {
        "config_entry_id",
        "device_id",
        "password",
    }


def test_examples_of_actions() -> None:
    """Test that the page about actions has a right example of each."""
    page = (INTEGRATION.parents[1] / "docs/actions.md").read_text("utf-8")
    blocks = [yaml.safe_load(one) for one in YAML_BLOCK.findall(page)]
    examples = {
        block["action"].removeprefix("growatt_openapi."): set(block["data"])
        for block in blocks
        if "action" in block
    }
    assert set(examples) == set(ACTIONS)
    for action, given in examples.items():
        fields = fields_of(action)
        needed = {name for name, required in fields.items() if required}
        assert needed <= given <= set(fields)


def test_choices_in_actions() -> None:
    """Test that each choice is one that the code knows, and has a text."""
    known = {
        "country": list(COUNTRIES),
        "plant_type": list(PLANT_TYPES),
        "unit": [*Unit],
    }
    for action in ACTIONS.values():
        for name, field in action["fields"].items():
            if choice := field["selector"].get("select"):
                assert choice["options"] == known[name]
                if key := choice.get("translation_key"):
                    texts = TEXTS["selector"][key]["options"]
                    assert list(texts) == known[name]


def test_names_of_devices() -> None:
    """Test that all but plants, which have a name, are named."""
    parts = {one.part.kind for _, one in DESCRIPTIONS if one.part}
    assert set(TEXTS["device"]) == {*Family, *parts} - {Family.PLANT}
    named_by = {
        Family.ACCOUNT: {"title"},
        Family.UNMAPPED: {"serial", "type"},
        **{kind: {"number"} for kind in parts},
    }
    for key, one in TEXTS["device"].items():
        assert placeholders(one["name"]) == named_by.get(key, {"serial"})


def test_regions() -> None:
    """Test that each region has a name."""
    assert set(TEXTS["selector"]["region"]["options"]) == {*Region}


def test_system_health() -> None:
    """Test that each line of the system page has a name."""
    shown = {
        key.value
        for node in ast.walk(parsed(system_health))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }
    info = set(TEXTS["system_health"]["info"])
    assert shown
    assert shown == {key for key in info if not re.fullmatch(r"server_\d", key)}
