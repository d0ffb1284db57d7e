"""Answers that no one has thought of: nothing breaks, and nothing impossible shows.

`scripts/fuzz` runs the same with 100,000 answers.
"""
