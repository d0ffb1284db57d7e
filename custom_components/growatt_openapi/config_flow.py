"""Config flow: token, region, plants, reauthentication and reconfiguration."""

from asyncio import gather
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any, override

from yarl import URL

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigEntry,
    ConfigFlowResult,
)
from homeassistant.const import CONF_REGION, CONF_TOKEN, CONF_URL
from homeassistant.core import callback

from .account.claims import async_keys_of, async_served_keys
from .account.clients import async_get_client
from .account.discovery import MANY_OWNERS, Account
from .api import GrowattError, Plant, Region, server_address
from .const import CONF_EXCLUDED_PLANTS, DOMAIN
from .coordinator.runtime import GrowattConfigEntry
from .flows.finding import async_account_name, async_find, async_find_again, token_in
from .flows.forms import (
    ACCOUNT_FORM,
    CONF_PLANTS,
    RECONFIGURE_FORM,
    SERVER_FORM,
    TOKEN_FORM,
    FlowError,
    plants_form,
)
from .flows.onboarding import SetUpSteps
from .flows.options import GrowattOptionsFlow


class GrowattConfigFlow(SetUpSteps, domain=DOMAIN):
    """Ask for a token and find its account."""

    _answer: dict[str, Any]
    """The last answer to the form that asks for token and region."""
    _server: str = ""
    """The address that was typed last."""

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: GrowattConfigEntry) -> GrowattOptionsFlow:
        """Return the flow for the options."""
        return GrowattOptionsFlow()

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the token and the region."""
        return await self._async_ask_account(user_input)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for another token or region of the same account."""
        return await self._async_ask_account(user_input)

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Start to ask for a new token."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new token of the same account."""
        if user_input is None:
            return self._show("reauth_confirm", TOKEN_FORM)
        try:
            token = token_in(user_input[CONF_TOKEN])
            known = self._get_reauth_entry().data
            account = await async_find_again(self.hass, token, known)
            return await self._async_found(token, account)
        except FlowError as err:
            return self._show("reauth_confirm", TOKEN_FORM, user_input, err)

    async def async_step_again(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Look again whether the token shows plants by now."""
        server = self._account.server if self._region is Region.OTHER else None
        try:
            account = await async_find(self.hass, self._token, self._region, server)
            return await self._async_found(self._token, account)
        except FlowError as err:
            return self._show_account(self._answer, err)

    async def async_step_server(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the address of a server that is in no list."""
        if user_input is None:
            return self._show("server", SERVER_FORM, self._known_server)
        self._server = user_input[CONF_URL]
        try:
            server = server_address(self._server)
        except ValueError:
            err = FlowError("invalid_url")
            return self._show("server", SERVER_FORM, user_input, err)
        try:
            account = await async_find(self.hass, self._token, Region.OTHER, server)
            return await self._async_found(self._token, account)
        except FlowError as err:
            if err.about_token:
                return self._show_account(self._answer, err)
            return self._show("server", SERVER_FORM, user_input, err)

    async def async_step_plants(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which plants are taken."""
        plants = self._account.plants
        chosen = [plant.plant_id for plant in plants]
        error = None
        if user_input is not None:
            chosen = user_input[CONF_PLANTS]
            taken = await self._async_taken(chosen)
            if chosen and not taken:
                return await self._async_create(chosen)
            error = (
                FlowError("already_served", plants=_names(plants, taken))
                if taken
                else FlowError("no_plants_chosen")
            )
        return self._show("plants", plants_form(plants, chosen), error=error)

    async def _async_ask_account(
        self, answer: dict[str, Any] | None
    ) -> ConfigFlowResult:
        """Ask for a token and a region until they open an account."""
        present = (
            self._get_reconfigure_entry().data
            if self.source == SOURCE_RECONFIGURE
            else {}
        )
        if answer is None:
            # The token of an entry never travels to the page; left empty it stays.
            return self._show_account(
                {CONF_REGION: present[CONF_REGION]} if present else {}
            )
        self._answer = answer
        self._region = region = Region(answer[CONF_REGION])
        try:
            self._token = token_in(
                answer.get(CONF_TOKEN) or present.get(CONF_TOKEN, "")
            )
            if region is Region.OTHER:
                return await self.async_step_server()
            account = await async_find(self.hass, self._token, region)
            return await self._async_found(self._token, account)
        except FlowError as err:
            return self._show_account(answer, err)

    async def _async_found(self, token: str, account: Account) -> ConfigFlowResult:
        """Go on with an account: add it, or update the entry this flow is about."""
        self._token, self._account = token, account
        if self.source != SOURCE_USER:
            if not account.plants:
                raise FlowError("no_plants")
            return self._update_entry()
        if not account.plants:
            return await self.async_step_no_plants()
        if await self._async_is_empty():
            return await self.async_step_empty_plant()
        return await self._async_add()

    @override
    async def _async_add(self) -> ConfigFlowResult:
        """Add an account that has plants."""
        account = self._account
        await self.async_set_unique_id(account.account_id)
        self._abort_if_unique_id_configured()
        if len(account.plants) > 1:
            return await self.async_step_plants()
        only = [plant.plant_id for plant in account.plants]
        if await self._async_taken(only):
            return self.async_abort(reason="already_served")
        return await self._async_create(only)

    async def _async_is_empty(self) -> bool:
        """Return whether there is one plant, and nothing in it."""
        if len(self._account.plants) > 1:
            return False
        plant_id = self._account.plants[0].plant_id
        # Set-up asks the same, and so does not have to.
        lists = self._client.dataloggers(plant_id), self._client.devices(plant_id)
        try:
            answers = await gather(*lists)
        except GrowattError:
            return False
        return not any(one.items or not one.complete for one in answers)

    def _update_entry(self) -> ConfigFlowResult:
        """Update the entry this flow is about, if the account is still the same."""
        entry = (
            self._get_reauth_entry()
            if self.source == SOURCE_REAUTH
            else self._get_reconfigure_entry()
        )
        if not self._is_account_of(entry):
            return self.async_abort(reason="wrong_account")
        return self.async_update_reload_and_abort(entry, data_updates=self._connection)

    def _is_account_of(self, entry: ConfigEntry) -> bool:
        """Return whether the account is the one an entry was made for.

        An account that moved to another server has its owner and its plants; the
        customers of an installer change, but not all of them at once.
        """
        if entry.unique_id == self._account.account_id:
            return True
        owner = str(entry.unique_id).rpartition("_")[2]
        many = owner.startswith(MANY_OWNERS)
        plants = {plant.plant_id for plant in self._account.plants}
        return (
            many == self._account.owner.startswith(MANY_OWNERS)
            and (many or owner == self._account.owner)
            and not plants.isdisjoint(async_keys_of(self.hass, entry))
        )

    async def _async_create(self, chosen: Collection[str]) -> ConfigFlowResult:
        """Add the account."""
        region = self._account.region
        name = await async_account_name(self.hass, self._account)
        # Home Assistant logs the title, so it names no plant, no owner and no host.
        title = "Growatt" if region is Region.OTHER else f"Growatt ({name})"
        number = len(self._async_current_entries(include_ignore=False)) + 1
        return self.async_create_entry(
            title=title if number == 1 else f"{title} {number}",
            data=self._connection,
            options={
                CONF_EXCLUDED_PLANTS: [
                    plant.plant_id
                    for plant in self._account.plants
                    if plant.plant_id not in chosen
                ]
            },
            description_placeholders={"server": str(URL(self._account.server).host)},
        )

    @property
    def _connection(self) -> dict[str, str]:
        """Return what an entry has to know to reach the account."""
        return {
            CONF_TOKEN: self._token,
            CONF_REGION: self._account.region.value,
            CONF_URL: self._account.server,
        }

    @property
    def _known_server(self) -> dict[str, str]:
        """Return the address that was typed, or else that of the own server."""
        if self._server:
            return {CONF_URL: self._server}
        if self.source != SOURCE_RECONFIGURE:
            return {}
        data = self._get_reconfigure_entry().data
        return {CONF_URL: data[CONF_URL]} if data[CONF_REGION] == Region.OTHER else {}

    async def _async_taken(self, plant_ids: Collection[str]) -> set[str]:
        """Return the plants that another entry serves, or serves a device of."""
        served = async_served_keys(self.hass)
        taken = served.intersection(plant_ids)
        client = async_get_client(self.hass, self._account.server, self._token)

        async def compare(plant_id: str) -> None:
            # Where the list fails, set-up leaves out what another entry serves.
            with suppress(GrowattError):
                devices = (await client.devices(plant_id)).items
                if any(device.serial in served for device in devices):
                    taken.add(plant_id)

        await gather(*(compare(plant_id) for plant_id in plant_ids if served))
        return taken

    def _show_account(
        self, known: Mapping[str, Any], error: FlowError | None = None
    ) -> ConfigFlowResult:
        """Show the form that asks for token and region."""
        if error is not None and error.region is not None:
            known = {**known, CONF_REGION: error.region.value}
        if self.source == SOURCE_USER:
            return self._show("user", ACCOUNT_FORM, known, error)
        return self._show("reconfigure", RECONFIGURE_FORM, known, error)


def _names(plants: Collection[Plant], plant_ids: Collection[str]) -> str:
    """Return the names of plants in one text."""
    return ", ".join(plant.name for plant in plants if plant.plant_id in plant_ids)
