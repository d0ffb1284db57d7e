"""Actions: what an administrator can set up or request beyond the entities."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import service

from ..const import DOMAIN
from .account import ACTIONS as ACCOUNT_ACTIONS
from .common import Actions
from .history import ACTIONS as HISTORY_ACTIONS

ACTIONS: Final[Actions] = {**ACCOUNT_ACTIONS, **HISTORY_ACTIONS}


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions, whether or not an account is loaded."""
    for name, action in ACTIONS.items():
        service.async_register_admin_service(
            hass,
            DOMAIN,
            name,
            action.handler,
            action.schema,
            supports_response=action.response,
        )
