"""Repair issues: created and deleted."""

from collections.abc import Collection
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_TOKEN
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN

# Where a report about a new type goes, with the diagnostics.
REPORT: Final = (
    "https://github.com/growatt-openapi/ha-growatt-openapi/issues/new"
    "?template=device.yml"
)
UNMAPPED_DEVICES: Final = "unmapped_devices"
OTHER_PROGRAM: Final = "other_program"
OTHER_INTEGRATION: Final = "other_integration"
NO_PLANTS: Final = "no_plants"
REPORTS: Final = (UNMAPPED_DEVICES, OTHER_PROGRAM, OTHER_INTEGRATION, NO_PLANTS)

REFUSALS_THAT_PROVE: Final = 3
"""How often in a day Growatt refuses without a reason before it is worth a message."""
# The integration that Home Assistant brings; it may have been given the same token.
CORE_INTEGRATION: Final = "growatt_server"


@callback
def async_report_unmapped(
    hass: HomeAssistant, entry: ConfigEntry, types: Collection[str]
) -> None:
    """Ask for a report while there are devices of types without a profile."""
    if types:
        listed = ", ".join(sorted(types))
        _report(hass, entry, UNMAPPED_DEVICES, {"types": listed}, link=REPORT)
    else:
        _forget(hass, entry, UNMAPPED_DEVICES)


@callback
def async_report_refusals(
    hass: HomeAssistant, entry: ConfigEntry, unexplained: int
) -> None:
    """Name the other user of the token while Growatt refuses requests without cause.

    The number of such refusals is that of the last day.
    """
    if unexplained < REFUSALS_THAT_PROVE:
        _forget(hass, entry, OTHER_PROGRAM, OTHER_INTEGRATION)
        return
    token = entry.data[CONF_TOKEN]
    others = [
        other.title
        for other in hass.config_entries.async_entries(
            CORE_INTEGRATION, include_ignore=False, include_disabled=False
        )
        if other.data.get(CONF_TOKEN) == token
    ]
    if others:
        texts = {"account": entry.title, "other": others[0]}
        _report(hass, entry, OTHER_INTEGRATION, texts)
        _forget(hass, entry, OTHER_PROGRAM)
    else:
        _report(hass, entry, OTHER_PROGRAM, {"account": entry.title})
        _forget(hass, entry, OTHER_INTEGRATION)


@callback
def async_report_plants(
    hass: HomeAssistant, entry: ConfigEntry, *, hidden: bool
) -> None:
    """Tell what to do where a token shows no plants."""
    if hidden:
        _report(hass, entry, NO_PLANTS, {"account": entry.title})
    else:
        _forget(hass, entry, NO_PLANTS)


@callback
def async_forget_reports(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell nothing any more."""
    _forget(hass, entry, *REPORTS)


def _report(
    hass: HomeAssistant,
    entry: ConfigEntry,
    report: str,
    texts: dict[str, str],
    link: str | None = None,
) -> None:
    """Put a message on the page of repairs."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        _issue_id(entry, report),
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        learn_more_url=link,
        translation_key=report,
        translation_placeholders=texts,
    )


def _forget(hass: HomeAssistant, entry: ConfigEntry, *reports: str) -> None:
    """Take messages from the page of repairs."""
    for report in reports:
        ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, report))


def _issue_id(entry: ConfigEntry, report: str) -> str:
    """Return what tells the messages of two accounts apart."""
    return f"{report}_{entry.entry_id}"
