"""Home Assistant's registries: devices, their parts, and entities."""
