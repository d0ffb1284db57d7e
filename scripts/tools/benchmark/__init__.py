"""Benchmark: this integration and the built-in one on the same simulated cloud."""
