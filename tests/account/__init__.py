"""Tests of what exists before and beside an entry: storage and claims."""
