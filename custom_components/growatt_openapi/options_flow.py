"""What the options ask: which plants are taken."""

from typing import Any

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigFlowResult,
    OptionsFlowWithReload,
)

from .const import CONF_EXCLUDED_PLANTS
from .coordinator import GrowattConfigEntry
from .flow_forms import CONF_PLANTS, plants_form


class GrowattOptionsFlow(OptionsFlowWithReload):
    """Ask which plants are taken."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which plants are taken."""
        entry: GrowattConfigEntry = self.config_entry
        if entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        plants = entry.runtime_data.inventory.data.all_plants
        left_out = entry.options.get(CONF_EXCLUDED_PLANTS, [])
        chosen = [plant_id for plant_id in plants if plant_id not in left_out]
        errors = {}
        if user_input is not None:
            chosen = user_input[CONF_PLANTS]
            if chosen:
                # What is missing from today's list stays left out.
                known = {*left_out, *plants}
                excluded = [one for one in sorted(known) if one not in chosen]
                return self.async_create_entry(data={CONF_EXCLUDED_PLANTS: excluded})
            errors = {"base": "no_plants_chosen"}
        return self.async_show_form(
            step_id="init",
            data_schema=plants_form(plants.values(), chosen),
            errors=errors,
        )
