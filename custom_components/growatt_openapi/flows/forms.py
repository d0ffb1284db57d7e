"""The forms of the dialogs, and what Growatt says while they are open."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import voluptuous as vol

from homeassistant.const import CONF_REGION, CONF_TOKEN, CONF_URL
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from ..api import (
    Plant,
    Region,
)

CONF_PLANTS: Final = "plants"

HELP: Final = {
    "portal": "https://server.growatt.com",
    "installer_portal": "https://oss.growatt.com",
    "example": "https://openapi.example.com",
}


_PASSWORD: Final = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
)
_REGION: Final = SelectSelector(
    SelectSelectorConfig(
        options=[region.value for region in Region],
        translation_key="region",
        mode=SelectSelectorMode.DROPDOWN,
    )
)

TOKEN_FORM: Final = vol.Schema({vol.Required(CONF_TOKEN): _PASSWORD})
ACCOUNT_FORM: Final = vol.Schema(
    {
        vol.Required(CONF_TOKEN): _PASSWORD,
        vol.Required(CONF_REGION, default=Region.AUTO.value): _REGION,
    }
)
RECONFIGURE_FORM: Final = vol.Schema(
    {
        vol.Optional(CONF_TOKEN): _PASSWORD,
        vol.Required(CONF_REGION): _REGION,
    }
)
SERVER_FORM: Final = vol.Schema(
    {
        vol.Required(CONF_URL): TextSelector(
            TextSelectorConfig(type=TextSelectorType.URL)
        )
    }
)


class FlowError(Exception):
    """An answer that cannot be used, with the text that says why."""

    def __init__(
        self,
        key: str,
        *,
        region: Region | None = None,
        field: str = "base",
        **placeholders: str,
    ) -> None:
        """Initialize the error, with the region to choose instead, or its field."""
        super().__init__(key)
        self.key = key
        self.region = region
        self.field = field
        self.placeholders = placeholders

    @property
    def about_token(self) -> bool:
        """Return whether another token or region helps, not another address."""
        return self.key in {"invalid_auth", "no_plants", "wrong_region"}


def plant_options(plants: Iterable[Plant]) -> list[SelectOptionDict]:
    """Return plants to choose from; the id tells those of one name apart."""
    plants = tuple(plants)
    names = Counter(plant.name for plant in plants)
    return [
        SelectOptionDict(
            value=plant.plant_id,
            label=(
                plant.name
                if names[plant.name] == 1
                else f"{plant.name} ({plant.plant_id})"
            ),
        )
        for plant in plants
    ]


def plants_form(plants: Iterable[Plant], chosen: list[str]) -> vol.Schema:
    """Return the form that asks which plants are taken."""
    return vol.Schema(
        {
            vol.Required(CONF_PLANTS, default=chosen): SelectSelector(
                SelectSelectorConfig(
                    options=plant_options(plants),
                    multiple=True,
                    mode=SelectSelectorMode.LIST,
                )
            )
        }
    )
