"""Failures of Growatt: a table, and a test of each row."""
