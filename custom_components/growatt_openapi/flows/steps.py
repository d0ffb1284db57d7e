"""Forms of a dialog, with the error of the last answer."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigEntryBaseFlow, ConfigFlowResult

from ..api import GrowattError
from ..messages import Explanation, explained
from .forms import HELP, FlowError
from .onboarding_forms import FIELDS


class FormSteps(ConfigEntryBaseFlow):
    """A dialog made of forms."""

    def _show(
        self,
        step: str,
        form: vol.Schema,
        known: Mapping[str, Any] | None = None,
        error: FlowError | None = None,
        **placeholders: str,
    ) -> ConfigFlowResult:
        """Show a form, with what was wrong with the last answer."""
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(form, known or {}),
            errors={error.field: error.key} if error else {},
            description_placeholders={
                **HELP,
                **placeholders,
                **(error.placeholders if error else {}),
            },
        )

    def _flow_error(
        self, reason: GrowattError | Explanation, step: str, field: str = "base"
    ) -> FlowError:
        """Return the error of a form, at the field of a step that it is about."""
        if isinstance(reason, GrowattError):
            about = FIELDS.get(reason.parameter or "")
            if about and about[0] == step:
                field = about[1]
            reason = explained(reason)
        error = FlowError(reason.key, field=field)
        error.placeholders.update(reason.placeholders)
        return error
