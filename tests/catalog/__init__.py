"""Tests of the catalog: entities of each device family."""
