"""The steps for a token without plants: user, plant, data logger, devices."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult
from homeassistant.const import (
    CONF_EMAIL,
    CONF_NAME,
    CONF_PASSWORD,
    CONF_REGION,
    CONF_USERNAME,
)

from ..account.clients import async_get_client
from ..account.discovery import Account, async_accounts
from ..account.entered import datalogger_from, plant_from, user_from, why_refused
from ..account.onboarding import Registration
from ..api import (
    SERVERS,
    GrowattClient,
    GrowattError,
    GrowattPermissionError,
    GrowattTakenError,
    Region,
    User,
)
from ..messages import Explanation
from .forms import FlowError
from .onboarding_forms import (
    CONF_NEXT_STEP,
    CONF_USER,
    FIELDS,
    FINISH,
    FORMS,
    NEW_USER,
    NOTHING_FORM,
    PASSWORD_FORM,
    WAITING_FORM,
    end_user_form,
    home_form,
    suggestions,
)
from .steps import FormSteps


class SetUpSteps(FormSteps, ConfigFlow):
    """Ask for what is missing at Growatt, and have it registered."""

    _token: str
    _account: Account
    _region: Region
    """The region that was asked for."""

    def __init__(self) -> None:
        """Initialize the dialog without answers."""
        self._registration = Registration()
        self._typed: dict[str, dict[str, Any]] = {}
        """The last answer to each form, but never a password."""

    @abstractmethod
    async def _async_add(self) -> ConfigFlowResult:
        """Add an account that has plants."""

    @property
    def _client(self) -> GrowattClient:
        """Return the client of the account."""
        return async_get_client(self.hass, self._account.server, self._token)

    async def async_step_no_plants(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say why there may be no plants, and what can be done."""
        return self.async_show_menu(
            step_id="no_plants", menu_options=["again", "user", "set_up"]
        )

    async def async_step_set_up(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask on which server, where several know the token."""
        if user_input is not None:
            region = Region(user_input[CONF_REGION])
            self._account = Account(region=region, server=SERVERS[region], plants=())
        elif self._region is Region.AUTO:
            found = await async_accounts(self.hass, self._token)
            if len(found) > 1:
                return self._show("set_up", home_form(one.region for one in found))
        return await self.async_step_end_user()

    async def async_step_empty_plant(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say that the only plant is empty, and what can be done."""
        (plant,) = self._account.plants
        self._registration.plant_id = plant.plant_id
        self._typed["plant"] = {CONF_NAME: plant.name}
        return self.async_show_menu(
            step_id="empty_plant",
            menu_options=["end_user", "go_on"],
            description_placeholders={"plant": plant.name},
        )

    async def async_step_go_on(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Add the account as it is."""
        return await self._async_add()

    async def async_step_end_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whose plant it will be."""
        if await self._registration.async_knows_owner(
            self._client, self._account.plants
        ):
            return await self.async_step_plant()
        try:
            listing = await self._client.management.users()
        except GrowattPermissionError:
            return self.async_abort(reason="not_allowed")
        except GrowattError as err:
            error = self._flow_error(err, "end_user")
            return self._show("end_user", NOTHING_FORM, error=error)
        users = {one.user_id: one for one in listing.items}
        choice = (user_input or {}).get(CONF_USER)
        if choice in users:
            self._registration.take(users[choice])
            return await self.async_step_plant()
        return await self._async_ask_user(users, is_new=choice is not None)

    async def _async_ask_user(
        self, users: Mapping[str, User], *, is_new: bool
    ) -> ConfigFlowResult:
        """Ask which user it is, or who somebody new is."""
        if self._registration.plant_id is None:
            if is_new or not users:
                return await self.async_step_new_user()
            return self._show("end_user", end_user_form(users.values(), NEW_USER))
        # Somebody new cannot own a plant that is there.
        if not users:
            return self.async_abort(reason="not_allowed")
        return self._show("end_user", end_user_form(users.values()))

    async def async_step_new_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new user, whose name must be free or one of the token's."""
        if user_input is None:
            return self._ask("new_user")
        self._typed["new_user"] = user_input
        if not user_input[CONF_EMAIL].strip():
            return await self._async_ask_again(
                Explanation(key="email_refused"), "new_user", CONF_EMAIL
            )
        name = user_input[CONF_USERNAME].strip()
        try:
            if not (
                await self._client.management.is_free(name)
                or await self._registration.async_find_user(self._client, name)
            ):
                return await self._async_ask_again(
                    Explanation(key="user_name_taken"), "new_user", CONF_USERNAME
                )
        except GrowattError as err:
            return await self._async_ask_again(err, "new_user")
        self._registration.user_name = name
        return await self.async_step_plant()

    async def async_step_plant(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new plant."""
        if self._registration.plant_id is not None:
            return await self.async_step_datalogger()
        if user_input is None:
            return self._ask("plant")
        self._typed["plant"] = user_input
        if refusal := why_refused(plant_from(user_input)):
            reason, field = refusal
            return await self._async_ask_again(reason, "plant", field)
        return await self.async_step_datalogger()

    async def async_step_datalogger(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the data logger, before anything is registered."""
        if user_input is None:
            return self._ask("datalogger")
        self._typed["datalogger"] = user_input
        serial, check_code = datalogger_from(user_input)
        self._registration.serial = serial
        try:
            await self._client.management.validate_datalogger(serial, check_code)
        except GrowattError as err:
            here = self._registration.plant_id
            if isinstance(err, GrowattTakenError) and here and err.plant_id == here:
                return await self.async_step_registered()
            return await self._async_ask_again(err, "datalogger")
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show what will be registered, and register it."""
        if user_input is None:
            return self._ask("confirm")
        user = plant = None
        if self._registration.user_id is None:
            if not user_input[CONF_PASSWORD].strip():
                return await self._async_ask_again(
                    Explanation(key="user_name_refused"), "confirm", CONF_PASSWORD
                )
            user = user_from(self._typed["new_user"], user_input[CONF_PASSWORD])
        if self._registration.plant_id is None:
            plant = plant_from(self._typed["plant"])
        try:
            await self._registration.async_complete(self._client, user, plant)
        except GrowattError as err:
            return await self._async_ask_again(err, "confirm")
        return await self.async_step_registered()

    async def async_step_registered(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say that all is registered, and that devices take a while."""
        return self.async_show_menu(
            step_id="registered", menu_options=["look", "finish"]
        )

    async def async_step_look(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Look for the devices behind the data logger."""
        try:
            listing = await self._client.devices(str(self._registration.plant_id))
        except GrowattError as err:
            return self._wait(err)
        if not listing.items:
            return self._wait(Explanation(key="no_devices_yet"))
        names = [f"{one.family.upper()} {one.serial}" for one in listing.items]
        return self._show("finish", NOTHING_FORM, devices=", ".join(names))

    async def async_step_finish(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Add the account with its new plant."""
        try:
            plants = (await self._client.plants()).items
        except GrowattError as err:
            return self._wait(err)
        if not any(one.plant_id == self._registration.plant_id for one in plants):
            return self._wait(Explanation(key="plant_not_listed"))
        self._account = replace(self._account, plants=plants)
        return await self._async_add()

    async def async_step_waiting(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether to look again or to finish, where nothing is listed yet."""
        if (user_input or {}).get(CONF_NEXT_STEP) == FINISH:
            return await self.async_step_finish()
        return await self.async_step_look()

    def _wait(self, reason: GrowattError | Explanation) -> ConfigFlowResult:
        """Show why nothing is listed yet, and ask what to do next."""
        error = self._flow_error(reason, "waiting")
        return self._show("waiting", WAITING_FORM, error=error)

    async def _async_ask_again(
        self, reason: GrowattError | Explanation, step: str, field: str = "base"
    ) -> ConfigFlowResult:
        """Show the form that a failure is about, or else the one that was submitted."""
        if isinstance(reason, GrowattError):
            step = FIELDS.get(reason.parameter or "", (step,))[0]
        return self._ask(step, self._flow_error(reason, step, field))

    def _ask(self, step: str, error: FlowError | None = None) -> ConfigFlowResult:
        """Show a form with what was typed before, or what Home Assistant knows."""
        # What was taken out of a form is not suggested once more.
        known = self._typed.get(step) or suggestions(self.hass).get(step)
        if step != "confirm":
            return self._show(step, FORMS[step], known, error)
        registers = self._registration.user_id is None
        return self._show(
            "confirm",
            PASSWORD_FORM if registers else NOTHING_FORM,
            error=error,
            plant=self._typed["plant"][CONF_NAME],
            serial=self._registration.serial,
        )
