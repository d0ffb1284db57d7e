"""What this integration and Home Assistant's own cost, on the same simulated cloud."""
