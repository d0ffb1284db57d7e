"""Tests of the integration, of its simulated cloud and of the scripts."""
