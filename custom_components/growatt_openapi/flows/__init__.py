"""Dialogs: pages of the config flow and of the options."""
