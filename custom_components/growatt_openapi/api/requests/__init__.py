"""Requests: transport, envelope, rate limits, pacing and cached responses."""
