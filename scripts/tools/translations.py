"""Translations: `strings/<language>.json` expanded into the files Home Assistant reads.

Home Assistant resolves references between texts for its own integrations only.
"""

from collections.abc import Mapping
import json
from pathlib import Path
import re
import sys
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
STRINGS: Final = ROOT / "strings"
TRANSLATIONS: Final = ROOT / "custom_components/growatt_openapi/translations"
ENGLISH: Final = "en"

REFERENCE: Final = re.compile(r"\[%key:(.*?)%\]")
OWN: Final = "component::growatt_openapi::"
PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")

type Texts = Mapping[str, Any]
"""The texts of a language: nested by section, as in the file."""


class TranslationError(Exception):
    """A file in `strings/` can't be expanded, or doesn't match English."""


def flat(texts: Texts, section: str = "") -> dict[str, str]:
    """Return the texts by their key, such as `config::step::user::title`."""
    found: dict[str, str] = {}
    for name, text in texts.items():
        if isinstance(text, Mapping):
            found |= flat(text, f"{section}{name}::")
        else:
            found[f"{section}{name}"] = text
    return found


def expanded(texts: Texts) -> dict[str, Any]:
    """Return the texts with each reference replaced by the text behind it.

    Raises TranslationError for a reference that is unknown or circular.
    """
    by_key = flat(texts)

    def resolve(text: str, path: tuple[str, ...]) -> str:
        return REFERENCE.sub(lambda match: follow(match[1], path), text)

    def follow(reference: str, path: tuple[str, ...]) -> str:
        key = reference.removeprefix(OWN)
        if key == reference or key not in by_key:
            raise TranslationError(f"{path[-1]}: unknown reference {reference}")
        if key in path:
            raise TranslationError(f"Circular reference: {' -> '.join((*path, key))}")
        return resolve(by_key[key], (*path, key))

    def walk(texts: Texts, section: str) -> dict[str, Any]:
        return {
            name: walk(text, f"{section}{name}::")
            if isinstance(text, Mapping)
            else resolve(text, (f"{section}{name}",))
            for name, text in texts.items()
        }

    return walk(texts, "")


def differences(english: Texts, other: Texts) -> list[str]:
    """Return the keys and placeholders of a language that don't match English."""
    expected, found = flat(english), flat(other)
    return [
        *(f"{key}: missing" for key in expected if key not in found),
        *(f"{key}: not in English" for key in found if key not in expected),
        *(
            f"{key}: placeholders {_placeholders(text)} instead of "
            f"{_placeholders(expected[key])}"
            for key, text in found.items()
            if key in expected and _placeholders(text) != _placeholders(expected[key])
        ),
    ]


def files() -> dict[Path, str]:
    """Return the content of each file in `translations/`, by its path.

    Raises TranslationError if a language can't be expanded or doesn't match English.
    """
    languages = {path.stem: _read(path) for path in STRINGS.glob("*.json")}
    english = languages[ENGLISH]
    if problems := [
        f"strings/{language}.json: {difference}"
        for language, texts in sorted(languages.items())
        for difference in differences(english, texts)
    ]:
        raise TranslationError("\n".join(problems))
    return {
        TRANSLATIONS / f"{language}.json": _dumped(texts)
        for language, texts in languages.items()
    }


def _read(path: Path) -> dict[str, Any]:
    """Return the texts of a file in `strings/`, expanded."""
    try:
        return expanded(json.loads(path.read_text("utf-8")))
    except TranslationError as err:
        raise TranslationError(f"strings/{path.name}: {err}") from err


def _dumped(texts: Texts) -> str:
    """Return the content of a file in `translations/`."""
    return json.dumps(texts, indent=2, ensure_ascii=False) + "\n"


def _placeholders(text: str) -> list[str]:
    """Return the names of the placeholders in a text, sorted."""
    return sorted(set(PLACEHOLDER.findall(text)))


def main() -> int:
    """Write the files, and return the exit code."""
    try:
        written = files()
    except TranslationError as err:
        print(err, file=sys.stderr)
        return 1
    for path, content in written.items():
        path.write_text(content, "utf-8")
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
