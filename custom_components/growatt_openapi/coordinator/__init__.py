"""Coordinators: when Growatt is asked, and what becomes of the answers."""
