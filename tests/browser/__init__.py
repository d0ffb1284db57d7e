"""Browser tests: a person in the frontend of a real Home Assistant."""
