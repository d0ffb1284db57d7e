"""Demo: a real Home Assistant with the integration, to look at and to check."""
