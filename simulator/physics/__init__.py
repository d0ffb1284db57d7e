"""Physics: sun, panels, batteries and households, as exact flows of energy."""
