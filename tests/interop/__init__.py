"""Strangers' client libraries that have to work against the simulated cloud."""
