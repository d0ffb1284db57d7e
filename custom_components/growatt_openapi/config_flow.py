"""What the dialogs ask: token and region, which plants, a new token, another region."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any, override

import voluptuous as vol

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigFlow,
    ConfigFlowResult,
    OptionsFlowWithReload,
)
from homeassistant.const import CONF_REGION, CONF_TOKEN, CONF_URL
from homeassistant.core import callback

from .account import Account, async_get_client
from .api import GrowattError, Plant, Region, server_address
from .const import CONF_EXCLUDED_PLANTS, DOMAIN
from .coordinator import GrowattConfigEntry
from .flow_forms import (
    ACCOUNT_FORM,
    CONF_PLANTS,
    HELP,
    RECONFIGURE_FORM,
    SERVER_FORM,
    TOKEN_FORM,
    FlowError,
    async_find,
    async_region_name,
    plants_form,
    token_in,
)
from .served import async_keys_of, async_served_keys


class GrowattConfigFlow(ConfigFlow, domain=DOMAIN):
    """Ask for a token and find its account."""

    _token: str
    _account: Account

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
        return await self._async_ask_account("user", ACCOUNT_FORM, user_input, {})

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for another token or region of the same account."""
        # The token itself never travels to the page; left empty it stays.
        data = self._get_reconfigure_entry().data
        return await self._async_ask_account(
            "reconfigure",
            RECONFIGURE_FORM,
            user_input and {CONF_TOKEN: data[CONF_TOKEN]} | user_input,
            {CONF_REGION: data[CONF_REGION]},
        )

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Start to ask for a new token."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new token of the same account."""
        data = self._get_reauth_entry().data
        own_server = data[CONF_REGION] == Region.OTHER
        if user_input is not None:
            try:
                token = token_in(user_input[CONF_TOKEN])
                account = await async_find(
                    self.hass,
                    token,
                    Region.OTHER if own_server else Region.AUTO,
                    data[CONF_URL] if own_server else None,
                )
                return await self._async_found(token, account)
            except FlowError as err:
                return self._show("reauth_confirm", TOKEN_FORM, error=err)
        return self._show("reauth_confirm", TOKEN_FORM)

    async def async_step_server(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the address of a server that is in no list."""
        if user_input is None:
            return self._show("server", SERVER_FORM, self._known_server)
        try:
            server = server_address(user_input[CONF_URL])
        except ValueError:
            err = FlowError("invalid_url")
            return self._show("server", SERVER_FORM, user_input, err)
        try:
            account = await async_find(self.hass, self._token, Region.OTHER, server)
            return await self._async_found(self._token, account)
        except FlowError as err:
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
        self,
        step: str,
        form: vol.Schema,
        answer: dict[str, Any] | None,
        known: dict[str, Any],
    ) -> ConfigFlowResult:
        """Ask for a token and a region until they open an account."""
        if answer is None:
            return self._show(step, form, known)
        region = Region(answer[CONF_REGION])
        try:
            self._token = token_in(answer[CONF_TOKEN])
            if region is Region.OTHER:
                return await self.async_step_server()
            account = await async_find(self.hass, self._token, region)
            return await self._async_found(self._token, account)
        except FlowError as err:
            chosen = {CONF_REGION: (err.region or region).value}
            # What was just typed may go back to where it came from.
            typed = {CONF_TOKEN: answer[CONF_TOKEN]} if step == "user" else {}
            return self._show(step, form, chosen | typed, err)

    async def _async_found(self, token: str, account: Account) -> ConfigFlowResult:
        """Go on with an account: add it, or update the entry this flow is about."""
        self._token, self._account = token, account
        if self.source != SOURCE_USER:
            return self._update_entry()
        await self.async_set_unique_id(_account_id(account.plants))
        self._abort_if_unique_id_configured(updates=self._connection)
        if len(account.plants) > 1:
            return await self.async_step_plants()
        only = [plant.plant_id for plant in account.plants]
        if await self._async_taken(only):
            return self.async_abort(reason="already_served")
        return await self._async_create(only)

    def _update_entry(self) -> ConfigFlowResult:
        """Update the entry this flow is about, if the account is still the same."""
        entry = (
            self._get_reauth_entry()
            if self.source == SOURCE_REAUTH
            else self._get_reconfigure_entry()
        )
        known = async_keys_of(self.hass, entry)
        seen = {plant.plant_id for plant in self._account.plants}
        if entry.unique_id != _account_id(self._account.plants) and not known & seen:
            return self.async_abort(reason="wrong_account")
        return self.async_update_reload_and_abort(entry, data_updates=self._connection)

    async def _async_create(self, chosen: Collection[str]) -> ConfigFlowResult:
        """Add the account."""
        region = await async_region_name(self.hass, self._account.region)
        return self.async_create_entry(
            title=f"Growatt ({region})",
            data=self._connection,
            options={
                CONF_EXCLUDED_PLANTS: [
                    plant.plant_id
                    for plant in self._account.plants
                    if plant.plant_id not in chosen
                ]
            },
            description_placeholders={"region": region},
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
        """Return the address an entry with an own server has."""
        if self.source != SOURCE_RECONFIGURE:
            return {}
        data = self._get_reconfigure_entry().data
        return {CONF_URL: data[CONF_URL]} if data[CONF_REGION] == Region.OTHER else {}

    async def _async_taken(self, plant_ids: Collection[str]) -> set[str]:
        """Return the plants that another entry serves, or serves a device of."""
        served = async_served_keys(self.hass)
        taken = served.intersection(plant_ids)
        client = async_get_client(self.hass, self._account.server, self._token)
        for plant_id in plant_ids if served else ():
            try:
                listing = await client.devices(plant_id)
            except GrowattError:
                # Set-up leaves out what another entry serves in any case.
                continue
            if any(device.serial in served for device in listing.items):
                taken.add(plant_id)
        return taken

    def _show(
        self,
        step: str,
        form: vol.Schema,
        known: Mapping[str, Any] | None = None,
        error: FlowError | None = None,
    ) -> ConfigFlowResult:
        """Show a form, with what was wrong with the last answer."""
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(form, known or {}),
            errors={"base": error.key} if error else {},
            description_placeholders=HELP | (error.placeholders if error else {}),
        )


class GrowattOptionsFlow(OptionsFlowWithReload):
    """Ask which plants are taken."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which plants are taken."""
        entry: GrowattConfigEntry = self.config_entry
        if not hasattr(entry, "runtime_data"):
            return self.async_abort(reason="not_loaded")
        plants = entry.runtime_data.inventory.data.all_plants
        left_out = entry.options.get(CONF_EXCLUDED_PLANTS, [])
        chosen = [plant_id for plant_id in plants if plant_id not in left_out]
        errors = {}
        if user_input is not None:
            chosen = user_input[CONF_PLANTS]
            if chosen:
                excluded = [plant_id for plant_id in plants if plant_id not in chosen]
                return self.async_create_entry(data={CONF_EXCLUDED_PLANTS: excluded})
            errors = {"base": "no_plants_chosen"}
        return self.async_show_form(
            step_id="init",
            data_schema=plants_form(plants.values(), chosen),
            errors=errors,
        )


def _account_id(plants: Collection[Plant]) -> str:
    """Return what stays the same when the token is renewed: the owner of the plants.

    An installer's token sees plants of many owners; all of them together are the id.
    """
    owners = sorted({plant.owner_id for plant in plants if plant.owner_id})
    if len(owners) == 1:
        return owners[0]
    return sha256(",".join(owners).encode()).hexdigest()[:16]


def _names(plants: Collection[Plant], plant_ids: Collection[str]) -> str:
    """Return the names of plants in one text."""
    return ", ".join(plant.name for plant in plants if plant.plant_id in plant_ids)
