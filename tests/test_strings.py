"""Texts in `strings/`: references, and the languages beside English."""

from collections import Counter
import json
from pathlib import Path
from typing import Any

import pytest

from scripts.tools import translations
from scripts.tools.translations import (
    REFERENCE,
    STRINGS,
    TRANSLATIONS,
    TranslationError,
    differences,
    expanded,
    files,
    flat,
)

LANGUAGES = sorted(TRANSLATIONS.glob("*.json"))
KEY = "component::growatt_openapi::"


def texts(path: Path) -> dict[str, Any]:
    """Return the texts of a file."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_translations_are_current() -> None:
    """Test that scripts/translations was run after the last change in strings/."""
    assert {path: path.read_text("utf-8") for path in LANGUAGES} == files()


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_languages_match_english(path: Path) -> None:
    """Test that a language has the keys and placeholders of English."""
    assert not differences(texts(TRANSLATIONS / "en.json"), texts(path))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"a": {"b": "Noch {time}"}, "c": "Ja"}, []),
        ({"a": {"b": "Noch {time}"}}, ["c: missing"]),
        (
            {"a": {"b": "Noch {time}", "d": "Neu"}, "c": "Ja"},
            ["a::d: not in English"],
        ),
        (
            {"a": {"b": "Noch etwas"}, "c": "Ja"},
            ["a::b: placeholders [] instead of ['time']"],
        ),
        (
            {"a": {"b": "Noch {zeit}"}, "c": "Ja"},
            ["a::b: placeholders ['zeit'] instead of ['time']"],
        ),
        ({"a": "Noch {time}", "c": "Ja"}, ["a::b: missing", "a: not in English"]),
    ],
)
def test_differences_are_found(other: dict[str, Any], expected: list[str]) -> None:
    """Test that a missing key, an extra key and a lost placeholder are each found."""
    assert differences({"a": {"b": "{time} left"}, "c": "Yes"}, other) == expected


def test_repeated_texts_are_references() -> None:
    """Test that English has each text once, and a reference wherever it is repeated."""
    written = [
        text
        for text in flat(texts(STRINGS / "en.json")).values()
        if not REFERENCE.fullmatch(text)
    ]
    assert [text for text, times in Counter(written).items() if times > 1] == []


def test_references() -> None:
    """Test that references are replaced: whole texts, parts of them, and chains."""
    assert expanded(
        {
            "name": "Plant",
            "same": {"name": f"[%key:{KEY}name%]"},
            "chain": f"[%key:{KEY}same::name%]",
            "part": f"[%key:{KEY}name%] of [%key:{KEY}chain%] {{number}}",
        }
    ) == {
        "name": "Plant",
        "same": {"name": "Plant"},
        "chain": "Plant",
        "part": "Plant of Plant {number}",
    }


@pytest.mark.parametrize(
    ("unusable", "message"),
    [
        ({"a": f"[%key:{KEY}b%]"}, f"a: unknown reference {KEY}b"),
        ({"a": f"[%key:{KEY}b%]", "b": {"c": ""}}, f"a: unknown reference {KEY}b"),
        ({"a": "[%key:common::a%]"}, "a: unknown reference common::a"),
        ({"a": f"[%key:{KEY}a%]"}, "Circular reference: a -> a"),
        (
            {"a": f"[%key:{KEY}b::c%]", "b": {"c": f"[%key:{KEY}a%]"}},
            "Circular reference: a -> b::c -> a",
        ),
    ],
)
def test_unusable_references(unusable: dict[str, Any], message: str) -> None:
    """Test that a reference that is unknown or circular is refused by its key."""
    with pytest.raises(TranslationError) as refused:
        expanded(unusable)
    assert str(refused.value) == message


@pytest.fixture(name="folder")
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the script read and write in a folder of its own."""
    for name, folder in (("STRINGS", "strings"), ("TRANSLATIONS", "translations")):
        (tmp_path / folder).mkdir()
        monkeypatch.setattr(translations, name, tmp_path / folder)
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    (tmp_path / "strings/en.json").write_text(
        json.dumps({"a": "Token", "b": f"[%key:{KEY}a%] {{number}}"})
    )
    return tmp_path


def test_new_language_is_written(folder: Path) -> None:
    """Test that a language takes nothing but its file in strings/."""
    (folder / "strings/de.json").write_text(
        json.dumps({"a": "Zugriffsschlüssel", "b": f"[%key:{KEY}a%] {{number}}"})
    )
    assert translations.main() == 0
    assert (folder / "translations/de.json").read_text("utf-8") == (
        '{\n  "a": "Zugriffsschlüssel",\n  "b": "Zugriffsschlüssel {number}"\n}\n'
    )
    assert texts(folder / "translations/en.json") == {
        "a": "Token",
        "b": "Token {number}",
    }


@pytest.mark.parametrize(
    ("german", "message"),
    [
        ({"a": "Token"}, "strings/de.json: b: missing\n"),
        (
            {"a": "Token", "b": f"[%key:{KEY}c%]"},
            f"strings/de.json: b: unknown reference {KEY}c\n",
        ),
    ],
)
def test_unusable_language_is_refused(
    folder: Path,
    german: dict[str, str],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Test that nothing is written while a language can't be used."""
    (folder / "strings/de.json").write_text(json.dumps(german))
    assert translations.main() == 1
    assert capsys.readouterr().err == message
    assert not list((folder / "translations").iterdir())
