"""Writes docs/entities.md: each entity of the catalog, by the name an owner sees."""

from collections.abc import Iterable, Iterator
from itertools import groupby
import json
from pathlib import Path
from typing import Any, Final

from custom_components.growatt_openapi.catalog import (
    PROFILES,
    GrowattBinarySensor,
    GrowattDescription,
    GrowattSensor,
    Profile,
)

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs/entities.md"
TEXTS: Final = ROOT / "custom_components/growatt_openapi/translations/en.json"

INTRODUCTION: Final = """\
# Entities

All entities, family by family. Written from the catalog by `scripts/docs`; do not edit.

- An entity appears once the hardware has reported a real value for it: an inverter
  without a battery has no battery sensors. What reports later is added then.
- The key of a quantity is the same in every family and never changes. The unique id of
  an entity is the plant id or serial number, an underscore and the key.
- Entities that are off can be turned on at the page of their device.
- *Statistics* says what Home Assistant keeps for good: *mean* for measurements, *sum*
  for counters, which the Energy dashboard needs.
"""

HEAD: Final = """\
| Name | Key | Unit | Device class | Statistics |
| --- | --- | --- | --- | --- |
"""
STATISTICS: Final = {"measurement": "mean", "total_increasing": "sum", "total": "sum"}
FEW: Final = 3


def page() -> str:
    """Return the text of docs/entities.md."""
    texts = json.loads(TEXTS.read_text("utf-8"))["entity"]
    families = (_family(profile, texts) for profile in PROFILES.values())
    return "\n".join([INTRODUCTION, *families])


def _family(profile: Profile, texts: dict[str, Any]) -> str:
    """Return the section of one family."""
    everything = [*profile.sensors, *profile.binary_sensors]
    family = profile.name or profile.family.capitalize()
    parts = [f"## {family}\n"]
    for title, on in (("on from the start", True), ("off until turned on", False)):
        chosen = [
            one for one in everything if one.entity_registry_enabled_default is on
        ]
        if chosen:
            rows = "".join(f"{row}\n" for row in _rows(chosen, texts))
            parts.append(f"### {family}: {title}\n")
            parts.append(f"{HEAD}{rows}")
    return "\n".join(parts)


def _rows(
    descriptions: Iterable[GrowattDescription], texts: dict[str, Any]
) -> Iterator[str]:
    """Yield a row for each entity, and one for all that differ in a number only."""
    by_name = sorted(descriptions, key=lambda one: _name(one, texts).lower())
    for _, group in groupby(by_name, key=lambda one: one.translation_key):
        same = list(group)
        keys = list(dict.fromkeys(f"`{one.key}`" for one in (same[0], same[-1])))
        cells = [
            _name(same[0], texts).replace("{number}", _span(_numbers(same))),
            " to ".join(keys),
            *_kind(same[0]),
        ]
        yield f"| {' | '.join(cells)} |"


def _name(description: GrowattDescription, texts: dict[str, Any]) -> str:
    """Return the name of an entity, with a placeholder where it has a number."""
    if not (key := description.translation_key):
        return str(description.device_class).capitalize()
    platform = "sensor" if isinstance(description, GrowattSensor) else "binary_sensor"
    return str(texts[platform][key]["name"])


def _numbers(descriptions: Iterable[GrowattDescription]) -> list[str]:
    """Return what stands for the placeholder, each once."""
    found = [(one.translation_placeholders or {}).get("number") for one in descriptions]
    return list(dict.fromkeys(number for number in found if number))


def _span(words: list[str]) -> str:
    """Return a few words one by one, many by the first and the last."""
    return ", ".join(words) if len(words) <= FEW else f"{words[0]} to {words[-1]}"


def _kind(description: GrowattDescription) -> tuple[str, str, str]:
    """Return unit, device class and statistics of an entity."""
    if isinstance(description, GrowattBinarySensor):
        return "", str(description.device_class), ""
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
    )


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
