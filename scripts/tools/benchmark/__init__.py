"""Benchmark: costs of this integration and Home Assistant's own, on the same cloud."""
