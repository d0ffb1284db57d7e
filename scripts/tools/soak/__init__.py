"""A month of trouble in minutes: Home Assistant and its recorder on a leaping clock."""
