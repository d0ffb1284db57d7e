"""Harness: a real Home Assistant beside a simulated or real cloud."""
