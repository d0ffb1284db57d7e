"""Config flow: adds the integration through its own dialog."""

from typing import Any

from .home_assistant import DOMAIN, HomeAssistant
from .processes import HarnessError

FLOW = "/api/config/config_entries/flow"
MOST_STEPS = 10


async def add_integration(home: HomeAssistant, answers: dict[str, str]) -> str:
    """Answer each form, by its field names, until there is an entry; return its id."""
    step = await home.rest("POST", FLOW, handler=DOMAIN)
    for _ in range(MOST_STEPS):
        match step["type"]:
            case "create_entry":
                entry_id: str = step["result"]["entry_id"]
                return entry_id
            case "form" if not step["errors"]:
                given = _filled_in(step["data_schema"], answers)
                step = await home.rest("POST", f"{FLOW}/{step['flow_id']}", **given)
            case "form":
                raise HarnessError(f"The dialog shows errors: {step['errors']}")
            case kind:
                raise HarnessError(
                    f"The dialog ended with {kind}: {step.get('reason')}"
                )
    raise HarnessError(f"The dialog keeps returning to {step['step_id']}")


def _filled_in(fields: list[dict[str, Any]], answers: dict[str, str]) -> dict[str, Any]:
    """Return the answers to a form; other fields keep their defaults."""
    known = {}
    for field in fields:
        suggested = (field.get("description") or {}).get("suggested_value")
        value = answers.get(field["name"], field.get("default", suggested))
        if value is not None:
            known[field["name"]] = value
    return known
