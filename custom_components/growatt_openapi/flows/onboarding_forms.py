"""The forms that set an account up: an end user, a plant, a data logger."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import voluptuous as vol

from homeassistant.const import (
    CONF_COUNTRY,
    CONF_EMAIL,
    CONF_LATITUDE,
    CONF_LOCATION,
    CONF_LONGITUDE,
    CONF_NAME,
    CONF_PASSWORD,
    CONF_REGION,
    CONF_TIME_ZONE,
    CONF_USERNAME,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    BooleanSelector,
    LocationSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from ..account.entered import (
    CONF_CHECK_CODE,
    CONF_INSTALLER_CODE,
    CONF_PEAK_POWER,
    CONF_PHONE,
    CONF_PLANT_TYPE,
    CONF_SERIAL_NUMBER,
    hours_from_utc,
)
from ..api import (
    COUNTRIES,
    Datalogger,
    Plant,
    PlantType,
    Region,
    User,
    country_of,
)
from .forms import plant_options

CONF_USER: Final = "user"
CONF_PLANT: Final = "plant"
CONF_CONFIRMED: Final = "confirmed"

CONF_NEXT_STEP: Final = "next_step_id"
LOOK: Final = "look"
FINISH: Final = "finish"

NEW_USER: Final = "new"
"""In the list of users: none of them."""

# Where a refusal is shown: the step and its field, by Growatt's name of the parameter.
FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "user_name": ("new_user", CONF_USERNAME),
    "user_email": ("new_user", CONF_EMAIL),
    "agentCode": ("new_user", CONF_INSTALLER_CODE),
    "name": ("plant", CONF_NAME),
    "peak_power": ("plant", CONF_PEAK_POWER),
    "sn": ("datalogger", CONF_SERIAL_NUMBER),
    "datalogSn": ("datalogger", CONF_SERIAL_NUMBER),
    "valiCode": ("datalogger", CONF_CHECK_CODE),
}

_COUNTRY: Final = SelectSelector(
    SelectSelectorConfig(options=list(COUNTRIES), mode=SelectSelectorMode.DROPDOWN)
)
_PLANT_TYPE: Final = SelectSelector(
    SelectSelectorConfig(
        options=[one.name.lower() for one in PlantType],
        translation_key="plant_type",
        mode=SelectSelectorMode.DROPDOWN,
    )
)
_PEAK_POWER: Final = NumberSelector(
    NumberSelectorConfig(
        min=0, step="any", unit_of_measurement="kWp", mode=NumberSelectorMode.BOX
    )
)
_ZONE: Final = NumberSelector(
    NumberSelectorConfig(
        min=-12, max=14, step=0.25, unit_of_measurement="h", mode=NumberSelectorMode.BOX
    )
)

NOTHING_FORM: Final = vol.Schema({})
WAITING_FORM: Final = vol.Schema(
    {
        vol.Required(CONF_NEXT_STEP, default=LOOK): SelectSelector(
            SelectSelectorConfig(
                options=[LOOK, FINISH],
                translation_key="next_step",
                mode=SelectSelectorMode.LIST,
            )
        )
    }
)
NEW_USER_FORM: Final = vol.Schema(
    {
        vol.Required(CONF_USERNAME): TextSelector(),
        vol.Required(CONF_EMAIL): TextSelector(
            TextSelectorConfig(type=TextSelectorType.EMAIL)
        ),
        vol.Required(CONF_COUNTRY): _COUNTRY,
        vol.Optional(CONF_PHONE): TextSelector(
            TextSelectorConfig(type=TextSelectorType.TEL)
        ),
        vol.Optional(CONF_INSTALLER_CODE): TextSelector(),
    }
)
PLANT_FORM: Final = vol.Schema(
    {
        vol.Required(CONF_NAME): TextSelector(),
        vol.Required(CONF_PEAK_POWER): _PEAK_POWER,
        vol.Required(
            CONF_PLANT_TYPE, default=PlantType.RESIDENTIAL.name.lower()
        ): _PLANT_TYPE,
        vol.Required(CONF_COUNTRY): _COUNTRY,
        vol.Required(CONF_TIME_ZONE): _ZONE,
        vol.Optional(CONF_LOCATION): LocationSelector(),
    }
)
DATALOGGER_FORM: Final = vol.Schema(
    {
        vol.Required(CONF_SERIAL_NUMBER): TextSelector(),
        vol.Required(CONF_CHECK_CODE): TextSelector(),
    }
)
FORMS: Final = {
    "new_user": NEW_USER_FORM,
    "plant": PLANT_FORM,
    "datalogger": DATALOGGER_FORM,
}
"""The forms that set an account up, by step."""
PASSWORD_FORM: Final = vol.Schema(
    {
        vol.Required(CONF_PASSWORD): TextSelector(
            TextSelectorConfig(
                type=TextSelectorType.PASSWORD, autocomplete="new-password"
            )
        )
    }
)


def end_user_form(users: Iterable[User], *others: str) -> vol.Schema:
    """Return the form that asks whose plant it will be."""
    options = [SelectOptionDict(value=one.user_id, label=one.name) for one in users]
    options += [SelectOptionDict(value=other, label=other) for other in others]
    return vol.Schema(
        {
            vol.Required(CONF_USER): SelectSelector(
                SelectSelectorConfig(options=options, translation_key="end_user")
            )
        }
    )


def home_form(regions: Iterable[Region]) -> vol.Schema:
    """Return the form that asks on which server the plant will be."""
    return vol.Schema(
        {
            vol.Required(CONF_REGION): SelectSelector(
                SelectSelectorConfig(
                    options=[one.value for one in regions],
                    translation_key="region",
                    mode=SelectSelectorMode.LIST,
                )
            )
        }
    )


def datalogger_form(plants: Iterable[Plant]) -> vol.Schema:
    """Return the form that asks for a data logger and its plant."""
    options = plant_options(plants)
    chosen = options[0]["value"] if len(options) == 1 else vol.UNDEFINED
    return vol.Schema(
        {vol.Required(CONF_PLANT, default=chosen): _choice(options)}
    ).extend(DATALOGGER_FORM.schema)


def removal_form(
    dataloggers: Iterable[Datalogger], plants: Mapping[str, Plant]
) -> vol.Schema:
    """Return the form that asks which data logger is to be removed."""
    options = [
        SelectOptionDict(
            value=one.serial, label=f"{one.serial} ({plants[one.plant_id].name})"
        )
        for one in dataloggers
    ]
    return vol.Schema(
        {
            vol.Required(CONF_SERIAL_NUMBER): _choice(options),
            vol.Required(CONF_CONFIRMED, default=False): BooleanSelector(),
        }
    )


def _choice(options: list[SelectOptionDict]) -> SelectSelector:
    """Return the selector of one thing; many are a box to search in, not a list."""
    return SelectSelector(SelectSelectorConfig(options=options))


def suggestions(hass: HomeAssistant) -> dict[str, dict[str, Any]]:
    """Return what Home Assistant knows of what the forms ask for, by step."""
    config = hass.config
    country = {CONF_COUNTRY: name} if (name := country_of(config.country)) else {}
    return {
        "new_user": country,
        "plant": {
            CONF_NAME: config.location_name,
            **country,
            CONF_TIME_ZONE: hours_from_utc(),
            CONF_LOCATION: {
                CONF_LATITUDE: config.latitude,
                CONF_LONGITUDE: config.longitude,
            },
        },
    }
