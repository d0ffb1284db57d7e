"""What the options ask: which plants are taken, and what else is to be registered."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigFlowResult,
    OptionsFlowWithReload,
)

from .api import GrowattError, GrowattPermissionError, Plant
from .changes import (
    async_let_go_of_datalogger,
    async_look_for,
    shows_devices,
    shows_plant,
)
from .const import CONF_EXCLUDED_PLANTS
from .coordinator import GrowattConfigEntry
from .explained import Explanation
from .flow_forms import CONF_PLANTS, FlowError, plants_form
from .flow_steps import FormSteps
from .owners import async_owner_of, only_owner
from .runtime import GrowattData
from .setup_forms import (
    CONF_CONFIRMED,
    CONF_PLANT,
    CONF_SERIAL_NUMBER,
    CONF_USER,
    NOTHING_FORM,
    PLANT_FORM,
    datalogger_form,
    datalogger_from,
    end_user_form,
    plant_from,
    removal_form,
    suggestions,
    why_refused,
)


class GrowattOptionsFlow(FormSteps, OptionsFlowWithReload):
    """Ask which plants are taken, and register plants and data loggers at Growatt."""

    _user_id: str | None = None
    """Who will own a new plant."""

    def __init__(self) -> None:
        """Initialize the dialog without a new plant."""
        self._new: dict[str, Plant] = {}

    @property
    def _entry(self) -> GrowattConfigEntry:
        """Return the entry of the account."""
        entry: GrowattConfigEntry = self.config_entry
        return entry

    @property
    def _loaded(self) -> GrowattData:
        """Return what the entry consists of."""
        return self._entry.runtime_data

    @property
    def _plants(self) -> Mapping[str, Plant]:
        """Return the plants that data loggers can be added to."""
        return {**self._loaded.inventory.data.plants, **self._new}

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what is to be done."""
        if self._entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        return self.async_show_menu(
            step_id="init",
            menu_options=["plants", "end_user", "datalogger", "remove_datalogger"],
        )

    async def async_step_plants(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which plants are taken."""
        plants = self._loaded.inventory.data.all_plants
        left_out = self._entry.options.get(CONF_EXCLUDED_PLANTS, [])
        chosen = [plant_id for plant_id in plants if plant_id not in left_out]
        error = None
        if user_input is not None:
            chosen = user_input[CONF_PLANTS]
            if chosen:
                # What is missing from today's list stays left out.
                known = {*left_out, *plants}
                excluded = [one for one in sorted(known) if one not in chosen]
                return self.async_create_entry(data={CONF_EXCLUDED_PLANTS: excluded})
            error = FlowError("no_plants_chosen")
        return self._show("plants", plants_form(plants.values(), chosen), error=error)

    async def async_step_end_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whose plant a new one will be, where that is not clear."""
        owner = only_owner(self._loaded.inventory.data.all_plants.values())
        self._user_id = owner if user_input is None else user_input.get(CONF_USER)
        if self._user_id is not None:
            return await self.async_step_plant()
        try:
            users = (await self._loaded.client.management.users()).items
        except GrowattPermissionError:
            return self.async_abort(reason="not_allowed")
        except GrowattError as err:
            error = await self._async_told(err, "end_user")
            return self._show("end_user", NOTHING_FORM, error=error)
        return self._show("end_user", end_user_form(users))

    async def async_step_plant(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new plant, and create it."""
        if user_input is None:
            return self._show("plant", PLANT_FORM, suggestions(self.hass)["plant"])
        plant = plant_from(user_input)
        if refusal := why_refused(plant):
            reason, field = refusal
            error = await self._async_told(reason, "plant", field)
            return self._show("plant", PLANT_FORM, user_input, error)
        try:
            plant_id = await self._loaded.client.management.add_plant(
                str(self._user_id), plant
            )
        except GrowattError as err:
            error = await self._async_told(err, "plant")
            return self._show("plant", PLANT_FORM, user_input, error)
        self._new[plant_id] = Plant(
            plant_id=plant_id, name=plant.name, owner_id=self._user_id
        )
        async_look_for(self.hass, self._entry, shows_plant(plant_id))
        return await self.async_step_datalogger()

    async def async_step_datalogger(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a data logger, and add it to a plant."""
        form = datalogger_form((self._new or self._plants).values())
        if user_input is None:
            return self._show("datalogger", form)
        serial, check_code = datalogger_from(user_input)
        plant = self._plants[user_input[CONF_PLANT]]
        client = self._loaded.client
        try:
            user_id = await async_owner_of(client, plant)
            if user_id is None:
                unowned = Explanation(key="owner_unknown")
                error = await self._async_told(unowned, "datalogger", CONF_PLANT)
                return self._show("datalogger", form, user_input, error)
            await client.management.validate_datalogger(serial, check_code)
            await client.management.add_datalogger(user_id, plant.plant_id, serial)
        except GrowattError as err:
            error = await self._async_told(err, "datalogger")
            return self._show("datalogger", form, user_input, error)
        async_look_for(self.hass, self._entry, shows_devices(serial))
        return self.async_abort(reason="datalogger_added")

    async def async_step_remove_datalogger(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which data logger is to be removed, and remove it."""
        inventory = self._loaded.inventory.data
        if not inventory.dataloggers:
            return self.async_abort(reason="no_dataloggers")
        form = removal_form(inventory.dataloggers.values(), inventory.plants)
        if user_input is None:
            return self._show("remove_datalogger", form)
        if not user_input[CONF_CONFIRMED]:
            error = FlowError("not_confirmed", field=CONF_CONFIRMED)
            return self._show("remove_datalogger", form, user_input, error)
        logger = inventory.dataloggers[user_input[CONF_SERIAL_NUMBER]]
        try:
            await self._loaded.client.management.delete_datalogger(
                logger.plant_id, logger.serial
            )
        except GrowattError as err:
            error = await self._async_told(err, "remove_datalogger")
            return self._show("remove_datalogger", form, user_input, error)
        async_let_go_of_datalogger(self.hass, self._entry, logger.serial)
        return self.async_abort(reason="datalogger_removed")
