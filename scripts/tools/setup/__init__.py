"""Setup of the virtual environments; runs on Python 3.11 without any package."""
