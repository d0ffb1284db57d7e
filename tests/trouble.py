"""Kinds of trouble at Growatt, and what a user notices of it."""

import logging
from typing import Any

import pytest

from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.core import HomeAssistant

TROUBLE: list[tuple[str, dict[str, Any]]] = [
    ("http", {"status": 500}),
    ("http", {"status": 502}),
    ("html", {}),
    ("truncated", {}),
    ("close", {}),
    ("no_data", {}),
    ("nan", {}),
    ("code", {"code": 10001}),
    ("code", {"code": 10012}),
]


def reauth_flows(hass: HomeAssistant) -> list[str]:
    """Return the reasons of the flows that ask for a new token."""
    return [
        flow["handler"]
        for flow in hass.config_entries.flow.async_progress()
        if flow["context"]["source"] == SOURCE_REAUTH
    ]


def logged(caplog: pytest.LogCaptureFixture, text: str) -> list[str]:
    """Return the levels at which a text was logged for a user to read."""
    return [
        record.levelname
        for record in caplog.records
        if text in record.message and record.levelno >= logging.INFO
    ]
