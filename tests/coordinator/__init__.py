"""Tests of the coordinators: when Growatt is asked, and what an answer means."""
