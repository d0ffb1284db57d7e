"""A real Home Assistant with the integration in it, to look at and to check."""
