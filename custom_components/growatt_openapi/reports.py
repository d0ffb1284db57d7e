"""What the owner can do something about, on the page of repairs."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .api import Family
from .const import DOMAIN
from .coordinator import GrowattConfigEntry

# Where a report about a new type goes, with the diagnostics.
REPORT: Final = (
    "https://github.com/growatt-openapi/ha-growatt-openapi/issues/new"
    "?template=device.yml"
)


@callback
def async_report_unmapped(hass: HomeAssistant, entry: GrowattConfigEntry) -> None:
    """Ask for a report while there are devices of a type no one has described."""
    types = {
        device.type_name
        for device in entry.runtime_data.inventory.data.devices.values()
        if device.family is Family.UNMAPPED
    }
    if not types:
        async_forget_reports(hass, entry)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        _unmapped_id(entry),
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        learn_more_url=REPORT,
        translation_key="unmapped_devices",
        translation_placeholders={"types": ", ".join(sorted(types))},
    )


@callback
def async_forget_reports(hass: HomeAssistant, entry: GrowattConfigEntry) -> None:
    """Ask for nothing any more."""
    ir.async_delete_issue(hass, DOMAIN, _unmapped_id(entry))


def _unmapped_id(entry: GrowattConfigEntry) -> str:
    """Return what tells the issues of two accounts apart."""
    return f"unmapped_devices_{entry.entry_id}"
