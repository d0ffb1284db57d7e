"""Installations of earlier versions, and the proof that this version goes on with them.

`storage/<version and commit>/<house>/` holds the files that Home Assistant wrote below
`.storage` for an account on the simulated cloud, and `recording.json`: when it stopped,
what it showed, and what the cloud was doing. `record.py` writes them for the version
that is checked out. Record each release once, and keep the old ones as they are.
"""

# It has to come before anything that takes its time from Home Assistant.
import pytest_homeassistant_custom_component.patch_time  # noqa: F401
