"""Endpoints of the manual as tables."""
