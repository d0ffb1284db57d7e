"""Tables of families in README.md and docs/devices.md, from the catalog."""

from collections.abc import Mapping
import re
from typing import Final

from custom_components.growatt_openapi.api import FAMILIES, Family
from custom_components.growatt_openapi.api.endpoints.base import MINUTE, MINUTES_5
from custom_components.growatt_openapi.api.endpoints.families import Shape, Way
from custom_components.growatt_openapi.api.endpoints.inventory import (
    BUS_LISTS,
    TYPE_ON_BUS,
)
from custom_components.growatt_openapi.catalog import PROFILES, Profile

BEGIN: Final = "<!-- families: written by scripts/docs -->"
END: Final = "<!-- /families -->"
BETWEEN: Final = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)

HEAD: Final = """\
| Family | Models | V1 | V4 | Requests | Status |
| --- | --- | --- | --- | --- | --- |
"""
SHORT_HEAD: Final = """\
| Family | Models | Status |
| --- | --- | --- |
"""
PACES: Final[Mapping[float, str]] = {MINUTES_5: "", MINUTE: ", every minute"}

# These families have a single request or none.
ASKED: Final = {
    Family.ACCOUNT: "none",
    Family.PLANT: "V1 single",
    Family.DATALOGGER: "list of data loggers",
}


def renewed(page: str, table: str) -> str:
    """Return a page with the table between its markers replaced."""
    return BETWEEN.sub(lambda _: f"{BEGIN}\n\n{table}\n{END}", page)


def table() -> str:
    """Return the table for docs/devices.md."""
    return HEAD + "".join(
        _row(
            _name(profile),
            profile.models,
            *_types(profile.family),
            _asked(profile.family),
            _status(profile),
        )
        for profile in PROFILES.values()
    )


def short_table() -> str:
    """Return the table for the README."""
    return SHORT_HEAD + "".join(
        _row(_name(profile), profile.models, _status(profile))
        for profile in PROFILES.values()
        if profile.models
    )


def _row(*cells: str) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(cells)} |\n"


def _name(profile: Profile) -> str:
    """Return the name of a family."""
    return profile.name or profile.family.capitalize()


def _types(family: Family) -> tuple[str, str]:
    """Return the type of a family in V1 and in V4."""
    if family in BUS_LISTS:
        return str(TYPE_ON_BUS), ""
    ways = FAMILIES.get(family)
    if ways is None:
        return "", ""
    return str(ways.v1_type or ""), f"`{ways.v4_type}`" if ways.v4_type else ""


def _asked(family: Family) -> str:
    """Return the requests for the readings of a family, the cheapest first."""
    if (ways := FAMILIES.get(family)) is None:
        return ASKED[family]
    return ", ".join(map(_words, ways.readings)) + PACES[ways.every]


def _words(way: Way) -> str:
    """Return the short name of a request."""
    if way.shape is Shape.LISTED:
        return "list of devices"
    if way.address:
        return "V1 by data logger and address"
    version = way.endpoint.path.partition("/")[0].upper()
    return f"{version} {'batch' if way.size > 1 else 'single'}"


def _status(profile: Profile) -> str:
    """Return the confidence in the values of a family."""
    return "unnamed values, disabled" if profile.unnamed else "by specification"
