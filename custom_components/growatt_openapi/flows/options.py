"""Options flow: plants to include, and registration of plants and data loggers."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigFlowResult,
    OptionsFlowWithReload,
)
from homeassistant.data_entry_flow import AbortFlow

from ..account.entered import (
    CONF_SERIAL_NUMBER,
    datalogger_from,
    plant_from,
    why_refused,
)
from ..account.owners import async_owner_of, only_owner
from ..api import GrowattError, GrowattPermissionError, Plant
from ..const import CONF_EXCLUDED_PLANTS
from ..control.account import (
    async_add_datalogger,
    async_create_plant,
    async_remove_datalogger,
)
from ..coordinator.runtime import GrowattConfigEntry, GrowattData
from ..messages import Explanation
from .forms import CONF_PLANTS, FlowError, plants_form
from .onboarding_forms import (
    CONF_CONFIRMED,
    CONF_PLANT,
    CONF_USER,
    NOTHING_FORM,
    PLANT_FORM,
    datalogger_form,
    end_user_form,
    removal_form,
    suggestions,
)
from .steps import FormSteps


class GrowattOptionsFlow(FormSteps, OptionsFlowWithReload):
    """Ask which plants are taken, and register plants and data loggers at Growatt."""

    _user_id: str | None = None
    """Who will own a new plant."""

    def __init__(self) -> None:
        """Initialize the dialog without a new plant."""
        self._new: dict[str, Plant] = {}

    def _loaded_entry(self) -> GrowattConfigEntry:
        """Return the entry of the account; end the dialog where it is not loaded."""
        entry: GrowattConfigEntry | None
        entry = self.hass.config_entries.async_get_entry(self.handler)
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            raise AbortFlow("not_loaded")
        return entry

    @property
    def _loaded(self) -> GrowattData:
        """Return what the entry consists of."""
        return self._loaded_entry().runtime_data

    @property
    def _plants(self) -> Mapping[str, Plant]:
        """Return the plants that data loggers can be added to."""
        return {**self._loaded.inventory.data.plants, **self._new}

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what is to be done."""
        self._loaded_entry()
        return self.async_show_menu(
            step_id="init",
            menu_options=["plants", "end_user", "datalogger", "remove_datalogger"],
        )

    async def async_step_plants(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which plants are taken."""
        plants = self._loaded.inventory.data.all_plants
        left_out = self._loaded_entry().options.get(CONF_EXCLUDED_PLANTS, [])
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
            error = self._flow_error(err, "end_user")
            return self._show("end_user", NOTHING_FORM, error=error)
        if not users:
            return self.async_abort(reason="no_users")
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
            error = self._flow_error(reason, "plant", field)
            return self._show("plant", PLANT_FORM, user_input, error)
        user_id, entry = str(self._user_id), self._loaded_entry()
        try:
            plant_id = await async_create_plant(self.hass, entry, user_id, plant)
        except GrowattError as err:
            error = self._flow_error(err, "plant")
            return self._show("plant", PLANT_FORM, user_input, error)
        new = Plant(plant_id=plant_id, name=plant.name, owner_id=user_id)
        self._new[plant_id] = new
        return await self.async_step_datalogger()

    async def async_step_datalogger(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a data logger, and add it to a plant."""
        known = self._plants
        plants = self._new or known
        if not plants:
            return self.async_abort(reason="no_plants")
        form = datalogger_form(plants.values())
        if user_input is None:
            return self._show("datalogger", form)
        try:
            reason = await self._async_add_datalogger(user_input)
        except GrowattError as err:
            error = self._flow_error(err, "datalogger")
            return self._show("datalogger", form, user_input, error)
        if reason is None:
            return self.async_abort(reason="datalogger_added")
        error = self._flow_error(reason, "datalogger", CONF_PLANT)
        return self._show("datalogger", form, user_input, error)

    async def _async_add_datalogger(
        self, answer: Mapping[str, Any]
    ) -> Explanation | None:
        """Add a data logger; return why its plant takes none.

        Raises a GrowattError where it is not added.
        """
        entry, plant = self._loaded_entry(), self._plants.get(answer[CONF_PLANT])
        if plant is None:
            return Explanation(key="plant_not_found")
        user_id = await async_owner_of(entry.runtime_data.client, plant)
        if user_id is None:
            return Explanation(key="owner_unknown")
        label = datalogger_from(answer)
        await async_add_datalogger(self.hass, entry, user_id, plant.plant_id, label)
        return None

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
        logger = inventory.dataloggers.get(user_input[CONF_SERIAL_NUMBER])
        if logger is None:
            gone, field = Explanation(key="serial_not_found"), CONF_SERIAL_NUMBER
            error = self._flow_error(gone, "remove_datalogger", field)
            return self._show("remove_datalogger", form, error=error)
        if not user_input[CONF_CONFIRMED]:
            error = FlowError("not_confirmed", field=CONF_CONFIRMED)
            return self._show("remove_datalogger", form, user_input, error)
        try:
            await async_remove_datalogger(self.hass, self._loaded_entry(), logger)
        except GrowattError as err:
            error = self._flow_error(err, "remove_datalogger")
            return self._show("remove_datalogger", form, user_input, error)
        return self.async_abort(reason="datalogger_removed")
