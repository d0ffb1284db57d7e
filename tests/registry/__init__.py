"""Tests of what Home Assistant's registries know."""
