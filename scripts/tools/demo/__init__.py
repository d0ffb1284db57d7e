"""Demo: the integration in a real Home Assistant."""
