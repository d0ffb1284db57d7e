"""Page docs/entities.md: the entities of each family, by name."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
import json
from pathlib import Path
import re
from typing import Any, Final

from custom_components.growatt_openapi.catalog import (
    PROFILES,
    GrowattBinarySensor,
    GrowattDescription,
    GrowattSensor,
    Profile,
)

TEXTS: Final = (
    Path(__file__).parents[3] / "custom_components/growatt_openapi/translations/en.json"
)

INTRODUCTION: Final = """\
# Entities

All entities by family. Generated from the catalog by `scripts/docs`; don't edit.

- An entity is added once the hardware has reported a real value for it: an inverter
  without a battery has no battery sensors. Hardware that reports later is added later.
- The key of a quantity is the same in every family and never changes. The unique ID of
  an entity is the plant ID or serial number, an underscore, and the key.
- Disabled entities can be enabled on the page of their device.
- *Statistics* is the long-term statistic in Home Assistant: *mean* for measurements,
  *sum* for counters, which the Energy dashboard requires.
- *Calculated* means that Growatt doesn't report the value itself: it's the *sum* or the
  *product* of reported values, or *one direction* of a value with a sign.
"""

CONTENTS_HEAD: Final = """\
| Family | Enabled | Disabled |
| --- | --- | --- |
"""
HEAD: Final = """\
| Name | Key | Unit | Device class | Statistics | Calculated |
| --- | --- | --- | --- | --- | --- |
"""
STATISTICS: Final = {"measurement": "mean", "total_increasing": "sum", "total": "sum"}
SWITCHED: Final = {True: "enabled by default", False: "disabled by default"}
FEW: Final = 3
ANYTHING: Final = "…"
PLACEHOLDER: Final = re.compile(r"\{\w+\}")


def page() -> str:
    """Return the text of docs/entities.md."""
    texts = json.loads(TEXTS.read_text("utf-8"))
    contents = "".join(_line(profile) for profile in PROFILES.values())
    families = (_family(profile, texts) for profile in PROFILES.values())
    return "\n".join([INTRODUCTION, f"{CONTENTS_HEAD}{contents}", *families])


def _line(profile: Profile) -> str:
    """Return the line of a family in the table of contents."""
    title = _title(profile)
    counts = [
        sum(
            description.entity_registry_enabled_default is on
            for description in _everything(profile)
        )
        for on in SWITCHED
    ]
    anchor = title.lower().replace(" ", "-")
    return f"| [{title}](#{anchor}) | {' | '.join(map(str, counts))} |\n"


def _title(profile: Profile) -> str:
    """Return the name of a family."""
    return profile.name or profile.family.capitalize()


def _everything(profile: Profile) -> list[GrowattDescription]:
    """Return all entities of a family."""
    unnamed = profile.unnamed and replace(profile.unnamed, key=ANYTHING)
    named = [*profile.sensors, *profile.binary_sensors]
    return [*named, unnamed] if unnamed else [*named]


def _family(profile: Profile, texts: dict[str, Any]) -> str:
    """Return the section of one family: its own entities, then those of its parts."""
    everything = _everything(profile)
    sections = [f"## {_title(profile)}\n"]
    for kind in dict.fromkeys(_kind_of_part(description) for description in everything):
        of_kind = [
            description
            for description in everything
            if _kind_of_part(description) == kind
        ]
        whose = f", {_parts(kind, of_kind, texts)}" if kind else ""
        for on, title in SWITCHED.items():
            chosen = [
                description
                for description in of_kind
                if description.entity_registry_enabled_default is on
            ]
            if chosen:
                rows = "".join(f"{row}\n" for row in _rows(chosen, texts))
                sections.append(f"### {_title(profile)}{whose}: {title}\n")
                sections.append(f"{HEAD}{rows}")
    return "\n".join(sections)


def _kind_of_part(description: GrowattDescription) -> str:
    """Return the kind of the part an entity belongs to, empty for the device itself."""
    return description.part.kind if description.part else ""


def _parts(
    kind: str, descriptions: Iterable[GrowattDescription], texts: dict[str, Any]
) -> str:
    """Return the names of the devices that the entities of parts belong to."""
    numbers = [
        str(description.part.number) for description in descriptions if description.part
    ]
    name = str(texts["device"][kind]["name"])
    span = _span(list(dict.fromkeys(numbers)))
    return f"in the device of {_lower(name.replace('{number}', span))}"


def _lower(name: str) -> str:
    """Return a name in lowercase, for use within a sentence."""
    return name[0].lower() + name[1:]


def _rows(
    descriptions: Iterable[GrowattDescription], texts: dict[str, Any]
) -> Iterator[str]:
    """Yield a row per entity; entities that only differ in a number share a row."""
    by_name = sorted(
        descriptions, key=lambda description: _name(description, texts).lower()
    )
    for _, group in groupby(
        by_name, key=lambda description: description.translation_key
    ):
        same = list(group)
        keys = list(
            dict.fromkeys(f"`{description.key}`" for description in (same[0], same[-1]))
        )
        cells = [
            PLACEHOLDER.sub(_span(_numbers(same)) or ANYTHING, _name(same[0], texts)),
            " to ".join(keys),
            *_facts(same[0]),
        ]
        yield f"| {' | '.join(cells)} |"


def _name(description: GrowattDescription, texts: dict[str, Any]) -> str:
    """Return the name of an entity, with a placeholder where it has a number."""
    if not (key := description.translation_key):
        return str(description.device_class).capitalize()
    platform = "sensor" if isinstance(description, GrowattSensor) else "binary_sensor"
    return str(texts["entity"][platform][key]["name"])


def _numbers(descriptions: Iterable[GrowattDescription]) -> list[str]:
    """Return the distinct values of the placeholder."""
    found = [
        (description.translation_placeholders or {}).get("number")
        for description in descriptions
    ]
    return list(dict.fromkeys(number for number in found if number))


def _span(words: list[str]) -> str:
    """Return up to three words as a list, more as a range."""
    return ", ".join(words) if len(words) <= FEW else f"{words[0]} to {words[-1]}"


def _facts(description: GrowattDescription) -> tuple[str, str, str, str]:
    """Return unit, device class, statistics, and calculation of an entity."""
    if isinstance(description, GrowattBinarySensor):
        return "", str(description.device_class or ""), "", ""
    assert isinstance(description, GrowattSensor)  # noqa: S101 - there is no third kind
    unit = (
        description.suggested_unit_of_measurement
        or description.native_unit_of_measurement
        or ""
    )
    state_class = str(description.state_class or "")
    return (
        unit,
        str(description.device_class or ""),
        STATISTICS.get(state_class, ""),
        description.derived or ("one direction" if description.side else ""),
    )
